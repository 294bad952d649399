import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liesAbove } from '../../src/stats/signed-rank.ts';

/** One-sided p-value: the level between those at which it does not reject and those at which it does. */
const pValue = (values: readonly number[]): number => {
  let [low, high] = [0, 1];
  while (high - low > 1e-7) {
    const middle = (low + high) / 2;
    if (liesAbove(values, middle)) high = middle;
    else low = middle;
  }
  return high;
};

describe('liesAbove', () => {
  // scipy.stats.wilcoxon(v, alternative='greater', mode=…, correction=True for approx)   (SciPy 1.17.1)
  const rows: readonly (readonly [name: string, values: readonly number[], p: number])[] = [
    ['ten values, exact', [0.12, -0.05, 0.31, 0.08, 0.22, -0.11, 0.17, 0.04, 0.29, 0.15], 0.013671875],
    ['ties and a zero', [1, 1, -1, 2, 2, -2, 3, 3, 3, -0.5, 0, 4, 4, 5, -1, 2, 2, 3, 1, 1], 0.0012710993232979296],
    ['thirty values', Array.from({ length: 30 }, (_, i) => (((i * 37) % 61) - 22) / 10), 0.014998425691202065],
  ];
  it.each(rows)('%s: p = %d', (_name, values, p) => {
    expect(pValue(values)).toBeCloseTo(p, 5);
  });

  it('says nothing of nothing', () => {
    expect(liesAbove([], 0.99)).toBe(false);
    expect(liesAbove([0, 0, 0], 0.99)).toBe(false);
  });

  it('takes no notice of how far a value is out', () => {
    const values = [1, 2, 3, 4, -5, 6, 7, 8, 9, 10];
    expect(pValue([...values.slice(0, 9), 1e9])).toBe(pValue(values));
  });

  it('rejects on at most one side', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 40 }), (values) => {
        const both = [values, values.map((value) => -value)].map((each) => liesAbove(each, 0.05));
        expect(both).not.toEqual([true, true]);
      }),
    );
  });
});
