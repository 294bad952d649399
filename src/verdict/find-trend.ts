import type { Run } from '../model/run.ts';
import { type HistoryPoint, TREND_METRICS, type Trend, type TrendChange, type TrendMetric } from '../model/trend.ts';
import { findChangePoints } from '../stats/change-points.ts';
import { ruleOf } from './change-rule.ts';
import { measureOf } from './history-point.ts';

/** Fewest runs between two changes. */
const MIN_SEGMENT = 5;

/** Chance that a report of a gateway that never changed tells of a change: over all measures, scenarios and machines. */
const FAMILY_LEVEL = 0.01;

const PERMUTATIONS = 9_999;

/** A series shorter than this is not searched. */
const MIN_RUNS = 2 * MIN_SEGMENT;

/** Changes that are worth telling: 2 %, and for shares 0.2 points. A rate that is offered hardly varies, and a smaller change would be certain. */
const WORTH = { relative: 0.02, share: 0.002 } as const;

/** The same numbers find the same changes. */
const SEED = 20_141;

/**
 * What changed for good in a history, for each measure of the scenarios that this run has, newest first; of the same run, in the
 * configuration's order. Only runs of this configuration count, and runs of each machine by themselves: a change of machine is no change
 * of the gateway. Values go in as logarithms, shares as they are. The level of one test is that of the family divided by
 * the number of series (Bonferroni), and not below 1 in 10,000, which so many permutations can tell.
 */
export const findTrend = (history: readonly HistoryPoint[], run: Run, now: HistoryPoint | undefined): Trend => {
  const points = history.filter(({ runId }) => runId !== run.id);
  const series = seriesOf(points, run);
  const level = Math.max(FAMILY_LEVEL / Math.max(1, series.length), 1 / (PERMUTATIONS + 1));
  const changes = series.flatMap((each) => changesIn(each, level));
  return { points, now, changes: changes.toSorted((a, b) => Date.parse(b.point.at) - Date.parse(a.point.at)) };
};

/** One measure of one scenario on one machine, oldest first. */
interface Series {
  readonly scenario: string;
  readonly metric: TrendMetric;
  readonly runs: readonly { readonly point: HistoryPoint; readonly value: number }[];
}

const seriesOf = (points: readonly HistoryPoint[], { scenarios, configDigest }: Run): readonly Series[] => {
  const byMachine = Map.groupBy(
    points.filter(({ configuration }) => configuration === configDigest),
    ({ machine }) => machine,
  );
  return scenarios.flatMap(({ name }) =>
    TREND_METRICS.flatMap((metric) =>
      [...byMachine.values()]
        .map((alike) => ({ scenario: name, metric, runs: valuesOf(alike, name, metric) }))
        .filter(({ runs }) => runs.length >= MIN_RUNS),
    ),
  );
};

const valuesOf = (points: readonly HistoryPoint[], scenario: string, metric: TrendMetric): Series['runs'] => {
  const isLogarithmic = ruleOf(measureOf(metric)).scale === 'logarithmic';
  return points.flatMap((point) =>
    point.figures
      .filter((figure) => figure.scenario === scenario && figure.metric === metric)
      .filter(({ value }) => !isLogarithmic || value > 0)
      .map(({ value }) => ({ point, value })),
  );
};

const changesIn = ({ scenario, metric, runs }: Series, level: number): readonly TrendChange[] => {
  const { scale, unit } = ruleOf(measureOf(metric));
  const values = runs.map(({ value }) => (scale === 'logarithmic' ? Math.log(value) : value));
  const found = findChangePoints(values, { level, minSegment: MIN_SEGMENT, permutations: PERMUTATIONS, seed: SEED });
  return found.flatMap((at, place) => {
    const [from, to] = [found[place - 1] ?? 0, found[place + 1] ?? runs.length];
    const [before, after] = [median(runs.slice(from, at)), median(runs.slice(at, to))];
    const change = unit === 'ratio' ? after - before : after / before - 1;
    if (Math.abs(change) < (unit === 'ratio' ? WORTH.share : WORTH.relative)) return [];
    const sides = [at - from, to - at] as const;
    const until = runs[to]?.point;
    return [{ scenario, metric, unit, point: runs[at]!.point, until, before, after, change, runs: sides }];
  });
};

const median = (runs: Series['runs']): number => {
  const sorted = runs.map(({ value }) => value).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
