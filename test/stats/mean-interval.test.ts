import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateMean, halfWidth, meanInterval } from '../../src/stats/mean-interval.ts';

const VALUES = [0.12, -0.05, 0.31, 0.08, 0.22, -0.11, 0.17, 0.04, 0.29, 0.15];

describe('meanInterval', () => {
  // scipy.stats.ttest_1samp(v, 0).confidence_interval(2*c - 1); numpy mean, std(ddof=1); scipy.stats.sem   (SciPy 1.17.1)
  const rows: readonly (readonly [confidence: number, low: number, high: number])[] = [
    [0.95, 0.04276276433012907, 0.20123723566987092],
    [0.99, 4.191557950984637e-5, 0.24395808442049016],
  ];
  it.each(rows)('at %d one-sided is %d to %d', (confidence, low, high) => {
    const interval = meanInterval(VALUES, confidence)!;
    expect(interval[0]).toBeCloseTo(low, 9);
    expect(interval[1]).toBeCloseTo(high, 9);
  });

  it('knows mean, spread and error', () => {
    const estimate = estimateMean(VALUES)!;
    expect(estimate.count).toBe(10);
    expect(estimate.mean).toBeCloseTo(0.122, 12);
    expect(estimate.spread).toBeCloseTo(0.13669105473455256, 12);
    expect(estimate.error).toBeCloseTo(0.043225506873192876, 12);
    expect(halfWidth(estimate, 0.95)).toBeCloseTo(0.20123723566987092 - 0.122, 9);
  });

  it('needs two values', () => {
    expect(meanInterval([], 0.99)).toBeUndefined();
    expect(meanInterval([3], 0.99)).toBeUndefined();
    expect(meanInterval([3, 3], 0.99)).toEqual([3, 3]);
  });

  it('moves and grows with its values', () => {
    const numbers = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(numbers, fc.double({ min: -5, max: 5, noNaN: true }), (values, shift) => {
        const [low, high] = meanInterval(values, 0.95)!;
        const moved = meanInterval(
          values.map((value) => 2 * value + shift),
          0.95,
        )!;
        expect(moved[0]).toBeCloseTo(2 * low + shift, 6);
        expect(moved[1]).toBeCloseTo(2 * high + shift, 6);
      }),
    );
  });
});
