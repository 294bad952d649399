import { describe, expect, it } from 'vitest';
import { quantile } from '../../src/stats/histogram.ts';
import { bootstrapLogRatios } from '../../src/stats/pair-bootstrap.ts';
import { histogramOf } from '../support/build-run.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

const sampleOf = (count: number, seed: number, median = 100_000): number[] => {
  const normal = normalFrom(seeded(seed));
  return Array.from({ length: count }, () => median * Math.exp(0.5 * normal()));
};

const pairsOf = (pairs: number, perBlock: number, times = 1) =>
  Array.from({ length: pairs }, (_, i) => ({
    candidate: histogramOf(sampleOf(perBlock, 2 * i + 1, 100_000 * times)),
    baseline: histogramOf(sampleOf(perBlock, 2 * i + 2)),
  }));

describe('bootstrapLogRatios', () => {
  it('is the same for the same seed', () => {
    const pairs = pairsOf(10, 50);
    expect(bootstrapLogRatios(pairs, 0.99, 7)).toEqual(bootstrapLogRatios(pairs, 0.99, 7));
    expect(bootstrapLogRatios(pairs, 0.99, 7)).not.toEqual(bootstrapLogRatios(pairs, 0.99, 8));
  });

  it('of one pair is its own ratio, every time', () => {
    const [pair] = pairsOf(1, 200, 1.3);
    const ratio = Math.log(quantile(pair!.candidate, 0.99)! / quantile(pair!.baseline, 0.99)!);
    expect(new Set(bootstrapLogRatios([pair!], 0.99, 1))).toEqual(new Set([ratio]));
  });

  it('spreads as the estimate itself does', () => {
    // σ·√(2·q(1 − q)/n)/φ(z) with φ(z(0.99)) = norm.pdf(norm.ppf(.99)) = 0.026652   (SciPy 1.17.1): 0.0264 for n = 10,000.
    const ratios = bootstrapLogRatios(pairsOf(40, 250), 0.99, 3);
    expect(ratios).toHaveLength(1_000);
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / 1_000;
    const spread = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / 999);
    expect(spread).toBeGreaterThan(0.0264 * 0.75);
    expect(spread).toBeLessThan(0.0264 * 1.35);
  });

  it('of nothing is nothing', () => {
    expect(bootstrapLogRatios([], 0.99, 1)).toEqual([]);
    expect(bootstrapLogRatios([{ candidate: histogramOf([]), baseline: histogramOf([1]) }], 0.99, 1)).toEqual([]);
  });
});
