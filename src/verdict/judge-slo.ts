import type { Policy } from '../model/policy.ts';
import type { ScenarioRun } from '../model/run.ts';
import type { Slo } from '../model/slo.ts';
import { toSeconds } from '../model/units.ts';
import type { SloFinding } from '../model/verdict.ts';
import { closedOnly } from '../stats/interval.ts';
import { errorsOf, totalCounts } from '../stats/measurement.ts';
import { estimate, type Measured } from './estimate.ts';
import { type Evidence, stepEvidence, wholeEvidence } from './evidence.ts';
import type { FoundKnee } from './find-knee.ts';
import { samplesNeeded } from './min-samples.ts';
import { holds, isClose } from './relation.ts';
import { inWords, percent } from './wording.ts';

/** Two-sided, of the interval in an SLO's row: it says "close" and decides nothing. */
const CONFIDENCE = 0.95;

/** With fewer successes than this share of successes and errors, what their latency was is no comfort. */
const MIN_SUCCESS = 0.5;

export interface SloSetting {
  readonly scenario: ScenarioRun;
  /** Of a scenario in steps, where it has one. */
  readonly knee: FoundKnee | undefined;
  readonly minSamples: Policy['minSamples'];
}

/**
 * Judges one SLO on a run. An SLO is a promise about this run, so the point estimate decides; where the interval from the
 * blocks lies across the limit, the row says "close". Nothing measured, or fewer samples than the quantile needs →
 * inconclusive, whatever the estimate. Counts (`status.500 == 0`) are exact and need no more than one request.
 *
 * In steps, the load is raised until SLOs are missed: there, all SLOs but `knee` are judged on the steps up to the
 * knee, or on the first step where not even that was met. They fail only then.
 */
export const judgeSlo = (slo: Slo, setting: SloSetting): SloFinding => {
  const evidence = evidenceFor(slo, setting);
  const found = estimate(slo, evidence);
  if (found.kind === 'unmeasured') return undecided(slo, evidence, { samples: 0, reason: found.reason });
  // An interval that is open at an end is good for "close", and not for showing.
  const interval = found.intervalAt(CONFIDENCE);
  const isMet = holds(slo.relation, found.value);
  const reason = whyUndecided(slo, { found, isMet, evidence, setting });
  if (reason !== undefined)
    return {
      ...undecided(slo, evidence, { samples: found.samples, reason }),
      observed: found.value,
      interval: closedOnly(interval),
    };
  return {
    ...headOf(slo, evidence.scenario.name),
    status: isMet ? 'pass' : 'fail',
    observed: found.value,
    interval: closedOnly(interval),
    close: isClose(slo.relation, found.value, interval),
    samples: found.samples,
    reason: undefined,
  };
};

/** The row of an SLO that nothing was measured for. */
export const unmeasuredSlo = (slo: Slo, scenario: string, reason: string): SloFinding => ({
  ...headOf(slo, scenario),
  status: 'inconclusive',
  observed: undefined,
  interval: undefined,
  close: false,
  samples: 0,
  reason,
});

const headOf = (slo: Slo, scenario: string) => ({
  scenario,
  tenant: slo.tenant,
  text: slo.text,
  subject: slo.subject,
  relation: slo.relation,
  unit: slo.unit,
});

const undecided = (slo: Slo, { scenario }: Evidence, why: { readonly samples: number; readonly reason: string }) => ({
  ...unmeasuredSlo(slo, scenario.name, why.reason),
  samples: why.samples,
});

const evidenceFor = (slo: Slo, { scenario, knee }: SloSetting): Evidence => {
  if (slo.subject.kind === 'knee' || knee === undefined) return wholeEvidence(scenario, slo.tenant, knee?.knee);
  return stepEvidence(scenario, slo.tenant, { first: 0, end: Math.max(1, knee.metSteps) });
};

interface Judged {
  readonly found: Measured;
  readonly isMet: boolean;
  readonly evidence: Evidence;
  readonly setting: SloSetting;
}

const whyUndecided = (slo: Slo, judged: Judged): string | undefined =>
  tooFew(slo, judged) ?? tooUnlucky(slo, judged) ?? openKnee(slo, judged);

const tooFew = (slo: Slo, { found, evidence, setting }: Judged): string | undefined => {
  const needed = samplesNeeded(slo.subject, setting.minSamples);
  if (found.samples >= needed) return undefined;
  const rate = found.samples / toSeconds(evidence.duration);
  const seconds = Math.ceil((needed - found.samples) / rate);
  const where = evidence.scenario.stepRates.length > 0 ? 'to the hold of a step' : 'to load.duration';
  const advice = Number.isFinite(seconds)
    ? `at ${inWords(rate, 'per-second')} add ${seconds} s ${where}`
    : 'raise load.duration or the rate';
  return `it needs ${needed} samples, got ${found.samples}; ${advice}`;
};

/** Latency is that of successes: a gateway that fails most requests fast enough must not pass by the rest. */
const tooUnlucky = (slo: Slo, { isMet, evidence }: Judged): string | undefined => {
  if (!isMet || (slo.subject.kind !== 'quantile' && slo.subject.kind !== 'cache-delta')) return undefined;
  const counts = totalCounts(evidence.blocks);
  const success = counts.ok / (counts.ok + errorsOf(counts));
  if (!(success < MIN_SUCCESS)) return undefined;
  return `only ${percent(success)} of the requests succeeded, and their latency says nothing about the others; see why they fail`;
};

/** The steps ended before the gateway's strength did: only a floor that was reached can be judged. */
const openKnee = (slo: Slo, { isMet, setting }: Judged): string | undefined => {
  if (slo.subject.kind !== 'knee' || setting.knee?.openBecause === undefined) return undefined;
  const isFloor = slo.relation.operator === '>' || slo.relation.operator === '>=';
  return isMet && isFloor ? undefined : `the knee may be higher: ${setting.knee.openBecause}`;
};
