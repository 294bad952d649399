import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { differenceInterval, type Estimated, type Interval, type ShareBlock } from './interval.ts';
import { estimateMean, halfWidth } from './mean-interval.ts';

/** Both sides of one pair of blocks: what is counted, and among how many. */
export interface ShareBlockPair {
  readonly candidate: ShareBlock;
  readonly baseline: ShareBlock;
}

/** From this many events, and as many requests without one, on both sides, Newcombe's interval is within its level. */
const NOT_RARE = 10;

/**
 * Interval of a difference of two shares, candidate − baseline, of independent requests; each end with the one-sided
 * `confidence`. Square-and-add (Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10) of the sides' own intervals: Wilson's where
 * both have ten events or more (and ten requests without one), else the exact ones of Clopper and Pearson. With none on one side
 * that rejects at seven events at 99 %, as the exact test of 7 against 0 does (2⁻⁷). A side without a request → undefined.
 */
export const shareDifferenceInterval = (
  { candidate, baseline }: ShareBlockPair,
  confidence: number,
): Interval | undefined => {
  if (candidate.whole <= 0 || baseline.whole <= 0) return undefined;
  const isRare = [candidate, baseline].some(({ part, whole }) => Math.min(part, whole - part) < NOT_RARE);
  const ofSide = isRare ? exact : wilson;
  return differenceInterval(ofSide(candidate, confidence), ofSide(baseline, confidence));
};

/**
 * The same from pairs of blocks: the wider end, each way, of two answers. Requests as independent (above) know what a rare event
 * can do. Student's interval over the pairs' differences knows that errors come in bursts, and that what hits both sides
 * at once is no difference. Neither alone is honest: a burst of 40 errors on one side is no chance to the first, and seven
 * single errors are none to the second. A side without a request → undefined.
 */
export const pairedShareInterval = (pairs: readonly ShareBlockPair[], confidence: number): Interval | undefined => {
  const all = addPairs(pairs);
  const single = shareDifferenceInterval(all, confidence);
  const differences = pairDifferences(pairs, all);
  const mean = estimateMean(differences);
  if (single === undefined || mean === undefined) return single;
  const half = halfWidth(mean, confidence);
  const change = all.candidate.part / all.candidate.whole - all.baseline.part / all.baseline.whole;
  return [Math.min(single[0], change - half), Math.max(single[1], change + half)];
};

/** Each side of all pairs together. */
export const addPairs = (pairs: readonly ShareBlockPair[]): ShareBlockPair => ({
  candidate: addShares(pairs.map(({ candidate }) => candidate)),
  baseline: addShares(pairs.map(({ baseline }) => baseline)),
});

const addShares = (blocks: readonly ShareBlock[]): ShareBlock => ({
  part: blocks.reduce((sum, { part }) => sum + part, 0),
  whole: blocks.reduce((sum, { whole }) => sum + whole, 0),
});

/** What each pair adds to the difference, as deviations from both sides' shares: their mean is 0, their error that of the ratio estimator. */
const pairDifferences = (pairs: readonly ShareBlockPair[], { candidate, baseline }: ShareBlockPair): number[] =>
  pairs.map((pair) => {
    const ofCandidate = pair.candidate.part - (candidate.part / candidate.whole) * pair.candidate.whole;
    const ofBaseline = pair.baseline.part - (baseline.part / baseline.whole) * pair.baseline.whole;
    return pairs.length * (ofCandidate / candidate.whole - ofBaseline / baseline.whole);
  });

/** Wilson's score interval (Journal of the American Statistical Association 22 (1927) 209–212). */
const wilson = ({ part, whole }: ShareBlock, confidence: number): Estimated => {
  const z = normalQuantile(confidence, 0, 1);
  const share = part / whole;
  const middle = share + z ** 2 / (2 * whole);
  const half = z * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2));
  const scale = 1 + z ** 2 / whole;
  return { value: share, interval: [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)] };
};

/** Clopper and Pearson, Biometrika 26 (1934) 404–413. */
const exact = ({ part, whole }: ShareBlock, confidence: number): Estimated => ({
  value: part / whole,
  interval: [
    part <= 0 ? 0 : betaQuantile(1 - confidence, part, whole - part + 1),
    part >= whole ? 1 : betaQuantile(confidence, part + 1, whole - part),
  ],
});
