import type { Policy } from '../model/policy.ts';
import type { Run, ScenarioRun } from '../model/run.ts';
import type { Measure, Slo } from '../model/slo.ts';
import { type ChangeRule, ruleOf } from './change-rule.ts';
import { type Estimate, estimate, type Measured } from './estimate.ts';
import { wholeEvidence } from './evidence.ts';
import { findKnee } from './find-knee.ts';
import { samplesNeeded } from './min-samples.ts';
import { STANDARD_MEASURES } from './standard-measures.ts';

/** A run beside others. */
export interface ComparedRuns {
  /** `window`: earlier runs. `live`: the other gateway of the same run, measured in alternating blocks. */
  readonly against: 'window' | 'live';
  readonly candidate: Run;
  /** Comparable with it, newest first; one or more, and exactly one where live. */
  readonly window: readonly Run[];
  readonly policy: Policy;
  /** False where no earlier run was on a machine like this one: then changes are shown only. */
  readonly isAlike: boolean;
}

/** One measure of one scenario, on both sides. */
export interface Pair {
  readonly scenario: ScenarioRun;
  readonly measure: Measure;
  readonly rule: ChangeRule;
  readonly isGating: boolean;
  readonly candidate: Estimate;
  /** The scenario in the runs of the window that have it. */
  readonly earlier: readonly ScenarioRun[];
  /** One for each of them. */
  readonly window: readonly Estimate[];
  /** Those of the window that have enough samples, and a value that the scale has a place for. */
  readonly usable: readonly Measured[];
}

/**
 * What is compared: the standard measures of every scenario, and those of the policy, which gate. Left out are measures that a
 * scenario of its kind cannot have (TTFT without a stream), and those that neither side measured, unless one gates
 * and no scenario has it on any side: that is not to vanish without a word.
 */
export const pairMeasures = (runs: ComparedRuns): readonly Pair[] => {
  const pairs = runs.candidate.scenarios.flatMap((scenario) => pairsOf(scenario, runs));
  const measured = new Set(pairs.filter((pair) => !isBlank(pair)).map((pair) => keyOf(pair.measure)));
  return pairs.filter((pair) => !isBlank(pair) || (pair.isGating && !measured.has(keyOf(pair.measure))));
};

/** Neither side has a number. */
export const isBlank = ({ candidate, window }: Pair): boolean =>
  [candidate, ...window].every((each) => each.kind === 'unmeasured');

const pairsOf = (scenario: ScenarioRun, { window, policy }: ComparedRuns): Pair[] => {
  const gating = new Set(policy.regression.metrics.map(keyOf));
  const standard = new Set(STANDARD_MEASURES.map(keyOf));
  const extra = policy.regression.metrics.filter((measure) => !standard.has(keyOf(measure)));
  const slos = policy.scenarios.find((each) => each.name === scenario.name)?.slos ?? [];
  const earlier = window.flatMap((run) => run.scenarios.filter((each) => each.name === scenario.name));
  return [...STANDARD_MEASURES, ...extra]
    .filter((measure) => isPossible(measure, scenario))
    .map((measure) => {
      const estimates = earlier.map((each) => estimateIn(each, measure, slos));
      return {
        scenario,
        measure,
        rule: ruleOf(measure),
        isGating: gating.has(keyOf(measure)),
        earlier,
        candidate: estimateIn(scenario, measure, slos),
        window: estimates,
        usable: estimates.filter((each) => each.kind === 'measured').filter((each) => isUsable(each, measure, policy)),
      };
    });
};

/** Enough samples, and a value that the scale has a place for. */
export const isUsable = ({ samples, value }: Measured, measure: Measure, policy: Policy): boolean =>
  samples >= samplesNeeded(measure.subject, policy.minSamples) &&
  (ruleOf(measure).scale !== 'logarithmic' || value > 0);

const keyOf = ({ tenant, subject }: Measure): string => JSON.stringify([tenant, subject]);

/** Whether a scenario of this kind can have the measure at all. */
const isPossible = ({ subject, tenant }: Measure, scenario: ScenarioRun): boolean => {
  if (tenant !== undefined && !scenario.slices.some((slice) => slice.tenant === tenant)) return false;
  if (subject.kind === 'knee') return scenario.stepRates.length > 0;
  return !(
    subject.kind === 'quantile' &&
    ['ttft', 'itl', 'tpot', 'ttft-overhead'].includes(subject.metric) &&
    !scenario.stream
  );
};

/** A measure of one scenario, in the unit in which it is compared. */
export const estimateIn = (scenario: ScenarioRun, measure: Measure, slos: readonly Slo[]): Estimate => {
  const knee = measure.subject.kind === 'knee' ? findKnee(scenario, slos)?.knee : undefined;
  return estimate({ ...measure, unit: ruleOf(measure).unit }, wholeEvidence(scenario, measure.tenant, knee));
};
