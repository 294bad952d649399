import type { ProbeReading } from '../model/probe.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import type { Reason, RegressionFinding, SloFinding } from '../model/verdict.ts';
import { endedOf, totalCounts } from '../stats/measurement.ts';
import { baselineFact } from './baseline-text.ts';
import { cleanText, LONGEST } from './clean-text.ts';
import { byImportance, tightness } from './finding-order.ts';
import { regressionWords, sloWords } from './metric-text.ts';
import {
  formatBeside,
  formatChange,
  formatChangeInterval,
  formatLimit,
  formatQuantity,
  formatSpan,
  formatTally,
  limitsOf,
} from './number-text.ts';

/** The one line; `reason` is the verdict's reason that it tells, if it is one. */
export interface Headline {
  readonly text: string;
  readonly reason: Reason | undefined;
}

/** `chat p95 3.1 s, limit 2.5 s`. */
export const sloSentence = (finding: SloFinding): string =>
  `${sloWords(finding)} ${formatBeside(finding.observed, limitsOf(finding.relation), finding.unit)}, ${formatLimit(finding.relation, finding.unit)}`;

/** `chat p95 +23 % [+14 %, +32 %], 520 ms → 640 ms`. */
export const changeSentence = (finding: RegressionFinding): string => {
  const interval = formatChangeInterval(finding.interval, finding.unit);
  const [before, after] = [finding.baseline, finding.candidate].map((each) => formatQuantity(each, finding.unit));
  return `${regressionWords(finding)} ${formatChange(finding.change, finding.unit)}${interval === undefined ? '' : ` ${interval}`}, ${before} → ${after}`;
};

/** A reason with its scenario, unless it names it itself. */
export const reasonSentence = ({ scenario, text }: Reason): string =>
  scenario === undefined || text.includes(scenario) ? text : `${cleanText(scenario, LONGEST.name)}: ${text}`;

/** The number that matters most: what failed furthest, what passed most narrowly, or why nothing can be said. */
export const headlineOf = (report: Report): Headline => {
  const { status, reasons } = report.verdict;
  const text = status === 'fail' ? failureText(report) : status === 'pass' ? passText(report) : undefined;
  if (text !== undefined) return { text, reason: undefined };
  const reason = reasons.find((each) => each.status === status) ?? reasons[0];
  const sent = formatTally(report.run.used.requests, 'request');
  const none = report.verdict.slos.length === 0 ? ', no SLO to judge' : '';
  return { text: reason === undefined ? `${sent} sent${none}` : reasonSentence(reason), reason };
};

/** Whether a reason is about that row: it has its scenario and status, and names its SLO or metric. */
export const tells = (reason: Reason, finding: SloFinding | RegressionFinding): boolean =>
  reason.scenario === finding.scenario &&
  reason.status === finding.status &&
  reason.text.includes('text' in finding ? finding.text : finding.metric);

const failureText = ({ verdict }: Report): string | undefined => {
  // Only what a failing reason names failed the gate: `fail-on` may leave a missed SLO out.
  const failed = <F extends SloFinding | RegressionFinding>(all: readonly F[]): F[] =>
    all.filter((each) => each.status === 'fail' && verdict.reasons.some((reason) => tells(reason, each)));
  if (verdict.reasons[0]?.scenario === undefined) return undefined;
  const slo = failed(verdict.slos).sort((a, b) => tightness(b) - tightness(a))[0];
  if (slo !== undefined) return sloSentence(slo);
  const change = failed(verdict.regressions.filter((each) => each.gating)).sort(byImportance)[0];
  return change === undefined ? undefined : changeSentence(change);
};

const passText = ({ verdict }: Report): string | undefined => {
  const met = verdict.slos.filter((each) => each.status === 'pass');
  const closest = [...met].sort((a, b) => tightness(b) - tightness(a))[0];
  if (closest === undefined) return undefined;
  return `${met.length} of ${formatTally(verdict.slos.length, 'SLO')} met, closest ${sloSentence(closest)}`;
};

const tallied = (count: number, singular: string, plural: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? singular : plural}`];

/**
 * A line of short facts under the headline: what was missed, what it was compared with, how large the burst was, what the probes
 * found; `readings` are those of the run's probes.
 */
export const factsOf = ({ run, verdict, profile }: Report, readings: readonly ProbeReading[]): readonly string[] => {
  const count = (status: string): number => verdict.slos.filter((each) => each.status === status).length;
  const regressions = verdict.regressions.filter((each) => each.status === 'fail' && each.gating).length;
  return [
    ...(count('fail') === 0 ? [] : [`${count('fail')} of ${formatTally(verdict.slos.length, 'SLO')} missed`]),
    ...tallied(count('inconclusive') + count('invalid'), 'SLO undecided', 'SLOs undecided'),
    ...tallied(regressions, 'regression', 'regressions'),
    ...(regressions === 0 && verdict.regressions.some((each) => each.gating) ? ['no regression'] : []),
    ...baselineFact(verdict.baseline),
    ...sentFacts(run, readings),
    ...(profile === undefined ? [] : [`profile ${cleanText(profile, LONGEST.name)}`]),
  ];
};

/** `600 requests measured in 35 s`, and `2 probes sent 80 requests and found nothing wrong`. */
const sentFacts = ({ scenarios, probes, used }: Run, readings: readonly ProbeReading[]): readonly string[] => {
  const measured = scenarios.reduce(
    (total, scenario) => total + scenario.slices.reduce((sum, slice) => sum + endedOf(totalCounts(slice.blocks)), 0),
    0,
  );
  const probed = probes.reduce((total, { calls }) => total + calls.length, 0);
  const within = ` in ${formatSpan(used.duration)}`;
  const isProbesOnly = scenarios.length === 0 && probes.length > 0;
  const byProbes = `${formatTally(probes.length, 'probe')} sent ${formatTally(probed, 'request')}`;
  return [
    ...(isProbesOnly ? [] : [`${formatTally(measured, 'request')} measured${within}`]),
    ...(probes.length === 0 ? [] : [`${byProbes}${isProbesOnly ? within : ''} and ${foundInWords(readings)}`]),
  ];
};

const foundInWords = (readings: readonly ProbeReading[]): string => {
  const wrong = readings.reduce((total, { sights }) => total + sights.filter(({ kind }) => kind === 'bad').length, 0);
  const couldTell = readings.some(({ values }) =>
    Object.values(values).some((value) => value.kind === 'measured' && value.samples > 0),
  );
  return wrong > 0
    ? `found ${formatTally(wrong, 'thing')} wrong`
    : couldTell
      ? 'found nothing wrong'
      : 'could tell nothing';
};
