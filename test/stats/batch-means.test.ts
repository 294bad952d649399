import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchMeans, effectiveSize, lagOne, MIN_BATCHES } from '../../src/stats/batch-means.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

/** A first-order autoregressive process. */
const autoregressive = (count: number, keep: number, seed: number): number[] => {
  const normal = normalFrom(seeded(seed));
  let level = normal() / Math.sqrt(1 - keep ** 2);
  return Array.from({ length: count }, () => {
    level = keep * level + normal();
    return level;
  });
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('lagOne', () => {
  // numpy: d = x - x.mean(); (d[1:]*d[:-1]).sum()/(d**2).sum()
  it('is the textbook autocorrelation', () => {
    expect(lagOne([0.12, -0.05, 0.31, 0.08, 0.22, -0.11, 0.17, 0.04, 0.29, 0.15])).toBeCloseTo(-0.5404614652711703, 12);
  });

  it('is 0 where there is nothing to tell', () => {
    expect([[], [1], [1, 2], [3, 3, 3, 3]].map(lagOne)).toEqual([0, 0, 0, 0]);
  });

  it('finds the memory of a process', () => {
    for (const keep of [-0.6, 0, 0.4, 0.8]) expect(lagOne(autoregressive(20_000, keep, 5))).toBeCloseTo(keep, 1);
  });
});

describe('effectiveSize', () => {
  it('is that of independent values with the same error of the mean', () => {
    const values = autoregressive(10_000, 0.6, 3);
    expect(effectiveSize(values) / 10_000).toBeCloseTo((1 - 0.6) / (1 + 0.6), 1);
    expect(effectiveSize(autoregressive(10_000, -0.5, 3))).toBeGreaterThan(10_000);
  });
});

describe('batchMeans', () => {
  it('leaves independent values alone, nineteen times in twenty', () => {
    const merged = Array.from({ length: 400 }, (_, seed) => batchMeans(autoregressive(40, 0, seed)).size > 1);
    const share = merged.filter(Boolean).length / 400;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.09);
  });

  it('merges neighbours that lean alike, and those that alternate', () => {
    expect(batchMeans(autoregressive(640, 0.8, 1)).size).toBeGreaterThanOrEqual(4);
    const alternating = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : -1) + i / 1_000);
    const { means, size } = batchMeans(alternating);
    expect(size).toBeGreaterThanOrEqual(2);
    expect(Math.max(...means.map(Math.abs))).toBeLessThan(0.1);
  });

  it('keeps the mean, every value and at least ten batches', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 90 }), (values) => {
        const { means, size } = batchMeans(values);
        expect(means.length).toBeGreaterThanOrEqual(Math.min(values.length, MIN_BATCHES));
        expect(means.length).toBe(Math.floor(values.length / size));
        if (values.length % size === 0) expect(meanOf(means)).toBeCloseTo(meanOf(values), 9);
      }),
    );
  });

  it('of few values is the values', () => {
    expect(batchMeans([1, 1, 1, -1, -1, -1]).size).toBe(1);
    expect(batchMeans([]).means).toEqual([]);
  });
});
