import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeProse } from '../../src/config/prose.ts';
import { createRandom } from '../../src/config/random.ts';

describe('writeProse', () => {
  it('is about four characters a token, and reads like sentences', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fc.string(), (tokens, seed) => {
        const text = writeProse(tokens, createRandom(seed));
        expect(text).toMatch(/^[A-Z][a-zA-Z,. ]*\.$/);
        expect(text).not.toMatch(/[,. ]\.$| [,. ]/);
        expect(Math.abs(text.length - tokens * 4)).toBeLessThanOrEqual(16);
      }),
    );
  });

  it('is the same for the same seed, and unlike for another', () => {
    const write = (seed: string) => writeProse(50, createRandom(seed));
    expect(write('a')).toBe(write('a'));
    expect(write('a')).not.toBe(write('b'));
  });

  it('gives a thousand prompts of which no two are alike', () => {
    const random = createRandom('many');
    expect(new Set(Array.from({ length: 1_000 }, () => writeProse(40, random))).size).toBeGreaterThan(990);
  });
});
