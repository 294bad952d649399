import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdTogether } from '../../src/report/hold-together.ts';

/** No-break spaces as underscores, so that they are seen. */
const seen = (text: string): string => holdTogether(text).replaceAll('\u00a0', '_');

describe('holdTogether', () => {
  it.each([
    ['a number and its unit', 'chat p95 3.1 s, limit 250 ms', 'chat p95 3.1_s, limit 250_ms'],
    ['parts of a time', 'in 2 min 4 s', 'in 2_min 4_s'],
    ['shares and points', '[+30 %, +0.8 points]', '[+30_%, +0.8_points]'],
    ['a number that counts', '4 scenarios of 12 hosts', '4 scenarios of 12 hosts'],
    ['a dot and an arrow', '560 ms → 796 ms · clear', '560_ms_→ 796_ms_· clear'],
    ['a span of code', 'a `p95 < 2 s · x` took 2 s', 'a `p95 < 2 s · x` took 2_s'],
    ['a block of code', 'in 1 s\n```sh\nsleep 1 s\n```\nin 1 s', 'in 1_s\n```sh\nsleep 1 s\n```\nin 1_s'],
    ['a block with a longer fence', '````\n```\n1 s\n````\n1 s', '````\n```\n1 s\n````\n1_s'],
    ['a lone backtick', 'a ` 1 s', 'a ` 1_s'],
    ['nothing', '', ''],
  ])('holds %s', (_name, text, expected) => expect(seen(text)).toBe(expected));

  it('changes spaces only, and nothing the second time', () => {
    const parts = fc.constantFrom('1', ' ', 's', '%', '·', '→', '`', '```', '\n', 'x', ' ms', '<br>');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (all) => {
        const once = holdTogether(all.join(''));
        expect(once.replaceAll('\u00a0', ' ')).toBe(all.join(''));
        expect(holdTogether(once)).toBe(once);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
