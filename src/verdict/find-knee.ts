import type { ScenarioRun } from '../model/run.ts';
import type { Slo } from '../model/slo.ts';
import type { Knee } from '../model/verdict.ts';
import { requestsOf, totalCounts } from '../stats/measurement.ts';
import { estimate } from './estimate.ts';
import { type Evidence, stepEvidence, wholeEvidence } from './evidence.ts';
import { holds } from './relation.ts';
import { inWords, percent } from './wording.ts';

/** A knee, with what it takes to judge by it. */
export interface FoundKnee {
  readonly knee: Knee;
  /** How many steps from the first on were met without a gap. */
  readonly metSteps: number;
  /** Why the knee may be higher than seen: the next step was not measured whole, or there is none. Undefined = it is the knee. */
  readonly openBecause: string | undefined;
}

/** More than this share of a step's arrivals unsent, and the step was not the load that it says. */
const MAX_UNSENT = 0.01;

/**
 * The knee of an arrival in steps: a step is met when every SLO of the scenario but those on the knee holds on that step's
 * requests alone, by point estimate (a step is short: to ask for an interval there would be to find no knee at all), and all
 * its arrivals were sent. The knee is the highest rate of which it and every step below it were met.
 *
 * An SLO that cannot be measured on the whole scenario is left out here (it has an inconclusive row of its own); one that can
 * and has no sample on a step is not met there. Undefined for other arrivals, and with nothing to meet.
 */
export const findKnee = (scenario: ScenarioRun, slos: readonly Slo[]): FoundKnee | undefined => {
  if (scenario.stepRates.length === 0) return undefined;
  const asked = slos.filter(
    (slo) => slo.subject.kind !== 'knee' && isMeasured(slo, wholeEvidence(scenario, slo.tenant)),
  );
  if (asked.length === 0) return undefined;
  const steps = scenario.stepRates.map((rate, index) => {
    const unmeasured = whyNotMeasured(stepOf(scenario, undefined, index));
    const failed = unmeasured === undefined ? failuresOf(scenario, asked, index) : [unmeasured];
    return { rate, met: failed.length === 0, failed, isMeasured: unmeasured === undefined };
  });
  const firstUnmet = steps.findIndex((step) => !step.met);
  const metSteps = firstUnmet === -1 ? steps.length : firstUnmet;
  return {
    knee: {
      scenario: scenario.name,
      rate: steps[metSteps - 1]?.rate,
      steps: steps.map(({ rate, met, failed }) => ({ rate, met, failed })),
    },
    metSteps,
    openBecause: whyOpen(steps[metSteps]),
  };
};

interface Step {
  readonly rate: number;
  readonly failed: readonly string[];
  readonly isMeasured: boolean;
}

const whyOpen = (next: Step | undefined): string | undefined => {
  if (next === undefined) return 'every step was met; raise steps.to';
  if (next.isMeasured) return undefined;
  return `the step at ${inWords(next.rate, 'per-second')} was not measured (${next.failed[0]}); raise limits or shorten hold`;
};

const stepOf = (scenario: ScenarioRun, tenant: string | undefined, index: number): Evidence =>
  stepEvidence(scenario, tenant, { first: index, end: index + 1 });

const isMeasured = (slo: Slo, evidence: Evidence): boolean => estimate(slo, evidence).kind === 'measured';

/** A step that a bound or the end of the run cut is not the gateway's failure. */
const whyNotMeasured = ({ blocks }: Evidence): string | undefined => {
  const counts = totalCounts(blocks);
  const all = requestsOf(counts);
  if (all === 0) return 'the run ended before this step';
  const unsent = (counts.dropped.bound ?? 0) + (counts.dropped.cancelled ?? 0);
  return unsent / all > MAX_UNSENT
    ? `the run ended in this step: ${percent(unsent / all)} of it was never sent`
    : undefined;
};

const failuresOf = (scenario: ScenarioRun, slos: readonly Slo[], index: number): string[] => {
  const { blocks } = stepOf(scenario, undefined, index);
  const counts = totalCounts(blocks);
  const unsent = (counts.dropped.connection ?? 0) / requestsOf(counts);
  const missed = slos.filter((slo) => {
    const found = estimate(slo, stepOf(scenario, slo.tenant, index));
    return found.kind === 'unmeasured' || !holds(slo.relation, found.value);
  });
  return [
    ...missed.map((slo) => slo.text),
    ...(unsent > MAX_UNSENT ? [`${percent(unsent)} of it found no free connection`] : []),
  ];
};
