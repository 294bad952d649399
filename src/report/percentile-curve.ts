import type { Metric } from '../model/measurement.ts';
import type { ScenarioRun } from '../model/run.ts';
import { countOf, quantile } from '../stats/histogram.ts';
import { partsOf, pooled } from '../stats/measurement.ts';
import { comparedScenarios } from './compared-slice.ts';
import { codeBlock, escapeName } from './markdown-escape.ts';
import { markdownTable } from './markdown-table.ts';
import { CHART_COLOURS, chartHead, chartText, decimal } from './mermaid-chart.ts';
import { formatMicros } from './number-text.ts';
import type { ReportView, ScenarioView } from './report-view.ts';

/** Scenarios that are drawn: those that a reader came for. */
const DRAWN = 2;

const POINTS = [
  ['p50', 0.5],
  ['p75', 0.75],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

/** One scenario's percentiles, µs, in the order of `POINTS`; the baseline's where it has any. */
interface Curve {
  readonly scenario: string;
  readonly time: string;
  readonly now: readonly number[];
  readonly baseline: readonly number[] | undefined;
}

/** The percentile curves of the scenarios that matter most: numbers first, and below them a chart. Nothing measured → empty. */
export const curvesBody = (view: ReportView): string =>
  ofInterest(view)
    .flatMap((scenario) => curveOf(scenario, view) ?? [])
    .slice(0, DRAWN)
    .map((curve) => [curveHead(curve), curveTable(curve), codeBlock(chart(curve), 'mermaid')].join('\n\n'))
    .join('\n\n');

/** What failed, then what moved; where nothing did, the first that the configuration names. */
const ofInterest = ({ scenarios, changes, slos }: ReportView): readonly ScenarioView[] => {
  const named = [...changes.failing, ...slos.filter(({ status }) => status === 'fail'), ...changes.notable];
  const found = named.flatMap((row) => scenarios.find(({ name }) => name === row.scenario) ?? []);
  return found.length === 0 ? scenarios.slice(0, 1) : [...new Set(found)];
};

const curveOf = ({ name, changes }: ScenarioView, { report }: ReportView): Curve | undefined => {
  const run = report.run.scenarios.find((scenario) => scenario.name === name);
  const fails = (metric: RegExp): boolean =>
    [...changes.values()].some((row) => row.status === 'fail' && row.gating && metric.test(row.metric));
  // Where the first token came later, and the whole response did not, that is the curve to look at.
  const metric = fails(/^ttft\./) && !fails(/^p\d/) ? 'ttft' : 'latency';
  const now = run && pointsOf([run], metric);
  if (now === undefined) return undefined;
  const time = metric === 'ttft' ? 'time to first token' : 'response time';
  return { scenario: name, time, now, baseline: pointsOf(comparedScenarios(report, name), metric) };
};

const pointsOf = (runs: readonly ScenarioRun[], metric: Metric): readonly number[] | undefined => {
  const histogram = pooled(
    runs.flatMap(({ slices }) => partsOf(slices, undefined)),
    metric,
  );
  return countOf(histogram) === 0 ? undefined : POINTS.map(([, q]) => quantile(histogram, q) as number);
};

const curveHead = ({ scenario, time }: Curve): string => `**${escapeName(scenario)}** · ${time}`;

const curveTable = ({ now, baseline }: Curve): string =>
  markdownTable(
    [
      { head: '', cell: ({ name }) => name },
      { head: 'Now', align: 'right', cell: (row) => formatMicros(row.now) },
      { head: 'Baseline', align: 'right', shown: baseline !== undefined, cell: (row) => formatMicros(row.baseline) },
    ],
    POINTS.map(([name], index) => ({ name, now: now[index], baseline: baseline?.[index] })),
  );

/** The curve. Mermaid's charts have no legend: the title says which is which, by shape and not by colour. */
const chart = ({ scenario, time, now, baseline }: Curve): string => {
  const most = Math.max(...now, ...(baseline ?? []));
  const [unit, per] = most < 10_000_000 ? (['ms', 1_000] as const) : (['s', 1_000_000] as const);
  const numbers = (points: readonly number[]): string => points.map((each) => decimal(each / per)).join(', ');
  const legend = baseline === undefined ? '' : ' (line: now, bars: baseline)';
  const palette = [...(baseline === undefined ? [] : [CHART_COLOURS.baseline]), CHART_COLOURS.now];
  return [
    ...chartHead(`${chartText(scenario)}: ${time}${legend}`, palette),
    `x-axis [${POINTS.map(([name]) => name).join(', ')}]`,
    `y-axis "${unit}" 0 --> ${decimal(Math.max((most / per) * 1.05, 0.001))}`,
    ...(baseline === undefined ? [] : [`bar [${numbers(baseline)}]`]),
    `line [${numbers(now)}]`,
  ].join('\n');
};
