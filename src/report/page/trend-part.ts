import type { HistoryPoint, Trend, TrendChange, TrendMetric } from '../../model/trend.ts';
import { LONGEST } from '../clean-text.ts';
import { metricWords } from '../metric-text.ts';
import { DASH, formatQuantity, formatTally } from '../number-text.ts';
import type { ReportView } from '../report-view.ts';
import {
  changeText,
  commitOf,
  dayOf,
  historySentence,
  isWorse,
  metricsOf,
  trendSentence,
  unitOf,
} from '../trend-text.ts';
import { figure } from './figure.ts';
import { type Html, html, line, NOTHING, name } from './html.ts';
import type { PageModel } from './page-model.ts';
import { scenarioLink } from './scenario-link.ts';
import { statusPill } from './status.ts';
import { type Column, folded, table } from './table.ts';

/** Runs of the table behind a chart; the chart has all of them. */
const NEWEST = 20;

/** Scenarios whose charts stand open although nothing changed. */
const OPEN = 2;

/** What became of the measures over many runs: what changed for good, and every scenario's measures, drawn. No history → nothing. */
export const trendPart = (view: ReportView, model: PageModel): Html => {
  const { trend } = view.report;
  if (trend === undefined || model.trend === undefined) return NOTHING;
  const drawn = view.scenarios.map((scenario, index) => ({ scenario: scenario.name, index }));
  const known = drawn.filter(({ index }) => model.scenarios[index]!.trend.length > 0);
  const changed = known.filter(({ scenario }) => trend.changes.some((each) => each.scenario === scenario));
  const open = changed.length > 0 ? changed : known.slice(0, OPEN);
  const rest = known.filter((each) => !open.includes(each));
  const chart = (place: Place): Html => scenarioTrend(place, trend, model);
  return html`
<section id="trend" aria-labelledby="trend-title"><h2 id="trend-title">Trend</h2>
<p>${line(historySentence(trend))}. ${trend.changes.length === 0 ? 'No measure changed for good in them.' : `${formatTally(trend.changes.length, 'change')} that stayed for at least five runs, the newest first.`}</p>
${table('What changed for good', changeColumns(view, trend), trend.changes)}
${open.map(chart)}${folded(`${formatTally(rest.length, 'scenario')} without a change`, html`${rest.map(chart)}`)}</section>`;
};

interface Place {
  readonly scenario: string;
  readonly index: number;
}

const changeColumns = (view: ReportView, { points }: Trend): readonly Column<TrendChange>[] => [
  { head: 'Since', cell: ({ point }) => dayOf(point) },
  { head: 'Scenario', cell: ({ scenario }) => scenarioLink(scenario, view) },
  { head: 'Measure', names: true, cell: ({ metric }) => name(metricWords(metric)) },
  {
    head: 'Change',
    numeric: true,
    cell: (each) => html`<span class="change ${isWorse(each) ? 'worse' : 'better'}">${changeText(each)}</span>`,
  },
  { head: 'Before', numeric: true, cell: ({ before, unit }) => formatQuantity(before, unit) },
  { head: 'After', numeric: true, cell: ({ after, unit }) => formatQuantity(after, unit) },
  { head: 'Until', cell: ({ until }) => (until === undefined ? 'stayed' : dayOf(until)) },
  { head: 'First seen in', cell: ({ point }) => line(commitOf(point)) },
  { head: 'Runs', numeric: true, cell: ({ runs }) => `${runs[0]} + ${runs[1]}` },
  {
    head: 'Machine',
    shown: new Set(points.map(({ machine }) => machine)).size > 1,
    cell: ({ point }) => html`<small>${line(point.machine)}</small>`,
  },
];

const scenarioTrend = ({ scenario, index }: Place, trend: Trend, model: PageModel): Html => {
  const told = trend.changes
    .filter((each) => each.scenario === scenario)
    .slice(0, 5)
    .map((each) => trendSentence(each, trend));
  return html`${figure({
    kind: 'trend',
    title: name(scenario),
    hint: 'A point a run, the oldest at the left; the band is its 95 % interval. Dashed lines: changed for good.',
    label: line(
      `Measures of ${name(scenario)} over ${model.trend!.day.length} runs. ${told.length === 0 ? 'Nothing changed for good' : told.join('; ')}`,
      LONGEST.sentence,
    ),
    scenario: index,
  })}${folded(`The newest runs of ${name(scenario)}`, newestRuns(scenario, trend))}`;
};

const newestRuns = (scenario: string, { points, now }: Trend): Html => {
  const rows = [...(now === undefined ? [] : [now]), ...points.toReversed()].slice(0, NEWEST);
  const value = (point: HistoryPoint, metric: TrendMetric): string => {
    const found = point.figures.find((each) => each.scenario === scenario && each.metric === metric);
    return found === undefined ? DASH : formatQuantity(found.value, unitOf(metric));
  };
  return table<HistoryPoint>(
    `The newest runs of ${name(scenario)}`,
    [
      { head: 'Run', names: true, cell: (point) => (point === now ? `${dayOf(point)}, this run` : dayOf(point)) },
      { head: 'Commit', cell: (point) => line(commitOf(point)) },
      ...metricsOf(rows, scenario).map((metric) => ({
        head: metricWords(metric),
        numeric: true,
        cell: (point: HistoryPoint) => value(point, metric),
      })),
      { head: 'Verdict', cell: ({ verdict }) => statusPill(verdict) },
    ],
    rows,
  );
};
