import type { Counts } from '../model/measurement.ts';
import type { Run, ScenarioRun } from '../model/run.ts';
import { endedOf, errorsOf, requestsOf, total, totalCounts } from '../stats/measurement.ts';
import { wholeEvidence } from './evidence.ts';
import { counted, percent } from './wording.ts';

/** Something about the measurement of one scenario, or of the run. */
export interface Remark {
  readonly scenario: string | undefined;
  readonly text: string;
}

/** A larger share of arrivals that were never sent, and the load was not the one that was asked for. */
const MAX_UNSENT = 0.01;

/**
 * Why a run must not be judged at all, worst first; empty = it may. It was cancelled, the gateway could not be reached or
 * answered nothing, the generator was in trouble (as a whole, or
 * while it drove one scenario), or more than 1 % of a scenario's arrivals found no free connection
 * (docs/method.md). An arrival in steps is there to be overloaded: such drops end its knee instead.
 */
export const whyInvalid = (run: Run): readonly Remark[] => [
  ...badEnding(run),
  ...noAnswer(run),
  ...run.generator.problems.map((problem) => ({
    scenario: undefined,
    text: problem,
  })),
  ...run.generator.scenarioProblems,
  ...run.scenarios.filter((scenario) => scenario.stepRates.length === 0).flatMap((scenario) => noConnection(scenario)),
];

/**
 * Why the other gateway of a live comparison cannot be compared with; empty = it can. It answered nothing, or more than 1 % of a
 * scenario's arrivals found no connection to it. The generator was one and the same.
 */
export const whyNoOtherSide = (run: Run): readonly Remark[] =>
  [
    ...noAnswer(run),
    ...run.scenarios
      .filter((scenario) => scenario.stepRates.length === 0)
      .flatMap((scenario) => noConnection(scenario)),
  ].map(({ scenario, text }) => ({ scenario, text: `On the baseline gateway: ${text}` }));

/** Scenarios of which a bound kept more than 1 % from being sent, so that what holds holds for the part that was sent. */
export const whyCutShort = (run: Run): readonly Remark[] =>
  run.scenarios
    .filter((scenario) => scenario.stepRates.length === 0)
    .flatMap((scenario) => {
      const share = unsentShare(scenario, 'bound');
      if (share <= MAX_UNSENT) return [];
      const bound = run.ending.kind === 'bounded' ? `limits.${run.ending.bound}` : 'a limit';
      const text = `${scenario.name}: ${bound} ended the run before ${percent(share)} of its requests were sent, so the rest of its load is not judged; raise ${bound}, or lower the load`;
      return [{ scenario: scenario.name, text }];
    });

const AGAIN = 'run it again, and raise timeout-minutes of the job where that ended it';

const badEnding = ({ ending }: Run): Remark[] => {
  if (ending.kind === 'cancelled')
    return [{ scenario: undefined, text: `The run was cancelled (${ending.signal}) before it was finished; ${AGAIN}` }];
  if (ending.kind === 'unreachable') return [{ scenario: undefined, text: ending.reason }];
  return [];
};

const noAnswer = (run: Run): Remark[] => {
  const counts = totalCounts(run.scenarios.flatMap((scenario) => wholeEvidence(scenario, undefined).blocks));
  const isOver = run.scenarios.length === 0 || run.ending.kind === 'unreachable' || run.ending.kind === 'cancelled';
  if (isOver || isAnswered(counts)) return [];
  if (endedOf(counts) === 0)
    return [
      {
        scenario: undefined,
        text: 'Not one request was measured; raise limits.requests and limits.duration, or lower load.warmup: they may leave no room behind it',
      },
    ];
  const failure = run.scenarios.flatMap((scenario) => scenario.failures)[0];
  const example = failure === undefined ? '' : ` (${failure.errorClass}: ${failure.detail})`;
  return [
    {
      scenario: undefined,
      text: `The gateway answered none of ${counted(endedOf(counts), 'request')}${example}; check that it is up and that the URL is right`,
    },
  ];
};

const isAnswered = (counts: Counts): boolean =>
  counts.ok + counts.throttled > 0 || (errorsOf(counts) > 0 && total(counts.status) > 0);

const noConnection = (scenario: ScenarioRun): Remark[] => {
  const share = unsentShare(scenario, 'connection');
  if (share <= MAX_UNSENT) return [];
  const text = `${scenario.name}: ${percent(share)} of its requests were never sent, because no connection came free before their timeout; raise limits.concurrency, or lower the load if the gateway cannot hold it`;
  return [{ scenario: scenario.name, text }];
};

const unsentShare = (scenario: ScenarioRun, reason: 'bound' | 'connection'): number => {
  const counts = totalCounts(wholeEvidence(scenario, undefined).blocks);
  const all = requestsOf(counts);
  return all === 0 ? 0 : (counts.dropped[reason] ?? 0) / all;
};
