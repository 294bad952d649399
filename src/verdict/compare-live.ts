import type { Policy } from '../model/policy.ts';
import type { ScenarioRun } from '../model/run.ts';
import type { Measure } from '../model/slo.ts';
import { MIN_BATCHES } from '../stats/batch-means.ts';
import { addPairs, pairedShareInterval } from '../stats/share-difference.ts';
import { changeThatMatters } from './change-rule.ts';
import { comparePairs, POOLED_FROM } from './compare-pairs.ts';
import type { Comparison } from './comparison.ts';
import { controlOf, movedBy } from './control.ts';
import type { Measured } from './estimate.ts';
import { wholeEvidence } from './evidence.ts';
import { type BlockPair, pairBlocks } from './pair-blocks.ts';
import type { ComparedRuns, Pair } from './pair-measures.ts';
import { SUCCESS, shareOf } from './share-counts.ts';
import {
  advisory,
  differentRequests,
  inconclusive,
  isOfSuccesses,
  MAX_SUCCESS_GAP,
  type Obstacle,
  tooFewSamples,
} from './why-not-compared.ts';
import { changeInWords, counted } from './wording.ts';

/** Values beyond a pooled quantile that each side needs before its interval may fail the gate. */
const MIN_EXCEEDANCES = 200;

/** More pairs than this with a value on one side only, and what is left is no fair sample. */
const MAX_HALF_PAIRS = 0.1;

/** A live comparison of one measure, or what stands against it. */
export interface LiveComparison {
  readonly comparison: Comparison | undefined;
  readonly obstacle: Obstacle | undefined;
  /** Why it is judged and never fails; undefined = it may. */
  readonly advice: string | undefined;
}

/** Compares one measure of a scenario with the same scenario of the other gateway; both have a number. */
export const compareLive = (
  pair: Pair,
  {
    candidate,
    baseline,
    runs,
  }: { readonly candidate: Measured; readonly baseline: Measured; readonly runs: ComparedRuns },
): LiveComparison => {
  const pairs = pairsOf(pair.scenario, pair.earlier[0]!, pair.measure);
  const comparison = comparePairs(pair.measure.subject, { pairs, candidate, baseline });
  const obstacle =
    comparison === undefined
      ? whyNoPairs(pair.measure, pairs)
      : whyNotLive(pair, { candidate, baseline, comparison, pairs, runs });
  return { comparison, obstacle, advice: tooFarOut(pair.measure, { candidate, baseline }) };
};

/** The pairs of blocks of one scenario of both gateways, and of one tenant or all. */
export const pairsOf = (candidate: ScenarioRun, baseline: ScenarioRun, { tenant }: Pick<Measure, 'tenant'>) =>
  pairBlocks(wholeEvidence(candidate, tenant).blocks, wholeEvidence(baseline, tenant).blocks);

const whyNoPairs = ({ subject }: Measure, pairs: readonly BlockPair[]): Obstacle => {
  if (subject.kind === 'knee' || subject.kind === 'probe')
    return advisory('shown only: it has one value a run, and no blocks that could be paired');
  return inconclusive(
    `it takes ${MIN_BATCHES} pairs of blocks with a value on both sides, of ${counted(pairs.length, 'pair')}; raise load.duration or the rate`,
  );
};

interface Compared {
  readonly candidate: Measured;
  readonly baseline: Measured;
  readonly comparison: Comparison;
  readonly pairs: readonly BlockPair[];
  readonly runs: ComparedRuns;
}

const whyNotLive = (pair: Pair, compared: Compared): Obstacle | undefined => {
  const { candidate, comparison, pairs, runs } = compared;
  const few = tooFewSamples(pair, candidate, runs);
  if (few !== undefined) return few;
  if (pair.rule.scale === 'relative' && comparison.baseline <= 0)
    return inconclusive(
      'the baseline has no benefit of its cache that could have shrunk: its hits are no faster than its misses; leave it out of regression.metrics, or see why the cache is no gain',
    );
  if (isOfSuccesses(pair.measure)) {
    const obstacle = survivorship(pairs) ?? halfPairs(pair.measure, pairs);
    if (obstacle !== undefined) return obstacle;
  }
  return moved(pair.measure, compared, runs.policy);
};

/** The success shares differ, beyond chance, by so much that latencies are those of different requests. */
const survivorship = (pairs: readonly BlockPair[]): Obstacle | undefined => {
  const shares = pairs.map(({ candidate, baseline }) => ({
    candidate: shareOf(candidate, SUCCESS),
    baseline: shareOf(baseline, SUCCESS),
  }));
  const { candidate, baseline } = addPairs(shares);
  const [now, before] = [candidate.part / candidate.whole, baseline.part / baseline.whole];
  const [low, high] = pairedShareInterval(shares, 0.95) ?? [0, 0];
  if (!(Math.abs(now - before) > MAX_SUCCESS_GAP) || (low <= 0 && high >= 0)) return undefined;
  return differentRequests({ now, before, where: 'on the baseline gateway' });
};

const halfPairs = ({ subject }: Measure, pairs: readonly BlockPair[]): Obstacle | undefined => {
  if (subject.kind !== 'quantile' || subject.quantile >= POOLED_FROM) return undefined;
  const { metric } = subject;
  const halves = pairs.filter(
    ({ candidate, baseline }) =>
      (candidate.histograms[metric] === undefined) !== (baseline.histograms[metric] === undefined),
  );
  if (halves.length <= MAX_HALF_PAIRS * pairs.length) return undefined;
  return inconclusive(
    `in ${halves.length} of ${counted(pairs.length, 'pair')} of blocks only one side has a value, so that the others are no fair sample; raise the rate`,
  );
};

/** Each gateway against itself: where even that differs, nothing can be said about the two. */
const moved = ({ subject }: Measure, { baseline, pairs }: Compared, policy: Policy): Obstacle | undefined => {
  const matters = changeThatMatters({ subject }, baseline.value, policy.regression);
  const by = movedBy(controlOf(subject, pairs), matters);
  if (by === undefined) return undefined;
  const direction = by > 0 ? 'slower' : 'faster';
  return {
    status: 'invalid',
    isAdvisory: false,
    reason: `each gateway was ${changeInWords(Math.abs(by), 'us')} ${direction} where its block came second in a pair, so that conditions within a pair were not alike; raise load.warmup, or lower the load so that gateways come to rest between blocks`,
  };
};

const tooFarOut = (
  { subject }: Measure,
  { candidate, baseline }: Pick<Compared, 'candidate' | 'baseline'>,
): string | undefined => {
  if (subject.kind !== 'quantile' || subject.quantile < POOLED_FROM) return undefined;
  const beyond = Math.floor(Math.min(candidate.samples, baseline.samples) * (1 - subject.quantile) + 1e-9);
  if (beyond >= MIN_EXCEEDANCES) return undefined;
  return `shown only: ${counted(beyond, 'value')} a side ${beyond === 1 ? 'lies' : 'lie'} beyond it, of the ${MIN_EXCEEDANCES} that it takes to know how it varies`;
};
