import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, line, writeHtml, writeJson } from '../../../src/report/page/html.ts';

const same = (text: string): string => text;

describe('html', () => {
  it.each([
    ['markup', html`<b>${'<i>'}</b>`, '<b>&lt;i&gt;</b>'],
    ['an attribute', html`<a href="${"\"onclick='x'&"}">`, '<a href="&quot;onclick=&#39;x&#39;&amp;">'],
    ['markup in markup', html`<p>${html`<b>${'a'}</b>`}${[html`1`, html`2`]}</p>`, '<p><b>a</b>12</p>'],
    ['nothing', html`<p>${undefined}${''}${0}</p>`, '<p>0</p>'],
  ])('%s', (_, markup, expected) => {
    expect(writeHtml(markup, same)).toBe(expected);
  });

  it('masks a text before it is escaped, and never the markup', () => {
    const mask = (text: string): string => text.replaceAll('a<b', '***').replaceAll('table', '***');
    expect(writeHtml(html`<table>${'key a<b'} ${'table'}</table>`, mask)).toBe('<table>key *** ***</table>');
  });

  it('shows one harmless line', () => {
    expect([line('a\u202Eb\nc'), line('')]).toEqual(['a b c', '–']);
  });
});

describe('writeJson', () => {
  it('ends neither the script element nor a line', () => {
    const written = writeJson(['</script><!--', '\u2028\u2029'], same);
    expect(written).toBe('["\\u003c/script>\\u003c!--","\\u2028\\u2029"]');
  });

  it('is the value again when it is parsed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(JSON.parse(writeJson(value, same)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('masks strings, and neither names nor numbers', () => {
    expect(
      writeJson({ secret: 'a secret', n: 12_345 }, (text) => text.replace('secret', '***').replace('12345', '*')),
    ).toBe('{"secret":"a ***","n":12345}');
  });
});
