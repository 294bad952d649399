import fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import type { Histogram } from '../../src/model/histogram.ts';
import { BUCKET_COUNT, bucketOf, HIGHEST_VALUE, highestOf, lowestOf, middleOf } from '../../src/stats/bucket-layout.ts';
import {
  addHistograms,
  countAbove,
  countAtOrBelow,
  countOf,
  EMPTY_HISTOGRAM,
  HistogramRecorder,
  maximum,
  mean,
  minimum,
  quantile,
} from '../../src/stats/histogram.ts';

const record = (values: readonly number[]): Histogram => {
  const recorder = new HistogramRecorder();
  for (const value of values) recorder.record(value);
  return recorder.snapshot();
};

const reference = (values: readonly number[]) => {
  const hdr = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_VALUE,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
    useWebAssembly: false,
  });
  for (const value of values) hdr.recordValue(value);
  return hdr;
};

/** Spread over all magnitudes, so that every kind of bucket is met. */
const anyValue = fc
  .double({ min: 0, max: Math.log(HIGHEST_VALUE), noNaN: true })
  .map((exponent) => Math.min(HIGHEST_VALUE, Math.max(1, Math.round(Math.exp(exponent)))));
const anyValues = fc.array(anyValue, { minLength: 1, maxLength: 300 });
const QUANTILES = [0.001, 0.1, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

describe('bucket layout', () => {
  const rows: readonly (readonly [value: number, bucket: number, lowest: number, highest: number])[] = [
    [1, 1, 1, 1],
    [2047, 2047, 2047, 2047],
    [2048, 2048, 2048, 2049],
    [2049, 2048, 2048, 2049],
    [4095, 3071, 4094, 4095],
    [4096, 3072, 4096, 4099],
    [1_000_000, 11_169, 999_936, 1_000_447],
    [HIGHEST_VALUE, 23_220, 3_598_712_832, 3_600_809_983],
  ];
  it.each(rows)('%i µs is in bucket %i, from %i to %i', (value, bucket, lowest, highest) => {
    expect([bucketOf(value), lowestOf(bucket), highestOf(bucket)]).toEqual([bucket, lowest, highest]);
  });

  it('is the one of HdrHistogram for every value', () => {
    const hdr = reference([]) as unknown as { countsArrayIndex(value: number): number; countsArrayLength: number };
    expect(hdr.countsArrayLength).toBe(BUCKET_COUNT);
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(bucketOf(value)).toBe(hdr.countsArrayIndex(value));
      }),
    );
  });

  it('covers the range without a gap or an overlap', () => {
    for (let bucket = 1; bucket < BUCKET_COUNT; bucket++) {
      expect(lowestOf(bucket)).toBe(highestOf(bucket - 1) + 1);
      if (lowestOf(bucket) < 2 ** 32) expect(bucketOf(lowestOf(bucket))).toBe(bucket);
    }
  });
});

describe('HistogramRecorder', () => {
  const clamping: readonly (readonly [name: string, value: number, bucket: number, clamped: number])[] = [
    ['zero counts as 1 µs, and is no clamp', 0, 1, 0],
    ['a fraction is cut off', 1500.9, 1500, 0],
    ['a fraction below 1 counts as 1', 0.5, 1, 0],
    ['negative counts as 1', -3, 1, 1],
    ['NaN counts as 1', Number.NaN, 1, 1],
    ['an hour is still inside', HIGHEST_VALUE, bucketOf(HIGHEST_VALUE), 0],
    ['beyond an hour counts as an hour', HIGHEST_VALUE + 1, bucketOf(HIGHEST_VALUE), 1],
    ['infinity counts as an hour', Number.POSITIVE_INFINITY, bucketOf(HIGHEST_VALUE), 1],
  ];
  it.each(clamping)('%s', (_name, value, bucket, clamped) => {
    const recorder = new HistogramRecorder();
    recorder.record(value);
    expect([...recorder.snapshot().indexes]).toEqual([bucket]);
    expect([recorder.count, recorder.clamped]).toEqual([1, clamped]);
  });

  it('starts anew after a reset, and leaves earlier snapshots alone', () => {
    const recorder = new HistogramRecorder();
    recorder.record(-1);
    recorder.record(1_000);
    const before = recorder.snapshot();
    recorder.reset();
    expect([recorder.count, recorder.clamped, countOf(recorder.snapshot())]).toEqual([0, 0, 0]);
    recorder.record(7);
    expect([...recorder.snapshot().indexes]).toEqual([7]);
    expect([...before.indexes]).toEqual([1, 1_000]);
  });
});

describe('the empty histogram', () => {
  it('has no quantile, mean, maximum or minimum', () => {
    for (const q of [0, 0.5, 1]) expect(quantile(EMPTY_HISTOGRAM, q)).toBeUndefined();
    expect([mean(EMPTY_HISTOGRAM), maximum(EMPTY_HISTOGRAM), minimum(EMPTY_HISTOGRAM)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([countOf(EMPTY_HISTOGRAM), countAbove(EMPTY_HISTOGRAM, 1), countAtOrBelow(EMPTY_HISTOGRAM, 1)]).toEqual([
      0, 0, 0,
    ]);
  });
});

describe('quantiles', () => {
  it('does not skip a value where q·n is a whole number in mathematics and not in floating point', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    for (let percent = 1; percent <= 100; percent++) expect(quantile(record(values), percent / 100)).toBe(percent);
  });

  it('are those of the sorted values, up to the bucket', () => {
    fc.assert(
      fc.property(anyValues, fc.constantFrom(...QUANTILES), (values, q) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(q * sorted.length - 1e-9) - 1)]!;
        expect(quantile(record(values), q)).toBe(highestOf(bucketOf(exact)));
      }),
    );
  });

  it('are those of HdrHistogram, and so are mean, maximum and minimum', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const [ours, hdr] = [record(values), reference(values)];
        for (const q of QUANTILES) expect(quantile(ours, q)).toBe(hdr.getValueAtPercentile(q * 100));
        expect(mean(ours)).toBeCloseTo(hdr.mean, 6);
        expect(maximum(ours)).toBe(highestOf(bucketOf(hdr.maxValue)));
        expect(minimum(ours)).toBe(lowestOf(bucketOf(hdr.minNonZeroValue)));
      }),
    );
  });

  it('mean is within 0.05 % of the exact one', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const exact = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(Math.abs(mean(record(values))! - exact) / exact).toBeLessThan(0.0005);
      }),
    );
    expect(middleOf(bucketOf(4096))).toBe(4098);
  });
});

describe('counts on either side of a value', () => {
  it('split the values by bucket, and add up to all', () => {
    fc.assert(
      fc.property(anyValues, anyValue, (values, limit) => {
        const histogram = record(values);
        const below = values.filter((value) => bucketOf(value) <= bucketOf(limit)).length;
        expect(countAtOrBelow(histogram, limit)).toBe(below);
        expect(countAbove(histogram, limit)).toBe(values.length - below);
      }),
    );
  });
});

describe('addHistograms', () => {
  it('of the parts is the histogram of the whole, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyValue, { maxLength: 80 }), { maxLength: 6 }), (parts) => {
        const whole = record(parts.flat());
        expect(addHistograms(parts.map(record))).toEqual(whole);
        expect(addHistograms(parts.toReversed().map(record))).toEqual(whole);
      }),
    );
  });

  it('of nothing is empty', () => {
    expect(countOf(addHistograms([]))).toBe(0);
    expect(countOf(addHistograms([EMPTY_HISTOGRAM, EMPTY_HISTOGRAM]))).toBe(0);
  });
});
