import type { Policy } from '../model/policy.ts';
import type { Run, ScenarioRun } from '../model/run.ts';
import type { Measure, SloUnit } from '../model/slo.ts';
import { type Micros, micros } from '../model/units.ts';
import { closedOnly } from '../stats/interval.ts';
import { endedOf, totalCounts } from '../stats/measurement.ts';
import { detectableDifference } from '../stats/power.ts';
import { changeThatMatters, ruleOf } from './change-rule.ts';
import { pairsOf } from './compare-live.ts';
import { comparePairs } from './compare-pairs.ts';
import { estimate, type Measured } from './estimate.ts';
import { wholeEvidence } from './evidence.ts';
import { samplesNeeded } from './min-samples.ts';

/** What one scenario is going to send to each gateway in its measured phase. */
export interface PlannedScenario {
  readonly name: string;
  readonly requests: number;
  readonly duration: Micros;
  /** Pairs of blocks. */
  readonly pairs: number;
}

export interface ForesightInputs {
  /** An earlier run of the same configuration, or a pilot. */
  readonly run: Run;
  /** The other side of it where it compared two gateways: what differs within its pairs is then known. */
  readonly otherSide: Run | undefined;
  readonly planned: readonly PlannedScenario[];
  readonly policy: Policy;
}

/** What a comparison of two gateways side by side, as planned, could find out about one gating metric. */
export interface Foresight {
  readonly scenario: string;
  readonly metric: string;
  readonly unit: SloUnit;
  /** As the earlier run had it. */
  readonly value: number | undefined;
  /** The smallest change for the worse that four of five such comparisons would find; as `RegressionFinding.change`. */
  readonly detectable: number | undefined;
  /** The change that matters by the policy. */
  readonly matters: number | undefined;
  /** To find that one four times of five: requests for each gateway, and for how long. */
  readonly needed: { readonly requests: number; readonly duration: Micros } | undefined;
  /** Why there is no number. */
  readonly reason: string | undefined;
}

/**
 * Foresees from an earlier run what a planned comparison can tell. The error of a metric over a run is taken to fall with the
 * root of its requests; both gateways have it alike and independently, unless a run of both says how much they have in
 * common. Confidence is shared out over all gating metrics, as by Holm's first step.
 */
export const foresee = (inputs: ForesightInputs): readonly Foresight[] => {
  const { planned, policy, run } = inputs;
  const wanted = planned.flatMap((plan) => {
    const scenario = run.scenarios.find(({ name }) => name === plan.name);
    const { metrics } = policy.regression;
    return metrics.filter((measure) => isPossible(measure, scenario)).map((measure) => ({ plan, measure, scenario }));
  });
  const confidence = 1 - (1 - policy.regression.confidence) / Math.max(1, wanted.length);
  return wanted.map(({ plan, measure, scenario }) => foreseeOne({ plan, measure, scenario, confidence, inputs }));
};

/** A scenario without streams has no time to a first token; a knee and a probe's finding have no spread of blocks. */
const isPossible = ({ subject }: Measure, scenario: ScenarioRun | undefined): boolean =>
  subject.kind !== 'knee' &&
  subject.kind !== 'probe' &&
  (scenario?.stream !== false || subject.kind !== 'quantile' || !OF_STREAMS.includes(subject.metric));

const OF_STREAMS: readonly string[] = ['ttft', 'itl', 'tpot', 'ttft-overhead'];

interface Wanted {
  readonly plan: PlannedScenario;
  readonly measure: Measure;
  readonly scenario: ScenarioRun | undefined;
  readonly confidence: number;
  readonly inputs: ForesightInputs;
}

const foreseeOne = (wanted: Wanted): Foresight => {
  const { plan, measure, scenario, inputs } = wanted;
  const blank = {
    scenario: plan.name,
    metric: measure.text,
    unit: ruleOf(measure).unit,
    value: undefined,
    detectable: undefined,
    matters: undefined,
    needed: undefined,
  };
  if (scenario === undefined) return { ...blank, reason: 'the earlier run has no such scenario' };
  const seen = estimate(measure, wholeEvidence(scenario, measure.tenant));
  if (seen.kind === 'unmeasured') return { ...blank, reason: seen.reason };
  const { value, samples } = seen;
  const least = samplesNeeded(measure.subject, inputs.policy.minSamples);
  if (samples < least) return { ...blank, value, reason: `${samples} samples are too few, it needs ${least}` };
  const measured = endedOf(totalCounts(wholeEvidence(scenario, undefined).blocks));
  const { otherSide: there } = inputs;
  const atOnce = there === undefined ? fromBlocks(wanted, seen) : fromPairs(wanted, seen, { here: scenario, there });
  if (atOnce === undefined) return { ...blank, value, reason: 'the spread between its blocks is not known' };
  // On the scale on which errors add up: logarithms where changes are relative.
  const found = atOnce * Math.sqrt(measured / Math.max(1, plan.requests));
  const matters = changeThatMatters(measure, value, inputs.policy.regression);
  const times = (found / onScale(measure, matters)) ** 2;
  const needed = { requests: Math.ceil(times * plan.requests), duration: micros(times * plan.duration) };
  return { ...blank, value, detectable: offScale(measure, found), matters, needed, reason: undefined };
};

/** The smallest difference that two such runs find in as many requests as the earlier one had, each with its own error. */
const fromBlocks = ({ plan, measure, confidence }: Wanted, { value, intervalAt }: Measured): number | undefined => {
  const interval = closedOnly(intervalAt(ONE_SIGMA));
  if (interval === undefined) return undefined;
  const [low, high] = interval.map((end) => (isLogarithmic(measure) ? Math.log(end) : end));
  const scaled = ruleOf(measure).scale === 'relative' ? Math.abs(value) : 1;
  const error = (high! - low!) / 2 / scaled;
  const spread = error * Math.SQRT2 * Math.sqrt(plan.pairs);
  const found = detectableDifference({ spread, pairs: plan.pairs }, { confidence });
  return Number.isFinite(found) ? found : undefined;
};

/** The confidence of one standard error to both sides. */
const ONE_SIGMA = 0.682689;

/** What the comparison of both sides could have found. */
const fromPairs = (
  { plan, measure, confidence }: Wanted,
  seen: Measured,
  { here, there }: BothSides,
): number | undefined => {
  const beside = there.scenarios.find(({ name }) => name === plan.name);
  if (beside === undefined) return undefined;
  const baseline = estimate(measure, wholeEvidence(beside, measure.tenant));
  if (baseline.kind === 'unmeasured') return undefined;
  const sides = { pairs: pairsOf(here, beside, measure), candidate: seen, baseline };
  const found = comparePairs(measure.subject, sides)?.detectableAt(confidence);
  return found === undefined
    ? undefined
    : onScale(measure, ruleOf(measure).worse === 'lower' ? found.fall : found.rise);
};

interface BothSides {
  readonly here: ScenarioRun;
  readonly there: Run;
}

const isLogarithmic = (measure: Measure): boolean => ruleOf(measure).scale === 'logarithmic';

/** A change for the worse, without its sign, as a difference on the scale on which errors add up; and back. */
const onScale = (measure: Measure, change: number): number => {
  if (!isLogarithmic(measure)) return change;
  return ruleOf(measure).worse === 'lower' ? -Math.log1p(-Math.min(change, 0.999)) : Math.log1p(change);
};
const offScale = (measure: Measure, found: number): number => {
  if (!isLogarithmic(measure)) return found;
  return ruleOf(measure).worse === 'lower' ? -Math.expm1(-found) : Math.expm1(found);
};
