/**
 * The bucket layout of HdrHistogram (http://hdrhistogram.org) for values from 1 µs to 1 h with 3 significant digits:
 * 2048 buckets of width 1 for the values below 2048, then 1024 buckets for every doubling, so that a bucket is never
 * wider than 0.1 % of its values. The numbers here are those of `Histogram(1, 3600000000, 3)` in the reference
 * implementation, which is what makes the encoded form readable by other tools.
 */
export const LOWEST_VALUE = 1;
export const HIGHEST_VALUE = 3_600_000_000;
export const SIGNIFICANT_DIGITS = 3;

const HALF_MAGNITUDE = 10;
const HALF_COUNT = 1 << HALF_MAGNITUDE;

/** Bucket of a value, µs. The value is a whole number (a fraction is cut off) from 0 to 2³² − 1; the caller clamps. */
export const bucketOf = (value: number): number => {
  const shift = Math.max(0, 31 - HALF_MAGNITUDE - Math.clz32(value));
  return (shift << HALF_MAGNITUDE) + (value >>> shift);
};

/** How many buckets the layout has; every index is below it. */
export const BUCKET_COUNT = 23 * HALF_COUNT;

/** Values of one bucket differ by less than this, µs: 1 below 2048, then doubling. */
export const bucketWidth = (index: number): number => 2 ** shiftOf(index);

/** Smallest value of a bucket, µs. */
export const lowestOf = (index: number): number => (index - shiftOf(index) * HALF_COUNT) * bucketWidth(index);

/** Largest whole value of a bucket, µs: what HdrHistogram calls the highest equivalent value. */
export const highestOf = (index: number): number => lowestOf(index) + bucketWidth(index) - 1;

/** The value that stands for a bucket in a mean, µs: what HdrHistogram calls the median equivalent value. */
export const middleOf = (index: number): number => lowestOf(index) + Math.floor(bucketWidth(index) / 2);

const shiftOf = (index: number): number => (index < 2 * HALF_COUNT ? 0 : Math.floor(index / HALF_COUNT) - 1);
