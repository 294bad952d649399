import { toSeconds } from '../model/units.ts';
import type { Needed } from '../model/verdict.ts';
import type { ChangeRule, Worsening } from './change-rule.ts';
import type { Comparison } from './comparison.ts';
import { changeInWords, spanInWords, wholeNumber } from './wording.ts';

/** What is known of an undecided comparison. */
interface Undecided {
  readonly matters: number;
  /** Can be infinite. */
  readonly detectable: number;
  readonly needed: Needed | undefined;
  readonly rule: ChangeRule;
  readonly comparison: Comparison;
}

/** What was seen, what this comparison could have seen, and what it would take; in a sentence without its full stop. */
export const whyInconclusive = (worsening: Worsening, undecided: Undecided): string => {
  const { detectable, rule } = undecided;
  if (!Number.isFinite(detectable)) return 'there are too few samples for an interval; raise load.duration or the rate';
  return `${seenOf(worsening, undecided)}; it finds changes from ${changeInWords(detectable, rule.unit)} on; ${whatItTakes(undecided)}`;
};

const seenOf = ({ estimate, atLeast, atMost, leans }: Worsening, { matters, rule }: Undecided): string => {
  const change = changeInWords(estimate, rule.unit);
  if (estimate < matters) return `a change for the worse of up to ${changeInWords(atMost, rule.unit)} is not excluded`;
  if (atLeast <= 0) return `a change for the worse of ${change} was seen, and chance can make as much`;
  if (!leans) return `a change for the worse of ${change} was seen, and a few blocks of time made it`;
  return `a change for the worse of ${change} was seen, and among as many comparisons chance can make one as large`;
};

const whatItTakes = ({ needed, comparison }: Undecided): string => {
  if (needed !== undefined)
    return `to decide would take about ${wholeNumber(needed.requests)} more requests, ${spanInWords(toSeconds(needed.duration))} at this rate: raise load.duration, and limits.requests with it`;
  if (comparison.limitedBy === 'runs')
    return 'earlier runs differ that much from each other, so that more requests would not decide it: compare with a live baseline (baseline-url)';
  return 'to decide would take many times as many requests: raise the rate and load.duration, or regression.min_change';
};
