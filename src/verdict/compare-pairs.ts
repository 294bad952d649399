import type { Histogram } from '../model/histogram.ts';
import type { Metric } from '../model/measurement.ts';
import type { Subject } from '../model/slo.ts';
import { toSeconds } from '../model/units.ts';
import { batchMeans, MIN_BATCHES } from '../stats/batch-means.ts';
import { countOf, EMPTY_HISTOGRAM, quantile } from '../stats/histogram.ts';
import { estimateMean, halfWidth } from '../stats/mean-interval.ts';
import { bootstrapLogRatios } from '../stats/pair-bootstrap.ts';
import { addPairs, pairedShareInterval } from '../stats/share-difference.ts';
import { liesAbove } from '../stats/signed-rank.ts';
import { smoothLogQuantile } from '../stats/smooth-quantile.ts';
import { type Comparison, comparisonOf, type Scale } from './comparison.ts';
import type { Measured } from './estimate.ts';
import { type BlockPair, mergePairs } from './pair-blocks.ts';
import { countPerSecond, type ShareSubject, shareCounts, shareOf } from './share-counts.ts';

/** From this quantile on a block has none of its own, and values are pooled. */
export const POOLED_FROM = 0.99;

/** One-sided level of the check by ranks: most pairs have to lean the way that their mean does. */
const LEAN_LEVEL = 0.05;

/** Both gateways of one run. */
export interface PairedSides {
  readonly pairs: readonly BlockPair[];
  readonly candidate: Measured;
  readonly baseline: Measured;
}

/**
 * Compares two gateways that were measured in alternating blocks, by the differences within pairs (docs/method.md): what slows
 * both alike is no difference. Quantiles below p99: the logarithm of the ratio of the blocks' quantiles, one a pair,
 * Student's interval of their mean. From p99 on: pooled quantiles, and whole pairs drawn anew. Shares: `pairedShareInterval`. Rates
 * and the benefit of a cache: differences within pairs, relative to the baseline's value. Differences that depend on those before
 * them are merged first (`batchMeans`). Fewer than ten pairs with a value on both sides → undefined.
 */
export const comparePairs = (subject: Subject, sides: PairedSides): Comparison | undefined => {
  switch (subject.kind) {
    case 'quantile':
      return subject.quantile >= POOLED_FROM
        ? comparePooled(subject, sides)
        : compareMeans(logRatios(sides.pairs, subject), 'logarithmic', sides);
    case 'cache-delta':
      return compareMeans(deltaDifferences(sides.pairs, subject.quantile), 'relative', sides);
    case 'rate':
    case 'tally':
    case 'share':
      return compareShares(subject, sides);
    case 'per-second':
      return compareMeans(rateDifferences(sides.pairs, subject.of), 'relative', sides);
    case 'knee':
    case 'probe':
      return undefined;
  }
};

type Quantile = Pick<Extract<Subject, { kind: 'quantile' }>, 'metric' | 'quantile'>;

/** ln(candidate/baseline) of the blocks' smoothed quantiles, one a pair; pairs of which a side has no value are left out. */
export const logRatios = (pairs: readonly BlockPair[], { metric, quantile: q }: Quantile): readonly number[] =>
  pairsWithEnough(pairs, metric, q).flatMap(({ candidate, baseline }) => {
    const [one, other] = [candidate, baseline].map(({ histograms }) =>
      smoothLogQuantile(histograms[metric] ?? EMPTY_HISTOGRAM, q),
    );
    return one === undefined || other === undefined ? [] : [one - other];
  });

/** Merges neighbours until the typical block holds a value beyond the quantile, as long as ten pairs are left. */
export const pairsWithEnough = (pairs: readonly BlockPair[], metric: Metric, q: number): readonly BlockPair[] => {
  const values = pairs.reduce(
    (sum, { candidate }) => sum + countOf(candidate.histograms[metric] ?? EMPTY_HISTOGRAM),
    0,
  );
  const wanted = Math.ceil(1 / (1 - q) / Math.max(1, values / pairs.length) - 1e-9);
  return mergePairs(pairs, Math.max(1, Math.min(wanted, Math.floor(pairs.length / MIN_BATCHES))));
};

const quantileOf = ({ histograms }: BlockPair['candidate'], metric: Metric, q: number): number | undefined => {
  const histogram = histograms[metric];
  return histogram === undefined ? undefined : quantile(histogram, q);
};

/** Difference of differences: what the cache saves on one side minus what it saves on the other, µs. */
const deltaDifferences = (pairs: readonly BlockPair[], q: number): readonly number[] => {
  const deltaOf = (block: BlockPair['candidate']): number | undefined => {
    const [miss, hit] = [quantileOf(block, 'miss', q), quantileOf(block, 'hit', q)];
    return miss === undefined || hit === undefined ? undefined : miss - hit;
  };
  return pairs.flatMap(({ candidate, baseline }) => {
    const [one, other] = [deltaOf(candidate), deltaOf(baseline)];
    return one === undefined || other === undefined ? [] : [one - other];
  });
};

const rateDifferences = (
  pairs: readonly BlockPair[],
  of: Extract<Subject, { kind: 'per-second' }>['of'],
): readonly number[] => {
  const count = countPerSecond(of);
  const rateOf = ({ counts, duration }: BlockPair['candidate']): number => count(counts) / toSeconds(duration);
  return pairs
    .filter(({ candidate, baseline }) => candidate.duration > 0 && baseline.duration > 0)
    .map(({ candidate, baseline }) => rateOf(candidate) - rateOf(baseline));
};

/** Student's interval of the mean difference of a pair. */
const compareMeans = (
  differences: readonly number[],
  scale: Scale,
  { baseline }: PairedSides,
): Comparison | undefined => {
  const mean = estimateMean(batchMeans(differences).means);
  if (mean === undefined || differences.length < MIN_BATCHES) return undefined;
  return comparisonOf({
    scale,
    point: scale === 'logarithmic' ? Math.log(baseline.value) : baseline.value,
    difference: mean.mean,
    reachAt: (confidence) => {
      const half = halfWidth(mean, confidence);
      return { down: half, up: half };
    },
    leans: (direction) => liesAbove(direction === 'rise' ? differences : differences.map((each) => -each), LEAN_LEVEL),
    limitedBy: 'requests',
  });
};

/** The ratio of pooled quantiles, with the percentile interval of the cluster bootstrap over pairs. */
const comparePooled = ({ metric, quantile: q }: Quantile, sides: PairedSides): Comparison | undefined => {
  const pairs = sides.pairs.flatMap(({ candidate, baseline }) => {
    const [one, other]: (Histogram | undefined)[] = [candidate.histograms[metric], baseline.histograms[metric]];
    return one === undefined || other === undefined ? [] : [{ candidate: one, baseline: other }];
  });
  if (pairs.length < MIN_BATCHES) return undefined;
  const difference = Math.log(sides.candidate.value / sides.baseline.value);
  // The seed comes from what was measured, so that the same runs give the same interval.
  const ratios = bootstrapLogRatios(pairs, q, sides.candidate.value ^ sides.candidate.samples);
  const at = (share: number): number => ratios[Math.min(ratios.length - 1, Math.floor(share * ratios.length))]!;
  return comparisonOf({
    scale: 'logarithmic',
    point: Math.log(sides.baseline.value),
    difference,
    reachAt: (confidence) => ({
      down: Math.max(0, difference - at(1 - confidence)),
      up: Math.max(0, at(confidence) - difference),
    }),
    limitedBy: 'requests',
  });
};

const compareShares = (subject: ShareSubject, sides: PairedSides): Comparison | undefined => {
  const counts = shareCounts(subject);
  const pairs = sides.pairs.map(({ candidate, baseline }) => ({
    candidate: shareOf(candidate, counts),
    baseline: shareOf(baseline, counts),
  }));
  const { candidate, baseline } = addPairs(pairs);
  if (pairs.length < MIN_BATCHES || candidate.whole === 0 || baseline.whole === 0) return undefined;
  const difference = candidate.part / candidate.whole - baseline.part / baseline.whole;
  return comparisonOf({
    scale: 'absolute',
    point: baseline.part / baseline.whole,
    difference,
    reachAt: (confidence) => {
      const [low, high] = pairedShareInterval(pairs, confidence)!;
      return { down: difference - low, up: high - difference };
    },
    limitedBy: 'requests',
  });
};
