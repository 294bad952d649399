import type { Trend, TrendChange } from '../model/trend.ts';
import { codeBlock, escapeSentence } from './markdown-escape.ts';
import { CHART_COLOURS, chartHead, chartText, decimal } from './mermaid-chart.ts';
import { metricWords } from './metric-text.ts';
import type { ReportView } from './report-view.ts';
import { dayOf, historySentence, isWorse, trendSentence, valuesIn } from './trend-text.ts';

/** Changes that are told; the page has all of them. */
const TOLD = 5;

/** Runs of the chart: more is a blur on a phone. */
const DRAWN = 60;

/** What changed for good over the runs that are remembered, and the newest of it drawn. Nothing changed → empty. */
export const trendBody = ({ report: { trend } }: ReportView): string => {
  const [newest] = trend?.changes ?? [];
  if (trend === undefined || newest === undefined) return '';
  const lines = trend.changes.slice(0, TOLD).map((each) => changeLine(each, trend));
  const more = trend.changes.length - TOLD;
  return [
    `${escapeSentence(historySentence(trend))}.`,
    [...lines, ...(more > 0 ? [`- … and ${more} more in report.html`] : [])].join('\n'),
    codeBlock(chart(newest, trend), 'mermaid'),
  ].join('\n\n');
};

const changeLine = (change: TrendChange, trend: Trend): string =>
  `- ${isWorse(change) ? '🔶' : '💚'} ${escapeSentence(trendSentence(change, trend))}`;

/** The measure over the newest runs of that machine and configuration. */
const chart = ({ scenario, metric, unit, point }: TrendChange, { points }: Trend): string => {
  const alike = points.filter(
    ({ machine, configuration }) => machine === point.machine && configuration === point.configuration,
  );
  const runs = valuesIn(alike, scenario, metric).slice(-DRAWN);
  const values = runs.map(({ value }) => value);
  const { per, name } = scaleOf(unit, Math.max(...values));
  const [lowest, highest] = [Math.min(...values) / per, Math.max(...values) / per];
  const from = runs[0]!.point;
  return [
    ...chartHead(`${chartText(scenario)}: ${metricWords(metric)}`, [CHART_COLOURS.now]),
    `x-axis "runs from ${dayOf(from)} to ${dayOf(runs.at(-1)!.point)}" 1 --> ${runs.length}`,
    `y-axis "${name}" ${decimal(lowest * 0.9)} --> ${decimal(Math.max(highest * 1.05, lowest + 0.001))}`,
    `line [${values.map((value) => decimal(value / per)).join(', ')}]`,
  ].join('\n');
};

const scaleOf = (unit: TrendChange['unit'], most: number): { readonly per: number; readonly name: string } => {
  if (unit === 'ratio') return { per: 0.01, name: 'percent' };
  if (unit !== 'us') return { per: 1, name: 'a second' };
  return most < 10_000_000 ? { per: 1_000, name: 'ms' } : { per: 1_000_000, name: 's' };
};
