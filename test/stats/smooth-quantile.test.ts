import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile } from '../../src/stats/histogram.ts';
import { smoothLogQuantile } from '../../src/stats/smooth-quantile.ts';
import { histogramOf } from '../support/build-run.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

const sampleOf = (count: number, seed: number): number[] => {
  const normal = normalFrom(seeded(seed));
  return Array.from({ length: count }, () => 100_000 * Math.exp(0.9 * normal()));
};

const spreadOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

describe('smoothLogQuantile', () => {
  it('is the weighted mean of logarithms', () => {
    // v=log([10,20,40,80]); h=sqrt(.25/4); w=diff(norm.cdf((arange(5)/4-.5)/h)); (w*v).sum()/w.sum() = 3.342305863833963   (SciPy 1.17.1)
    expect(smoothLogQuantile(histogramOf([10, 20, 40, 80]), 0.5)).toBeCloseTo(3.342305863833963, 9);
  });

  it('of one value is that value, and of none is none', () => {
    expect(smoothLogQuantile(histogramOf([500]), 0.95)).toBeCloseTo(Math.log(500), 12);
    expect(smoothLogQuantile(histogramOf([]), 0.95)).toBeUndefined();
  });

  it('comes to the quantile with many values', () => {
    for (const q of [0.1, 0.5, 0.95]) {
      const histogram = histogramOf(sampleOf(20_000, 3));
      expect(smoothLogQuantile(histogram, q)).toBeCloseTo(Math.log(quantile(histogram, q)!), 1);
    }
  });

  it('of blocks of a hundred is closer to the truth than one of their values', () => {
    const blocks = Array.from({ length: 1_500 }, (_, seed) => histogramOf(sampleOf(100, seed)));
    const smooth = spreadOf(blocks.map((block) => smoothLogQuantile(block, 0.95)!));
    const own = spreadOf(blocks.map((block) => Math.log(quantile(block, 0.95)!)));
    expect(smooth).toBeLessThan(own * 0.98);
  });

  it('lies between the values, and grows with them', () => {
    const values = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 0.98, noNaN: true }), (list, q) => {
        const log = smoothLogQuantile(histogramOf(list), q)!;
        expect(log).toBeGreaterThanOrEqual(Math.log(Math.min(...list)) - 1e-9);
        expect(log).toBeLessThanOrEqual(Math.log(Math.max(...list)) + 1e-9);
        expect(smoothLogQuantile(histogramOf(list), q + 0.01)!).toBeGreaterThanOrEqual(log - 1e-9);
      }),
    );
  });
});
