import type { RegressionFinding } from '../../model/verdict.ts';
import { isImprovement } from '../finding-order.ts';
import { formatChange, formatCount, formatMicros, formatRate, formatShare } from '../number-text.ts';
import type { ReportView, ScenarioView } from '../report-view.ts';
import { type Html, html, line, NOTHING, name } from './html.ts';
import type { PageModel } from './page-model.ts';
import { scenarioCharts } from './scenario-charts.ts';
import { scenarioDetails } from './scenario-details.ts';
import { scenarioId, scenarioLink } from './scenario-link.ts';
import { type Column, table } from './table.ts';

/** Scenarios from which on a table in front of them says where to look. */
const OVERVIEW_FROM = 2;

/** Every scenario with its numbers, its charts and what is folded behind them. */
export const scenariosPart = (view: ReportView, model: PageModel): Html =>
  view.scenarios.length === 0
    ? NOTHING
    : html`
<section id="scenarios" aria-labelledby="scenarios-title"><h2 id="scenarios-title">Scenarios</h2>
${view.scenarios.length < OVERVIEW_FROM ? NOTHING : overview(view)}
${view.scenarios.map((scenario, index) => scenarioPart({ scenario, index, model }))}</section>`;

const overview = (view: ReportView): Html => {
  const rows = view.scenarios;
  const columns: readonly Column<ScenarioView>[] = [
    { head: 'Scenario', names: true, cell: (row) => scenarioLink(row.name, view) },
    { head: 'Requests', numeric: true, cell: (row) => formatCount(row.requests) },
    { head: 'Errors', numeric: true, cell: (row) => errorsText(row) },
    {
      head: 'Throttled',
      numeric: true,
      shown: rows.some((row) => row.counts.throttled > 0),
      cell: (row) => formatCount(row.counts.throttled),
    },
    {
      head: 'p50',
      numeric: true,
      cell: (row) => withChange(formatMicros(row.metrics.latency?.p50), row.changes.get('p50')),
    },
    {
      head: 'p95',
      numeric: true,
      cell: (row) => withChange(formatMicros(row.metrics.latency?.p95), row.changes.get('p95')),
    },
    {
      head: 'p99',
      numeric: true,
      cell: (row) => withChange(formatMicros(row.metrics.latency?.p99), row.changes.get('p99')),
    },
    { head: 'OK/s', numeric: true, cell: (row) => formatRate(row.throughput) },
  ];
  return table('Every scenario', columns, rows);
};

const errorsText = (row: ScenarioView): string =>
  row.errors === 0 ? '0' : `${formatCount(row.errors)} (${formatShare(row.errorShare, 2)})`;

/** A number with its change beside it, painted by what it means. */
const withChange = (value: string, finding: RegressionFinding | undefined): Html =>
  finding?.change === undefined
    ? html`${value}`
    : html`${value} <span class="change ${meaning(finding)}">${formatChange(finding.change, finding.unit)}</span>`;

const meaning = (finding: RegressionFinding): string => {
  if (finding.status === 'fail') return finding.gating ? 'worse' : 'advisory';
  return isImprovement(finding) ? 'better' : 'same';
};

const scenarioPart = ({
  scenario,
  index,
  model,
}: {
  readonly scenario: ScenarioView;
  readonly index: number;
  readonly model: PageModel;
}): Html => html`
<section class="scenario" id="${scenarioId(index)}" aria-labelledby="${scenarioId(index)}-title">
<h3 id="${scenarioId(index)}-title">${name(scenario.name)}</h3>
<p class="hint">${line(scenario.load)}${scenario.stream ? ' · streamed' : ''}${scenario.closed ? ' · users wait for answers, which hides a stalled gateway' : ''}</p>
<dl class="figures">${figures(scenario).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
${scenarioCharts({ scenario, index, model })}${scenarioDetails(scenario)}</section>`;

/** The numbers that people look for first. */
const figures = (scenario: ScenarioView): readonly (readonly [term: string, value: Html])[] => {
  const { counts, metrics, changes } = scenario;
  const time = (term: string, value: number | undefined, metric: string): [string, Html][] =>
    value === undefined ? [] : [[term, withChange(formatMicros(value), changes.get(metric))]];
  const count = (term: string, value: number): [string, Html][] =>
    value === 0 ? [] : [[term, html`${formatCount(value)}`]];
  return [
    ['Requests', html`${formatCount(scenario.requests)}`],
    ['OK a second', withChange(formatRate(scenario.throughput), changes.get('throughput'))],
    ['Errors', withChange(errorsText(scenario), changes.get('error_rate'))],
    ...count('Throttled', counts.throttled),
    ...count('Never sent', scenario.dropped),
    ...time('p50', metrics.latency?.p50, 'p50'),
    ...time('p95', metrics.latency?.p95, 'p95'),
    ...time('p99', metrics.latency?.p99, 'p99'),
    ...time('First token p95', metrics.ttft?.p95, 'ttft.p95'),
    ...time('Gateway’s own p95', metrics.overhead?.p95, 'overhead.p95'),
    ...(scenario.hitRate === undefined ? [] : [['Cache hits', html`${formatShare(scenario.hitRate)}`] as const]),
  ];
};
