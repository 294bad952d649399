import type { Histogram } from '../model/histogram.ts';
import { type Micros, micros } from '../model/units.ts';
import { BUCKET_COUNT, bucketOf, HIGHEST_VALUE, highestOf, LOWEST_VALUE, lowestOf, middleOf } from './bucket-layout.ts';

/** The histogram without a value. */
export const EMPTY_HISTOGRAM: Histogram = { indexes: new Uint32Array(0), counts: new Float64Array(0) };

/** Counters come in chunks of this many buckets: a quarter of a doubling above 2 ms. */
const CHUNK_BITS = 8;
const CHUNK_SIZE = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_SIZE - 1;

/**
 * Counts durations as they come. `record` takes the same short time whatever was recorded before, and allocates nothing
 * but the first time that a value falls into a chunk of 256 buckets (1 kB). Memory therefore follows the span of the
 * values (a few kB for one block of one metric) and not the 94 kB of the full layout, nor the number of values.
 */
export class HistogramRecorder {
  #chunks: (Uint32Array | undefined)[] = new Array(BUCKET_COUNT / CHUNK_SIZE).fill(undefined);
  #count = 0;
  #clamped = 0;

  /**
   * Counts one duration, µs; a fraction is cut off. What lies outside 1 µs to 1 h counts as the nearer end. A negative
   * value, one above 1 h and NaN (counted as 1 µs) are also counted as `clamped`; 0 is merely below the resolution.
   */
  record(us: number): void {
    let value = us;
    if (!(us >= LOWEST_VALUE && us <= HIGHEST_VALUE)) {
      if (!(us >= 0 && us <= HIGHEST_VALUE)) this.#clamped += 1;
      value = us > HIGHEST_VALUE ? HIGHEST_VALUE : LOWEST_VALUE;
    }
    const bucket = bucketOf(value);
    const at = bucket >>> CHUNK_BITS;
    let chunk = this.#chunks[at];
    if (chunk === undefined) {
      chunk = new Uint32Array(CHUNK_SIZE);
      this.#chunks[at] = chunk;
    }
    chunk[bucket & CHUNK_MASK]! += 1;
    this.#count += 1;
  }

  /** Values recorded since the start or the last `reset`. A bucket holds at most 2³² − 1 of them. */
  get count(): number {
    return this.#count;
  }

  /** How many of them were NaN, negative or above 1 h. */
  get clamped(): number {
    return this.#clamped;
  }

  /** What has been recorded so far, as data of its own. */
  snapshot(): Histogram {
    const first = this.#chunks.findIndex((chunk) => chunk !== undefined);
    if (first < 0) return EMPTY_HISTOGRAM;
    const end = this.#chunks.findLastIndex((chunk) => chunk !== undefined) + 1;
    const dense = cleared((end - first) * CHUNK_SIZE);
    for (let at = first; at < end; at++) {
      const chunk = this.#chunks[at];
      if (chunk !== undefined) dense.set(chunk, (at - first) * CHUNK_SIZE);
    }
    return fromDense(dense, first * CHUNK_SIZE);
  }

  /** Forgets all values; the chunks stay, for a block like the one before it. */
  reset(): void {
    for (const chunk of this.#chunks) chunk?.fill(0);
    this.#count = 0;
    this.#clamped = 0;
  }
}

/** The values of all of them together; exact, and the same in any order. No histogram, or only empty ones → the empty one. */
export const addHistograms = (histograms: readonly Histogram[]): Histogram => {
  const filled = histograms.filter((each) => each.indexes.length > 0);
  if (filled.length < 2) return filled[0] ?? EMPTY_HISTOGRAM;
  const first = Math.min(...filled.map((each) => each.indexes[0]!));
  const last = Math.max(...filled.map((each) => each.indexes.at(-1)!));
  const dense = cleared(last - first + 1);
  for (const { indexes, counts } of filled)
    for (let i = 0; i < indexes.length; i++) dense[indexes[i]! - first]! += counts[i]!;
  return fromDense(dense, first);
};

const scratch = new Float64Array(BUCKET_COUNT);

/** That many counters of 0, until it is called again: made anew for each of hundreds of sums, they were several MB of garbage. */
const cleared = (length: number): Float64Array => scratch.subarray(0, length).fill(0);

/** Turns counters of consecutive buckets, from bucket `first` on, into a histogram. */
export const fromDense = (dense: Float64Array, first = 0): Histogram => {
  let used = 0;
  for (let i = 0; i < dense.length; i++) if (dense[i]! > 0) used++;
  const indexes = new Uint32Array(used);
  const counts = new Float64Array(used);
  let next = 0;
  for (let i = 0; i < dense.length; i++) {
    if (dense[i]! <= 0) continue;
    indexes[next] = first + i;
    counts[next++] = dense[i]!;
  }
  return { indexes, counts };
};

/** How many values it holds. */
export const countOf = ({ counts }: Histogram): number => {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
};

/**
 * The quantile by HdrHistogram's convention: the highest value equivalent to the ⌈q·n⌉-th smallest (at least the
 * first), so at most 0.1 % above the value recorded. `q` from 0 to 1; 1 is the maximum. Empty → undefined.
 */
export const quantile = (histogram: Histogram, q: number): Micros | undefined => {
  const total = countOf(histogram);
  if (total === 0) return undefined;
  const exact = q * total;
  // q·n can come out one rounding error above the whole number that it is (0.95 · 20); that must not skip a value.
  const rank = Math.min(total, Math.max(1, Math.ceil(exact - exact * Number.EPSILON)));
  let seen = 0;
  for (let i = 0; i < histogram.counts.length; i++) {
    seen += histogram.counts[i]!;
    if (seen >= rank) return micros(highestOf(histogram.indexes[i]!));
  }
  return maximum(histogram);
};

/** Mean, µs, unrounded: each value counts as the middle of its bucket (within 0.05 %). Empty → undefined. */
export const mean = (histogram: Histogram): number | undefined => {
  const total = countOf(histogram);
  if (total === 0) return undefined;
  return histogram.counts.reduce((sum, count, i) => sum + count * middleOf(histogram.indexes[i]!), 0) / total;
};

/** Highest value equivalent to the largest one recorded. Empty → undefined. */
export const maximum = (histogram: Histogram): Micros | undefined => {
  const last = histogram.indexes.at(-1);
  return last === undefined ? undefined : micros(highestOf(last));
};

/** Lowest value equivalent to the smallest one recorded. Empty → undefined. */
export const minimum = (histogram: Histogram): Micros | undefined => {
  const first = histogram.indexes[0];
  return first === undefined ? undefined : micros(lowestOf(first));
};

/** Values at or below `us`, or equivalent to it: a bucket counts whole. */
export const countAtOrBelow = (histogram: Histogram, us: number): number => {
  if (us < 0) return 0;
  const limit = bucketOf(Math.min(us, HIGHEST_VALUE));
  let sum = 0;
  for (let i = 0; i < histogram.indexes.length && histogram.indexes[i]! <= limit; i++) sum += histogram.counts[i]!;
  return sum;
};

/** Values above `us` and not equivalent to it. */
export const countAbove = (histogram: Histogram, us: number): number =>
  countOf(histogram) - countAtOrBelow(histogram, us);
