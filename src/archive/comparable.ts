import type { Fleet } from '../model/fleet.ts';
import type { Run } from '../model/run.ts';
import { generatorProblems } from '../stats/generator.ts';
import { isWhole } from './fleet.ts';

/**
 * Why a run cannot serve as a baseline for any other, in a sentence; undefined = it can. A run that was not finished, or
 * whose own generator was in trouble, says nothing about the gateway.
 */
export const whyNoBaseline = (run: Run): string | undefined => {
  if (run.ending.kind === 'aborted') return 'the run was aborted by the circuit breaker';
  if (run.ending.kind === 'cancelled') return 'the run was cancelled';
  if (run.ending.kind === 'unreachable') return 'the gateway was unreachable in that run';
  const [problem] = generatorProblems(run.generator);
  if (problem !== undefined) return `its load generator was in trouble: ${problem}`;
  if (run.share !== undefined) return 'it is one share of a load alone';
  if (run.fleet !== undefined && !isWhole(run.fleet)) return `only ${partOf(run.fleet)} of its load was there`;
  if (run.scenarios.length === 0) return 'nothing was measured in that run';
  return undefined;
};

const partOf = ({ count, shares }: Fleet): string => `${shares.length}/${count}`;

/** One ground for refusal; the first that applies is given. */
type Check = (candidate: Run, baseline: Run) => string | undefined;

const CHECKS: readonly Check[] = [
  (candidate, baseline) =>
    candidate.configDigest === baseline.configDigest
      ? undefined
      : 'its configuration (loads, requests or expectations) is not the one of this run',
  (_candidate, baseline) => whyNoBaseline(baseline),
  ({ fleet }) =>
    fleet === undefined || isWhole(fleet)
      ? undefined
      : `only ${partOf(fleet)} of the load of this run was there, and less load is answered faster`,
  (candidate, baseline) =>
    candidate.comparison?.id === baseline.comparison?.id
      ? undefined
      : 'only one of the two was measured side by side with another gateway, or with a third one, in blocks with pauses between them',
  (candidate, baseline) => differs('gateway dialect', candidate.dialect, baseline.dialect),
  (candidate, baseline) => differs('operating system', candidate.environment.os, baseline.environment.os),
  (candidate, baseline) => differs('processor architecture', candidate.environment.arch, baseline.environment.arch),
  (candidate, baseline) => differs('kind of load', kindOf(candidate), kindOf(baseline)),
  (candidate, baseline) => differs('end', endOf(candidate), endOf(baseline)),
];

/**
 * Why a run must not be compared with this baseline, in a clause that follows "not comparable: "; undefined = it may. The
 * configuration digest comes first: it covers loads, requests and expectations. Processor models may differ: their effect is
 * part of the spread between the runs of a window.
 */
export const whyNotComparable = (candidate: Run, baseline: Run): string | undefined => {
  for (const check of CHECKS) {
    const why = check(candidate, baseline);
    if (why !== undefined) return why;
  }
  return undefined;
};

const differs = (what: string, candidate: string, baseline: string): string | undefined =>
  candidate === baseline ? undefined : `its ${what} is "${baseline}", and that of this run "${candidate}"`;

/** Response times of a closed model leave out what a stalled gateway keeps from being sent. */
const kindOf = (run: Run): string => (run.scenarios.some((scenario) => scenario.closed) ? 'users' : 'arrivals');

/** A run that a bound ends in the same way every time compares with its like; a whole run does not compare with a part. */
const endOf = (run: Run): string =>
  run.ending.kind === 'bounded' ? `cut short by limits.${run.ending.bound}` : 'complete';
