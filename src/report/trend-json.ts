import type { Trend, TrendChange } from '../model/trend.ts';
import { figure, quantitiesIn, UNITS } from './json-figures.ts';
import type { ReportJson } from './report-json-schema.ts';
import { isWorse, trendSentence } from './trend-text.ts';

/** What `report.json` says of the history: how far it reaches, and what changed in it. The numbers themselves are in the baseline. */
export const trendJson = (trend: Trend): NonNullable<ReportJson['trend']> => ({
  runs: trend.points.length,
  from: trend.points[0]?.at,
  to: trend.points.at(-1)?.at,
  changes: trend.changes.map((change) => changeJson(change, trend)),
});

const changeJson = (each: TrendChange, trend: Trend): NonNullable<ReportJson['trend']>['changes'][number] => {
  const { scenario, metric, unit, point, until, before, after, change, runs } = each;
  const convert = quantitiesIn(unit);
  return {
    scenario,
    metric,
    unit: UNITS[unit],
    at: point.at,
    runId: point.runId,
    commit: point.commit,
    until: until?.at,
    machine: point.machine,
    before: convert(before) ?? 0,
    after: convert(after) ?? 0,
    change: figure(change) ?? 0,
    runs: [...runs],
    worse: isWorse(each),
    text: trendSentence(each, trend),
  };
};
