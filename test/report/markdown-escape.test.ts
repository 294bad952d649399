import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/report/clean-text.ts';
import {
  codeBlock,
  codeSpan,
  commentMarker,
  escapeMarkdown,
  escapeName,
  markdownLink,
} from '../../src/report/markdown-escape.ts';
import { cellsOf, livingReferences, visibleText } from './markdown-check.ts';
import { HOSTILE } from './states.ts';

/** Texts made of the pieces that are dangerous, and of anything at all. */
const foreign = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '|',
        '`',
        '``',
        '\\',
        '@',
        '#',
        ':',
        '<',
        '>',
        '&',
        '*',
        '_',
        '~',
        '[',
        ']',
        '(',
        ')',
        '$',
        '!',
        '-',
        '\n',
        '\r',
        '\u2028',
        '\u202e',
        '\u0000',
        '\ud800',
        'a',
        'octocat',
        '12',
        'https://',
        'www.',
        'GH-1',
        'x.y',
        '&amp;',
        '<!--',
        '-->',
        '</details>',
        'deadbeefcafe',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

describe('escapeMarkdown', () => {
  it.each([
    ['plain words stay readable', 'chat (free) p95 3.1 s, 12.3 %', 'chat (free) p95 3.1 s, 12.3 %'],
    ['an underscore inside a word is no emphasis', 'error_rate', 'error_rate'],
    ['one at its edge is', '_x_', '&#95;x&#95;'],
    ['a time of day is no emoji', 'at 10:30', 'at 10:30'],
    ['a shortcode is', ':tada:', ':&#8203;tada:'],
    ['a mention', 'thanks @octocat', 'thanks @&#8203;octocat'],
    ['an address', 'a@.com', 'a@&#8203;.com'],
    ['an issue', 'acme/x#12', 'acme/x#&#8203;12'],
    ['an issue in words', 'GH-12', 'GH-&#8203;12'],
    ['a link', 'https://x.example', 'https:&#8203;//x.example'],
    ['a bare host', 'www.x.example', 'www&#8203;.x.example'],
    ['a commit', '0123456789abcdef', '012345&#8203;6789ab&#8203;cdef'],
    [
      'markup',
      '<b>*x*</b> [a](b) `c` ~d~ $e$',
      '&lt;b&gt;&#42;x&#42;&lt;/b&gt; &#91;a&#93;(b) &#96;c&#96; &#126;d&#126; &#36;e&#36;',
    ],
    ['an entity is shown as written', '&lt;', '&amp;lt;'],
    ['a table', 'a|b\\|c', 'a&#124;b&#92;&#124;c'],
    ['lines and controls', 'a\r\nb\u0000c\u202ed\u200be', 'a b c d e'],
    ['nothing', ' \n ', '–'],
  ])('%s', (_, text, expected) => expect(escapeMarkdown(text)).toBe(expected));

  it('cuts names shorter than sentences', () => {
    expect(escapeName('n'.repeat(500))).toBe(`${'n'.repeat(59)}…`);
    expect(escapeMarkdown('n'.repeat(500))).toHaveLength(200);
  });

  it.each([
    ['escapeMarkdown', escapeMarkdown],
    ['codeSpan', codeSpan],
  ])('%s never breaks a row of a table, nor lets a reference live', (_, escaped) => {
    fc.assert(
      fc.property(foreign, (text) => {
        const row = `| ${escaped(text)} | **${escaped(text)}** x |`;
        expect(cellsOf(row)).toHaveLength(2);
        expect(livingReferences(row)).toEqual([]);
        expect(row).toBe(row.toWellFormed());
        expect(row).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves no markup, and shows the text as it was', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped.replace(/&(?:amp|lt|gt|#\d+);/g, '')).not.toMatch(/[&<>|`*~[\]\\$]/);
        const seen = visibleText(escaped)
          .replaceAll('\u200b', '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        expect(seen).toBe(cleanText(text) || '–');
      }),
      { numRuns: 500 },
    );
  });
});

describe('codeSpan', () => {
  it.each([
    ['p95 < 2.5s', '`p95 < 2.5s`'],
    ['@octocat', '`@octocat`'],
    ['a|b', 'a&#124;b'],
    ['a`b', 'a&#96;b'],
    ['', '–'],
  ])('%j', (text, expected) => expect(codeSpan(text)).toBe(expected));
});

describe('codeBlock', () => {
  it('has a fence that nothing inside can close', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const lines = codeBlock(`${text}\n\`\`\`\nx`, 'sh').split('\n');
        const fence = lines.at(-1)!;
        expect(lines[0]).toBe(`${fence}sh`);
        expect(lines.slice(1, -1).some((line) => line.trim().startsWith(fence))).toBe(false);
      }),
    );
  });
});

describe('commentMarker', () => {
  it('is readable for a plain key', () => expect(commentMarker('nightly')).toBe('<!-- gatemark:nightly -->'));

  it('is one comment whatever the key, and another for another key', () => {
    fc.assert(
      fc.property(foreign, foreign, (a, b) => {
        expect(commentMarker(a)).toMatch(/^<!-- gatemark:[^<>\s]* -->$/);
        expect(commentMarker(a).slice(4, -3)).not.toContain('--');
        expect(commentMarker(a) === commentMarker(b)).toBe(a.toWellFormed() === b.toWellFormed());
      }),
    );
  });
});

describe('markdownLink', () => {
  it.each([
    ['https://x.example/a?b=1#c', '[Full](https://x.example/a?b=1#c)'],
    ['https://x.example/a)b c"<d>', '[Full](https://x.example/a%29b%20c%22%3Cd%3E)'],
    ['javascript:alert(1)', undefined],
    [undefined, undefined],
  ])('%s', (url, expected) => expect(markdownLink('Full', url)).toBe(expected));
});

describe('cleanText', () => {
  it('leaves nothing that a terminal obeys', () => {
    expect(cleanText(HOSTILE)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(cleanText('\u001b[31mred\u0007')).toBe('[31mred');
  });
});
