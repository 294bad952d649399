import type { Status } from '../../src/model/verdict.ts';
import { shareInterval } from '../../src/stats/interval.ts';
import { NAIVE_RULES } from './naive.ts';
import type { TrialResult } from './trial.ts';

/** How often what happened, over many gates of one kind. */
export interface Tally {
  readonly gates: number;
  readonly statuses: Readonly<Record<Status, number>>;
  /** Alarms of each naive rule, in their order. */
  readonly alarms: readonly number[];
  /** Median of the smallest change of p95 that the gates could see. */
  readonly detectable: number | undefined;
}

/** Counts what came of many gates. */
export const tally = (results: readonly TrialResult[]): Tally => {
  const count = (status: Status): number => results.filter((each) => each.status === status).length;
  const seen = results.flatMap(({ detectable }) => detectable ?? []).sort((a, b) => a - b);
  return {
    gates: results.length,
    statuses: {
      pass: count('pass'),
      fail: count('fail'),
      inconclusive: count('inconclusive'),
      invalid: count('invalid'),
    },
    alarms: NAIVE_RULES.map((_, rule) => results.filter(({ alarms }) => alarms[rule]).length),
    detectable: seen[seen.length >> 1],
  };
};

/** `0.6 % [0.3, 1.1]`: a share with its exact 95 % interval (Clopper and Pearson). */
export const rate = (part: number, whole: number): string => {
  const [low, high] = shareInterval([{ part, whole }], 0.95) ?? [0, 1];
  return `${points(part / whole)} % [${points(low)}, ${points(high)}]`;
};

/** Without an interval, for the rules that stand beside. */
export const share = (part: number, whole: number): string => `${points(part / whole)} %`;

const points = (value: number): string => {
  const percent = 100 * value;
  return percent === 0 || percent >= 99.95 || percent >= 10 ? percent.toFixed(0) : percent.toFixed(1);
};
