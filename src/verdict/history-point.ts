import type { Run, ScenarioRun } from '../model/run.ts';
import type { Measure } from '../model/slo.ts';
import { type HistoryFigure, type HistoryPoint, TREND_METRICS, type TrendMetric } from '../model/trend.ts';
import type { Status } from '../model/verdict.ts';
import { machineName } from './machines.ts';
import { estimateIn } from './pair-measures.ts';
import { STANDARD_MEASURES } from './standard-measures.ts';

/** Of the intervals that are remembered. */
const CONFIDENCE = 0.95;

/** What is remembered of a run: a few numbers of every scenario. What was not measured is left out. */
export const historyPoint = (run: Run, verdict: Status): HistoryPoint => ({
  runId: run.id,
  at: run.createdAt,
  commit: run.origin.commit,
  verdict,
  machine: machineName(run.environment),
  configuration: run.configDigest,
  figures: run.scenarios.flatMap((scenario) => TREND_METRICS.flatMap((metric) => figureOf(scenario, metric))),
});

/** The measure behind a metric of the history. */
export const measureOf = (metric: TrendMetric): Measure =>
  metric === 'overhead.p95' ? OVERHEAD : STANDARD_MEASURES.find(({ text }) => text === metric)!;

const OVERHEAD: Measure = {
  text: 'overhead.p95',
  tenant: undefined,
  subject: { kind: 'quantile', metric: 'overhead', quantile: 0.95 },
  unit: 'us',
};

const figureOf = (scenario: ScenarioRun, metric: TrendMetric): readonly HistoryFigure[] => {
  const found = estimateIn(scenario, measureOf(metric), []);
  if (found.kind === 'unmeasured') return [];
  const interval = found.intervalAt(CONFIDENCE);
  const isClosed = interval?.every(Number.isFinite) ?? false;
  return [
    {
      scenario: scenario.name,
      metric,
      value: rounded(found.value),
      interval: isClosed ? [rounded(interval![0]), rounded(interval![1])] : undefined,
    },
  ];
};

/** More than any of these numbers is known to. */
const rounded = (value: number): number => Number(value.toPrecision(4));
