import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countByRow, logBins } from '../../../src/report/page/log-bins.ts';
import { EMPTY_HISTOGRAM } from '../../../src/stats/histogram.ts';
import { histogramOf } from '../../support/build-run.ts';

describe('logBins', () => {
  it('of nothing are none', () => {
    expect(logBins([], 10)).toBeUndefined();
    expect(logBins([EMPTY_HISTOGRAM], 10)).toBeUndefined();
  });

  it('span at least a factor of two around a single value', () => {
    const { low, ratio, rows } = logBins([histogramOf([1_000])], 10)!;
    expect(low).toBeCloseTo(1_000 / Math.SQRT2, -1);
    expect(ratio ** rows).toBeCloseTo(2, 5);
  });

  it('put every value into the row that holds it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 1, maxLength: 60 }), (values) => {
        const bins = logBins([histogramOf(values)], 30)!;
        for (const value of values) {
          const row = countByRow(histogramOf([value]), bins).indexOf(1);
          // What is counted is the middle of a bucket, at most 0.1 % or 1 µs away.
          expect(value).toBeGreaterThanOrEqual(bins.low * bins.ratio ** row * 0.999 - 1);
          expect(value).toBeLessThanOrEqual(bins.low * bins.ratio ** (row + 1) * 1.001 + 1);
        }
        expect(countByRow(histogramOf(values), bins).reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
    );
  });
});
