import type { Histogram } from '../../model/histogram.ts';
import type { Block, Metric } from '../../model/measurement.ts';
import type { Report } from '../../model/report.ts';
import type { ScenarioRun } from '../../model/run.ts';
import { countOf } from '../../stats/histogram.ts';
import { blocksOf, pooled } from '../../stats/measurement.ts';
import type { GeneratorView } from '../generator-view.ts';
import { formatTally } from '../number-text.ts';
import type { ReportView } from '../report-view.ts';
import type { Quantiles } from '../slice-view.ts';
import { curveOf, rounded } from './curve.ts';
import { name } from './html.ts';
import { countByRow, logBins } from './log-bins.ts';
import type { CacheSplit, CurvePair, GeneratorChart, MetricCurve, PageModel, ScenarioCharts } from './page-model.ts';
import { probeChart } from './probe-chart.ts';
import { columnsOf, providersOf, timelineOf } from './timeline.ts';
import { trendRuns, trendSeries } from './trend-charts.ts';

/** Metrics with a curve, in the order in which the page offers them. */
const CURVES: readonly (readonly [metric: Metric, title: string])[] = [
  ['latency', 'Response'],
  ['ttft', 'First token'],
  ['itl', 'Between tokens'],
  ['overhead', 'Own time'],
  ['ttft-overhead', 'Own, first token'],
  ['declared-overhead', 'Own, by its header'],
  ['hit', 'Cache hit'],
  ['miss', 'Cache miss'],
];

/** Width of a curve's grid in nines: twenty points a nine, and ten for the small ones. */
const STEP = { whole: 0.05, tenant: 0.1 } as const;

/** Rows of the cache's two distributions. */
const CACHE_ROWS = 48;

/**
 * What the charts draw. Curves of the baseline pool the histograms of all runs compared with. Its size does not follow the number of
 * requests: columns, rows and points are bounded.
 */
export const buildPageModel = ({ report, generator }: ReportView): PageModel => ({
  baseline: baselineName(report),
  scenarios: report.run.scenarios.map((scenario) => scenarioCharts(scenario, report)),
  probes: report.run.probes.map(probeChart),
  generator: generatorChart(generator),
  trend: trendRuns(report),
});

const baselineName = ({ compared }: Report): string | undefined => {
  if (compared.length === 0) return undefined;
  return compared.length === 1 ? 'baseline' : `baseline, ${formatTally(compared.length, 'run')} pooled`;
};

const scenarioCharts = (scenario: ScenarioRun, report: Report): ScenarioCharts => {
  const before = report.compared.flatMap((run) => run.scenarios.find((each) => each.name === scenario.name) ?? []);
  const whole = blocksOf(scenario.slices, undefined);
  const columns = columnsOf(whole);
  return {
    curves: CURVES.flatMap(([metric, title]): MetricCurve[] => {
      const pair = curvePair({ now: whole, before: allBlocks(before, undefined), metric, step: STEP.whole });
      return pair === undefined ? [] : [{ title, ...pair }];
    }),
    timeline: timelineOf(columns),
    providers: providersOf(columns),
    tenants: scenario.slices.flatMap(({ tenant, blocks }) => {
      if (tenant === undefined) return [];
      const pair = curvePair({ now: blocks, before: allBlocks(before, tenant), metric: 'latency', step: STEP.tenant });
      return pair === undefined ? [] : [{ tenant: name(tenant), ...pair }];
    }),
    cache: cacheSplit(whole),
    trend: trendSeries(report, scenario.name),
  };
};

/** Every block of these runs of a scenario, of one tenant or of all of them; for sums only. */
const allBlocks = (runs: readonly ScenarioRun[], tenant: string | undefined): readonly Block[] =>
  runs.flatMap(({ slices }) =>
    slices.filter((slice) => tenant === undefined || slice.tenant === tenant).flatMap(({ blocks }) => blocks),
  );

const curvePair = ({
  now,
  before,
  metric,
  step,
}: {
  readonly now: readonly Block[];
  readonly before: readonly Block[];
  readonly metric: Metric;
  readonly step: number;
}): CurvePair | undefined => {
  const curve = curveOf(pooled(now, metric), step);
  return curve && { now: curve, before: curveOf(pooled(before, metric), step) };
};

const cacheSplit = (blocks: readonly Block[]): CacheSplit | undefined => {
  const [hit, miss, bypass] = [pooled(blocks, 'hit'), pooled(blocks, 'miss'), pooled(blocks, 'bypass')];
  const bins = logBins([hit, miss, bypass], CACHE_ROWS);
  if (bins === undefined || countOf(hit) + countOf(miss) === 0) return undefined;
  const shares = (histogram: Histogram): number[] => {
    const all = countOf(histogram);
    return all === 0 ? [] : countByRow(histogram, bins).map((count) => Number((count / all).toFixed(3)));
  };
  return { low: bins.low, ratio: bins.ratio, hit: shares(hit), miss: shares(miss), bypass: shares(bypass) };
};

const generatorChart = ({ blocks }: GeneratorView): GeneratorChart | undefined => {
  if (blocks.length === 0) return undefined;
  const p99 = (quantiles: Quantiles | undefined): number | null => (quantiles ? rounded(quantiles.p99) : null);
  return {
    start: blocks.map((block) => Number(block.start.toFixed(4))),
    seconds: blocks.map((block) => Number(block.seconds.toFixed(4))),
    lag: blocks.map((block) => p99(block.lag)),
    loopDelay: blocks.map((block) => p99(block.loopDelay)),
    cpu: blocks.map(({ cpu }) => (cpu === undefined ? null : rounded(cpu))),
  };
};
