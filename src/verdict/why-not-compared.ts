import type { ScenarioRun } from '../model/run.ts';
import type { Measure } from '../model/slo.ts';
import { compareEstimates } from './compare-estimates.ts';
import type { Comparison } from './comparison.ts';
import { type Estimate, estimateSuccess, type Measured } from './estimate.ts';
import { wholeEvidence } from './evidence.ts';
import { samplesNeeded } from './min-samples.ts';
import { type ComparedRuns, isBlank, type Pair } from './pair-measures.ts';
import { counted, percent } from './wording.ts';

/** Runs that a window needs before it can fail the gate: below, the spread between runs is hardly known. */
export const MIN_BASELINE_RUNS = 5;

/** Success shares further apart than this, and the latencies of successes are those of different requests. */
export const MAX_SUCCESS_GAP = 0.05;

/** Why a pair cannot be judged. */
export interface Obstacle {
  readonly status: 'inconclusive' | 'invalid';
  /** True where the row is shown, and does not count. */
  readonly isAdvisory: boolean;
  readonly reason: string;
}

/** For a pair of which one side has no number at all. */
export const whyMissing = (pair: Pair, runs: ComparedRuns): Obstacle => {
  const { candidate, window, usable } = pair;
  const { against } = runs;
  const others =
    against === 'live'
      ? 'the baseline gateway has a value of it, and this one has none'
      : 'earlier runs measured it, and this one did not';
  if (candidate.kind === 'unmeasured')
    return isBlank(pair)
      ? inconclusive(candidate.reason)
      : {
          status: 'inconclusive',
          isAdvisory: against === 'window' && usable.length < MIN_BASELINE_RUNS,
          reason: `${others}: ${candidate.reason}`,
        };
  const few = against === 'live' ? tooFewSamples(pair, candidate, runs) : undefined;
  if (few !== undefined) return few;
  const why = window.find((each) => each.kind === 'unmeasured')?.reason ?? 'too few samples, or a value of 0';
  return advisory(
    against === 'live'
      ? `the baseline gateway has no value to compare with: ${why}`
      : `no earlier run has a value to compare with: ${why}`,
  );
};

/** For a pair with a number on both sides that is compared with a window; undefined = it can be judged. */
export const whyNotCompared = (
  pair: Pair,
  {
    candidate,
    comparison,
    runs,
  }: { readonly candidate: Measured; readonly comparison: Comparison; readonly runs: ComparedRuns },
): Obstacle | undefined => {
  const { usable, rule } = pair;
  if (usable.length < MIN_BASELINE_RUNS)
    return advisory(
      `shown only: ${counted(usable.length, 'earlier run')} of the ${MIN_BASELINE_RUNS} that it takes to know how much runs differ`,
    );
  if (!runs.isAlike)
    return advisory('shown only: no earlier run was on a machine like this one (processor, cores, memory, image)');
  const few = tooFewSamples(pair, candidate, runs);
  if (few !== undefined) return few;
  if (rule.scale === 'relative' && comparison.baseline <= 0)
    return inconclusive(
      'in earlier runs hits were no faster than misses, so there is no benefit that could have shrunk; leave it out of regression.metrics, or see why the cache is no gain',
    );
  return isOfSuccesses(pair.measure) ? survivorship(pair, runs) : undefined;
};

/** The candidate has fewer samples than the measure needs. */
export const tooFewSamples = (
  { measure }: Pair,
  candidate: Measured,
  { policy }: ComparedRuns,
): Obstacle | undefined => {
  const needed = samplesNeeded(measure.subject, policy.minSamples);
  return candidate.samples >= needed
    ? undefined
    : inconclusive(`it needs ${needed} samples, got ${candidate.samples}; raise load.duration or the rate`);
};

/** Whether a measure is of requests that succeeded alone. */
export const isOfSuccesses = ({ subject }: Measure): boolean =>
  subject.kind === 'quantile' || subject.kind === 'cache-delta';

/**
 * Latency is that of successes. Where far fewer requests succeed than before, it is that of other requests, and comparing it
 * is invalid. Where far more succeed, that is good news, and the comparison merely undecided. Far = more than 5 points, and
 * more than runs differ by.
 */
const survivorship = ({ scenario, measure }: Pair, { window, policy }: ComparedRuns): Obstacle | undefined => {
  const now = successOf(scenario, measure);
  const before = window
    .flatMap((run) => run.scenarios.filter((each) => each.name === scenario.name))
    .map((each) => successOf(each, measure))
    .filter((each) => each.kind === 'measured');
  if (now.kind === 'unmeasured' || before.length < 2) return undefined;
  const { baseline, change, intervalAt } = compareEstimates(now, before, { scale: 'absolute' });
  const [low, high] = intervalAt(policy.regression.confidence);
  if (Math.abs(change) <= MAX_SUCCESS_GAP || (low <= 0 && high >= 0)) return undefined;
  return differentRequests({ now: now.value, before: baseline, where: 'in earlier runs' });
};

/** Invalid where fewer succeeded, undecided where more did. */
export const differentRequests = ({
  now,
  before,
  where,
}: {
  readonly now: number;
  readonly before: number;
  readonly where: string;
}): Obstacle => ({
  status: now < before ? 'invalid' : 'inconclusive',
  isAdvisory: false,
  reason: `${percent(now)} of the requests succeeded, and ${percent(before)} ${where}: the latencies are those of different requests; ${now < before ? 'see why requests fail, and mend that first' : 'that is for the better, and can be compared once both sides succeed as often'}`,
});

const successOf = (scenario: ScenarioRun, { tenant }: Measure): Estimate =>
  estimateSuccess(wholeEvidence(scenario, tenant).blocks);

/** It counts, and leaves the gate undecided. */
export const inconclusive = (reason: string): Obstacle => ({ status: 'inconclusive', isAdvisory: false, reason });

/** It is shown only. */
export const advisory = (reason: string): Obstacle => ({ status: 'inconclusive', isAdvisory: true, reason });
