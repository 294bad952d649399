import type { Report } from '../../model/report.ts';
import type { HistoryFigure, HistoryPoint, Trend, TrendMetric } from '../../model/trend.ts';
import { metricWords } from '../metric-text.ts';
import { changeText, commitOf, dayOf, isWorse, metricsOf, unitOf } from '../trend-text.ts';
import { rounded } from './curve.ts';
import type { TrendRuns, TrendSeries } from './page-model.ts';

/** The runs of the trend's charts, oldest first, this one at the end; undefined where no history was there. */
export const trendRuns = ({ trend, run }: Report): TrendRuns | undefined => {
  if (trend === undefined || trend.points.length === 0) return undefined;
  const points = pointsOf(trend);
  const alike = points.map((point) => Number(isAlike(point, trend, run.configDigest)));
  return {
    day: points.map(dayOf),
    commit: points.map(commitOf),
    verdict: points.map(({ verdict }) => verdict),
    alike,
    now: trend.now !== undefined,
  };
};

/** What is drawn of one scenario: what changed first, then the p95, then the rest. */
export const trendSeries = ({ trend }: Report, scenario: string): readonly TrendSeries[] => {
  if (trend === undefined || trend.points.length === 0) return [];
  const points = pointsOf(trend);
  const changed = new Set(trend.changes.filter((each) => each.scenario === scenario).map(({ metric }) => metric));
  const rank = (metric: TrendMetric): number => (changed.has(metric) ? 0 : metric === 'p95' ? 1 : 2);
  return metricsOf(points, scenario)
    .toSorted((a, b) => rank(a) - rank(b))
    .map((metric) => seriesOf(points, trend, { scenario, metric }));
};

const pointsOf = ({ points, now }: Trend): readonly HistoryPoint[] => (now === undefined ? points : [...points, now]);

/** A run that this one compares with: it is drawn as a part of the line. Where this one has no point, those of the newest run. */
const isAlike = ({ machine, configuration }: HistoryPoint, { points, now }: Trend, digest: string): boolean =>
  configuration === digest && machine === (now ?? points.at(-1))?.machine;

const seriesOf = (
  points: readonly HistoryPoint[],
  { changes }: Trend,
  { scenario, metric }: Pick<HistoryFigure, 'scenario' | 'metric'>,
): TrendSeries => {
  const figures = points.map((point) =>
    point.figures.find((figure) => figure.scenario === scenario && figure.metric === metric),
  );
  const number = (value: number | undefined): number | null => (value === undefined ? null : rounded(value));
  return {
    title: metricWords(metric),
    unit: unitOf(metric),
    value: figures.map((figure) => number(figure?.value)),
    low: figures.map((figure) => number(figure?.interval?.[0])),
    high: figures.map((figure) => number(figure?.interval?.[1])),
    marks: changes
      .filter((each) => each.scenario === scenario && each.metric === metric)
      .map((each) => ({
        at: points.findIndex(({ runId }) => runId === each.point.runId),
        text: changeText(each),
        worse: isWorse(each),
      })),
  };
};
