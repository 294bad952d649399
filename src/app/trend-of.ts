import type { Run } from '../model/run.ts';
import type { Trend } from '../model/trend.ts';
import type { Verdict } from '../model/verdict.ts';
import type { BaselineLookup } from '../ports/baseline-store.ts';
import { findTrend } from '../verdict/find-trend.ts';
import { historyPoint } from '../verdict/history-point.ts';

/** What became of the measures, where runs before this one are remembered. A run that was cut off has no place among whole ones. */
export const trendOf = (run: Run, verdict: Verdict, lookup: BaselineLookup | undefined): Trend | undefined => {
  const history = lookup?.kind === 'found' ? (lookup.history ?? []) : [];
  if (history.length === 0) return undefined;
  return findTrend(history, run, run.ending.kind === 'complete' ? historyPoint(run, verdict.status) : undefined);
};
