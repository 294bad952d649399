import type { RegressionPolicy } from '../model/policy.ts';
import type { Measure, SloUnit, Subject } from '../model/slo.ts';
import type { Comparison, Scale } from './comparison.ts';

/** In which direction a measure gets worse. Shares of a provider or model have none: any shift counts. */
export type Worse = 'higher' | 'lower' | 'different';

/** How a measure is compared. */
export interface ChangeRule {
  readonly scale: Scale;
  readonly worse: Worse;
  /** Of values, and of `change` where that is a difference. */
  readonly unit: SloUnit;
}

/** The rule of a measure. Counts are compared as shares of the requests, since runs need not have the same number. */
export const ruleOf = ({ subject }: Pick<Measure, 'subject'>): ChangeRule => {
  switch (subject.kind) {
    case 'quantile':
      return { scale: 'logarithmic', worse: 'higher', unit: 'us' };
    case 'cache-delta': // can be negative, which has no logarithm
      return { scale: 'relative', worse: 'lower', unit: 'us' };
    case 'rate':
      return { scale: 'absolute', worse: subject.of === 'hit' ? 'lower' : 'higher', unit: 'ratio' };
    case 'tally':
      return { scale: 'absolute', worse: isTrouble(subject.of) ? 'higher' : 'different', unit: 'ratio' };
    case 'share':
      return { scale: 'absolute', worse: 'different', unit: 'ratio' };
    case 'per-second':
    case 'knee':
      return { scale: 'logarithmic', worse: 'lower', unit: 'per-second' };
    case 'probe':
      return { scale: 'absolute', worse: 'different', unit: 'count' };
  }
};

/** More of a class of errors, or of a status of 400 and above, is bad; more of another status may be good or bad. */
const isTrouble = (of: Extract<Subject, { kind: 'tally' }>['of']): boolean => !('status' in of) || of.status >= 400;

/**
 * The smallest change that matters, in terms of `change`: for durations `minChange` and `minChangeMs` must both be reached,
 * for shares `minChangeShare`, for rates `minChange`. Quantiles from p99 on need twice as much, since they swing that much
 * more (the defaults: 10 % and for p99 20 %).
 */
export const changeThatMatters = (
  measure: Pick<Measure, 'subject'>,
  baseline: number,
  policy: RegressionPolicy,
): number => {
  const { unit } = ruleOf(measure);
  if (unit === 'ratio') return policy.minChangeShare;
  if (unit !== 'us') return policy.minChange;
  const isTail = measure.subject.kind === 'quantile' && measure.subject.quantile >= 0.99;
  return Math.max(policy.minChange * (isTail ? 2 : 1), (policy.minChangeMs * 1_000) / Math.abs(baseline));
};

/** How far a comparison has moved to the worse side, and how sure that is; all in terms of `change`, worse is positive. */
export interface Worsening {
  readonly estimate: number;
  /** The end of the interval that is nearer to "no change or better"; above 0 = worse for sure. */
  readonly atLeast: number;
  readonly atMost: number;
  /** The smallest worsening that four of five such comparisons would find. */
  readonly detectable: number;
  /** Whether a test that looks at each block alike leans to the worse side too. */
  readonly leans: boolean;
}

/** Reads a comparison in the direction that is worse; `confidence` is one-sided, shared by both sides where both are worse. */
export const worseningOf = ({ worse }: ChangeRule, comparison: Comparison, confidence: number): Worsening => {
  const { change, leans } = comparison;
  const each = worse === 'different' ? 1 - (1 - confidence) / 2 : confidence;
  const [low, high] = comparison.intervalAt(each);
  const { rise, fall } = comparison.detectableAt(each);
  const higher = { estimate: change, atLeast: low, atMost: high, detectable: rise };
  const lower = { estimate: -change, atLeast: -high, atMost: -low, detectable: fall };
  switch (worse) {
    case 'higher':
      return { ...higher, leans: leans('rise') };
    case 'lower':
      return { ...lower, leans: leans('fall') };
    case 'different':
      return {
        estimate: Math.abs(change),
        atLeast: Math.max(low, -high),
        atMost: Math.max(high, -low),
        detectable: Math.max(rise, fall),
        leans: leans(change > 0 ? 'rise' : 'fall'),
      };
  }
};
