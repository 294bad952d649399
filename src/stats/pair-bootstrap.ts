import type { Histogram } from '../model/histogram.ts';
import { highestOf } from './bucket-layout.ts';
import { countOf } from './histogram.ts';
import { seededRandom } from './random.ts';

/** The values of both sides of one pair of blocks. */
export interface HistogramPair {
  readonly candidate: Histogram;
  readonly baseline: Histogram;
}

/** Enough that five of them lie beyond 99.5 %. */
const RESAMPLES = 1_000;

/**
 * Where the logarithm of the ratio of a quantile of the pooled values, candidate over baseline, comes out when whole pairs of blocks are
 * drawn anew with replacement: the cluster bootstrap (Davison and Hinkley, Bootstrap Methods and their Application, 1997, §3.8).
 * Ascending, 1,000 values; the same for the same seed. It keeps together what happened together, in a block and in a pair.
 * Resamples in which a side has no value are left out; pairs without any value → empty.
 *
 * For quantiles too far out for a block to have one of its own. It needs enough values beyond the quantile that resampling
 * can move it: below 200 on a side its ends are too near.
 */
export const bootstrapLogRatios = (pairs: readonly HistogramPair[], q: number, seed: number): readonly number[] => {
  const random = seededRandom(seed);
  const sides = [pairs.map(({ candidate }) => candidate), pairs.map(({ baseline }) => baseline)].map(descending);
  const times = new Uint32Array(pairs.length);
  const ratios: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    times.fill(0);
    for (let drawn = 0; drawn < pairs.length; drawn++) times[Math.floor(random() * pairs.length)]! += 1;
    const [ofCandidate, ofBaseline] = sides.map((side) => weightedQuantile(side, times, q));
    if (ofCandidate !== undefined && ofBaseline !== undefined) ratios.push(Math.log(ofCandidate / ofBaseline));
  }
  return ratios.sort((a, b) => a - b);
};

/** All buckets of all blocks of a side, the highest values first. */
interface Descending {
  readonly indexes: Uint32Array;
  readonly counts: Float64Array;
  /** From which pair of blocks each comes. */
  readonly pairs: Uint32Array;
  /** Values of each pair. */
  readonly totals: Float64Array;
}

/** By counting: buckets are whole numbers within a narrow range, and there are thousands of them. */
const descending = (histograms: readonly Histogram[]): Descending => {
  const last = Math.max(0, ...histograms.map(({ indexes }) => indexes.at(-1) ?? 0));
  const starts = new Uint32Array(last + 2);
  for (const { indexes } of histograms) for (const index of indexes) starts[last - index + 1]! += 1;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const size = starts.at(-1)!;
  const side = { indexes: new Uint32Array(size), counts: new Float64Array(size), pairs: new Uint32Array(size) };
  histograms.forEach(({ indexes, counts }, pair) => {
    for (let i = 0; i < indexes.length; i++) {
      const place = starts[last - indexes[i]!]!++;
      side.indexes[place] = indexes[i]!;
      side.counts[place] = counts[i]!;
      side.pairs[place] = pair;
    }
  });
  return { ...side, totals: Float64Array.from(histograms, countOf) };
};

/** The quantile as `quantile` counts it, with the values of each pair taken `times` over; from above, since it is far out. */
const weightedQuantile = (side: Descending, times: Uint32Array, q: number): number | undefined => {
  let total = 0;
  for (let pair = 0; pair < times.length; pair++) total += side.totals[pair]! * times[pair]!;
  const above = total - Math.max(1, Math.ceil(q * total * (1 - Number.EPSILON)));
  let seen = 0;
  for (let i = 0; i < side.indexes.length; i++) {
    seen += side.counts[i]! * times[side.pairs[i]!]!;
    if (seen > above) return highestOf(side.indexes[i]!);
  }
  return undefined;
};
