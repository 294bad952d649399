import type { Run } from '../model/run.ts';
import type { RegressionFinding, SloFinding } from '../model/verdict.ts';
import { changeInWords, inWords } from './wording.ts';

/** `chat: p95 < 2.5s is not met: 3.1 s (2.9 s to 3.3 s with 95 % confidence, 600 samples)`. */
export const failedSlo = (finding: SloFinding, run: Run): string =>
  `${finding.scenario}: ${finding.text} is not met: ${observed(finding)}${commonFailure(finding, run)}`;

/** `chat: p95 < 2.5s is met, but narrowly: …`. */
export const closeSlo = (finding: SloFinding): string =>
  `${finding.scenario}: ${finding.text} is met, but narrowly: ${observed(finding)}`;

/** `chat: p95 < 2.5s could not be decided: it needs 100 samples, …`. */
export const undecidedSlo = ({ scenario, text, reason }: SloFinding): string =>
  `${scenario}: ${text} could not be decided: ${reason}`;

/** `chat: p95 rose by 34 % (at least 21 %) against the baseline, from 620 ms to 830 ms; a second burst saw it too`. */
export const failedRegression = (finding: RegressionFinding): string => {
  const { change, interval, baseline, candidate, unit, reason } = finding;
  const verb = (change ?? 0) < 0 ? 'fell' : 'rose';
  const least = interval === undefined ? 0 : Math.max(interval[0], -interval[1]);
  const atLeast = least > 0 ? ` (at least ${changeInWords(least, unit)})` : '';
  const values = `from ${inWords(baseline ?? 0, unit)} to ${inWords(candidate ?? 0, unit)}`;
  const more = reason === undefined ? '' : `; ${reason}`;
  return `${placeOf(finding)} ${verb} by ${changeInWords(Math.abs(change ?? 0), unit)}${atLeast} against the baseline, ${values}${more}`;
};

/** `chat: the comparison of p95 could not be decided: …`. */
export const undecidedRegression = (finding: RegressionFinding): string =>
  `${placeOf(finding)} against the baseline could not be decided: ${finding.reason}`;

/** `chat: p95 against the baseline cannot be judged: …`. */
export const invalidRegression = (finding: RegressionFinding): string =>
  `${placeOf(finding)} against the baseline is not to be judged: ${finding.reason}`;

const placeOf = ({ scenario, tenant, metric }: RegressionFinding): string =>
  `${scenario}: ${tenant === undefined ? '' : `tenant(${tenant}).`}${metric}`;

const observed = ({ observed: value, interval, unit, samples, subject }: SloFinding): string => {
  if (value === undefined) return 'nothing was measured';
  const range =
    interval === undefined
      ? ''
      : `${inWords(interval[0], unit)} to ${inWords(interval[1], unit)} with 95 % confidence, `;
  const noun = subject.kind === 'knee' ? 'steps' : 'samples';
  return `${inWords(value, unit)} (${range}${samples} ${noun})`;
};

/** For SLOs on errors, what most of them were. */
const commonFailure = ({ subject, scenario }: SloFinding, run: Run): string => {
  const isOnErrors =
    (subject.kind === 'rate' && subject.of === 'error') || (subject.kind === 'tally' && 'errorClass' in subject.of);
  if (!isOnErrors) return '';
  const asked = subject.kind === 'tally' && 'errorClass' in subject.of ? subject.of.errorClass : undefined;
  const failures = run.scenarios.find((each) => each.name === scenario)?.failures ?? [];
  const most = failures.find((failure) => asked === undefined || failure.errorClass === asked);
  return most === undefined ? '' : `; most often ${most.errorClass}: ${most.detail}`;
};
