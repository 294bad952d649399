import { total } from '../../stats/measurement.ts';
import { formatCount, formatMicros, formatShare, formatTally } from '../number-text.ts';
import type { ReportView, ScenarioView } from '../report-view.ts';
import type { Quantiles } from '../slice-view.ts';
import { figure } from './figure.ts';
import { type Html, html, NOTHING, name } from './html.ts';
import type { PageModel, ScenarioCharts } from './page-model.ts';

/** Tenants whose small charts stand open. */
const OPEN_TENANTS = 8;

interface Place {
  readonly scenario: ReportView['scenarios'][number];
  readonly index: number;
  readonly model: PageModel;
}

/** The places of a scenario's charts; one that would be empty is not there. */
export const scenarioCharts = ({ scenario, index, model }: Place): Html => {
  const charts = model.scenarios[index]!;
  return html`<div class="charts">
${charts.curves.length === 0 ? NOTHING : curve(scenario, index, model)}${charts.timeline === undefined ? NOTHING : timeline(scenario, index)}${charts.cache === undefined ? NOTHING : cache(scenario, index)}${charts.providers === undefined ? NOTHING : providers(scenario, index)}</div>${tenants(scenario, index, charts)}`;
};

const of = (scenario: ScenarioView): string => `of ${name(scenario.name)}`;

const quantileText = (quantiles: Quantiles | undefined): string =>
  quantiles === undefined
    ? 'no sample'
    : (['p50', 'p95', 'p99', 'max'] as const).map((key) => `${key} ${formatMicros(quantiles[key])}`).join(', ');

const curve = (scenario: ScenarioView, index: number, { baseline }: PageModel): Html =>
  figure({
    kind: 'curve',
    title: 'Percentiles',
    hint: 'How long the slowest share of requests took. Lower is better.',
    label: `Percentile curve ${of(scenario)}${baseline === undefined ? '' : ` beside its ${baseline}`}: ${quantileText(scenario.metrics.latency)}`,
    scenario: index,
  });

const timeline = (scenario: ScenarioView, index: number): Html =>
  figure({
    kind: 'timeline',
    title: 'Over time',
    hint: 'Response times as a heat map; below it what became of the requests, and how late they were sent.',
    label: `Heat map of response times ${of(scenario)} over time, with ${formatTally(scenario.counts.ok, 'successful request')}, ${formatCount(scenario.counts.throttled)} throttled and ${formatTally(scenario.errors, 'error')}`,
    scenario: index,
  });

const cache = (scenario: ScenarioView, index: number): Html =>
  figure({
    kind: 'cache',
    title: 'Cache',
    hint: 'How long hits and misses took, each as shares of their own kind.',
    label: `Distributions of cache hits and misses ${of(scenario)}: hits ${quantileText(scenario.metrics.hit)}; misses ${quantileText(scenario.metrics.miss)}`,
    scenario: index,
  });

const providers = (scenario: ScenarioView, index: number): Html => {
  const counts = scenario.counts.providers;
  const shares = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 6)
    .map(([provider, count]) => `${name(provider)} ${formatShare(count / total(counts))}`);
  return figure({
    kind: 'providers',
    title: 'Providers',
    hint: 'Who answered, as shares over time.',
    label: `Shares of providers ${of(scenario)} over time; in all ${shares.join(', ')}`,
    scenario: index,
  });
};

const tenants = (scenario: ScenarioView, index: number, { tenants: charts }: ScenarioCharts): Html => {
  if (charts.length === 0) return NOTHING;
  const small = charts.map(({ tenant }, item) => {
    const view = scenario.tenants.find((each) => name(each.tenant) === tenant);
    return figure({
      kind: 'tenant',
      title: name(tenant),
      hint: `p95 ${formatMicros(view?.metrics.latency?.p95)}`,
      label: `Percentile curve of tenant ${name(tenant)} ${of(scenario)}: ${quantileText(view?.metrics.latency)}`,
      scenario: index,
      item,
    });
  });
  const open = charts.length <= OPEN_TENANTS ? html` open` : NOTHING;
  return html`<details class="multiples"${open}><summary>${formatTally(charts.length, 'tenant')} on one scale</summary><div class="small">${small}</div></details>`;
};
