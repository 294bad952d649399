import type { SloUnit } from '../model/slo.ts';
import { TREND_METRICS, type Trend, type TrendChange, type TrendMetric } from '../model/trend.ts';
import { ruleOf } from '../verdict/change-rule.ts';
import { measureOf } from '../verdict/history-point.ts';
import { cleanText, LONGEST } from './clean-text.ts';
import { betterDirection, metricWords } from './metric-text.ts';
import { formatChange, formatQuantity } from './number-text.ts';

/** Characters by which a commit is told. */
const SHORT_COMMIT = 7;

/** `2026-11-03`, the day of a run, UTC. */
export const dayOf = ({ at }: { readonly at: string }): string => at.slice(0, 10);

/** `commit abc1234`, or the run where no commit is known. */
export const commitOf = ({ commit, runId }: TrendChange['point']): string =>
  commit === undefined
    ? `run ${cleanText(runId, LONGEST.name)}`
    : `commit ${[...cleanText(commit)].slice(0, SHORT_COMMIT).join('')}`;

/** A change for the worse; better and "neither" are not. */
export const isWorse = ({ metric, unit, change }: TrendChange): boolean => betterDirection(metric, unit) * change < 0;

/** `+12 %`, with its sign. */
export const changeText = ({ change, unit }: TrendChange): string => formatChange(change, unit);

/**
 * `p95 of chat rose by 12 % on 2026-11-03 (commit abc1234) and stayed: 200 ms before, 224 ms since`. The machine is named where
 * the history has more than one.
 */
export const trendSentence = (each: TrendChange, trend: Trend): string => {
  const { scenario, metric, unit, point, until, before, after, change } = each;
  const size = formatChange(Math.abs(change), unit).replace('+', '');
  const [values, lasted] = [before, after].map((value) => formatQuantity(value, unit));
  const stayed = until === undefined ? 'and stayed' : `until ${dayOf(until)}`;
  const machines = new Set(trend.points.map(({ machine }) => machine));
  const where = machines.size > 1 ? `; on ${cleanText(point.machine, LONGEST.detail)}` : '';
  return `${cleanText(metricWords(metric), LONGEST.name)} of ${cleanText(scenario, LONGEST.name)} ${change > 0 ? 'rose' : 'fell'} by ${size} on ${dayOf(point)} (${commitOf(point)}) ${stayed}: ${values} before, ${lasted} ${until === undefined ? 'since' : 'then'}${where}`;
};

/** How far the history reaches, as a sentence without its full stop. */
export const historySentence = ({ points }: Trend): string => {
  const [oldest, newest] = [points[0], points.at(-1)];
  if (oldest === undefined || newest === undefined) return 'No earlier run is remembered';
  return points.length === 1
    ? `One earlier run is remembered, of ${dayOf(oldest)}`
    : `${points.length} earlier runs are remembered, from ${dayOf(oldest)} to ${dayOf(newest)}`;
};

/** One remembered measure of one scenario, oldest first; the gaps of runs that did not measure it are left out. */
export const valuesIn = (
  points: Trend['points'],
  scenario: string,
  metric: TrendMetric,
): readonly { readonly point: Trend['points'][number]; readonly value: number }[] =>
  points.flatMap((point) =>
    point.figures.flatMap((each) =>
      each.scenario === scenario && each.metric === metric ? [{ point, value: each.value }] : [],
    ),
  );

/** Which metrics are remembered of a scenario, in the order of the report. */
export const metricsOf = (points: Trend['points'], scenario: string): readonly TrendMetric[] =>
  TREND_METRICS.filter((metric) =>
    points.some(({ figures }) => figures.some((each) => each.scenario === scenario && each.metric === metric)),
  );

/** In which unit a metric is remembered. */
export const unitOf = (metric: TrendMetric): SloUnit => ruleOf(measureOf(metric)).unit;
