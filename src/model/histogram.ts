/**
 * Counts in the bucket layout of an HDR histogram (unit 1 µs, 1 µs to 1 h, 3 significant digits), sparse: bucket
 * `indexes[i]` holds `counts[i]` values. Indexes ascend, counts are positive, both have the same length; the empty
 * histogram has length 0. Plain data, so that it crosses threads; the operations are in stats/histogram.ts.
 */
export interface Histogram {
  readonly indexes: Uint32Array;
  readonly counts: Float64Array;
}
