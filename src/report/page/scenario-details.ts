import type { FailureGroup } from '../../model/run.ts';
import { total } from '../../stats/measurement.ts';
import { METRIC_NAMES } from '../detail-sections.ts';
import { formatCount, formatMicros, formatRate, formatShare } from '../number-text.ts';
import type { ScenarioView, TenantView } from '../report-view.ts';
import type { Quantiles } from '../slice-view.ts';
import { type Html, html, line, NOTHING, name } from './html.ts';
import { statusPill } from './status.ts';
import { type Column, folded, table } from './table.ts';

/** The tables behind a scenario's charts, folded: what the charts show as numbers, and what no chart shows. */
export const scenarioDetails = (scenario: ScenarioView): Html => html`
${failures(scenario)}${steps(scenario)}${folded('Percentiles', percentiles(scenario))}${folded('Tenants', tenants(scenario))}${folded('Status codes, providers, models, tokens', answers(scenario))}`;

const QUANTILES = (['p50', 'p90', 'p95', 'p99', 'p999', 'max', 'mean'] as const).map(
  (key): Column<Quantiles> => ({
    head: key === 'p999' ? 'p99.9' : key,
    numeric: true,
    cell: (row) => formatMicros(row[key]),
  }),
);

const percentiles = ({ name: scenario, metrics }: ScenarioView): Html =>
  table<Quantiles & { readonly title: string }>(
    `Percentiles of ${name(scenario)}`,
    [
      { head: 'Time', names: true, cell: (row) => row.title },
      { head: 'Samples', numeric: true, cell: (row) => formatCount(row.count) },
      ...QUANTILES,
    ],
    METRIC_NAMES.flatMap(([metric, title]) => {
      const quantiles = metrics[metric];
      return quantiles === undefined ? [] : [{ title, ...quantiles }];
    }),
  );

const tenants = ({ name: scenario, tenants: rows }: ScenarioView): Html => {
  const time = (head: string, pick: (row: TenantView) => number | undefined): Column<TenantView> => ({
    head,
    numeric: true,
    shown: rows.some((row) => pick(row) !== undefined),
    cell: (row) => formatMicros(pick(row)),
  });
  return table(
    `Tenants of ${name(scenario)}`,
    [
      { head: 'Tenant', names: true, cell: (row) => name(row.tenant) },
      { head: 'Requests', numeric: true, cell: (row) => formatCount(row.requests) },
      { head: 'OK', numeric: true, cell: (row) => formatCount(row.counts.ok) },
      { head: 'Throttled', numeric: true, cell: (row) => formatCount(row.counts.throttled) },
      { head: 'Errors', numeric: true, cell: (row) => formatCount(row.errors) },
      time('p50', ({ metrics }) => metrics.latency?.p50),
      time('p95', ({ metrics }) => metrics.latency?.p95),
      time('p99', ({ metrics }) => metrics.latency?.p99),
      time('First token p95', ({ metrics }) => metrics.ttft?.p95),
    ],
    rows,
  );
};

interface Answer {
  readonly kind: string;
  readonly value: string;
  readonly count: number;
  readonly share: number | undefined;
}

const answers = ({ name: scenario, counts, tokensPerSecond }: ScenarioView): Html => {
  const rows = (
    [
      ['Status', counts.status],
      ['Provider', counts.providers],
      ['Model', counts.models],
      ['Cache', counts.cache],
      ['Error', counts.errors],
    ] as const
  ).flatMap(([kind, record]): Answer[] =>
    Object.entries(record)
      .sort(([, a], [, b]) => b - a)
      .map(([value, count]) => ({ kind, value, count, share: count / total(record) })),
  );
  const { prompt, completion, estimated } = counts.tokens;
  const tokens =
    prompt + completion === 0
      ? NOTHING
      : html`<p>${formatCount(prompt)} prompt and ${formatCount(completion)} completion tokens, ${formatRate(tokensPerSecond)}; ${formatCount(estimated)} requests without usage, estimated.</p>`;
  if (rows.length === 0) return tokens;
  const columns: readonly Column<Answer>[] = [
    { head: 'What', cell: (row) => row.kind },
    { head: 'Value', names: true, cell: (row) => name(row.value) },
    { head: 'Requests', numeric: true, cell: (row) => formatCount(row.count) },
    { head: 'Share', numeric: true, cell: (row) => formatShare(row.share) },
  ];
  return html`${table(`What ${name(scenario)} answered`, columns, rows)}${tokens}`;
};

/** How failures looked: not folded, since they are what a reader came for. */
const failures = ({ name: scenario, failures: rows }: ScenarioView): Html => {
  const columns: readonly Column<FailureGroup>[] = [
    { head: 'Failure', names: true, cell: (row) => line(row.errorClass) },
    { head: 'HTTP', numeric: true, cell: (row) => (row.status === undefined ? '–' : String(row.status)) },
    { head: 'Requests', numeric: true, cell: (row) => formatCount(row.count) },
    { head: 'Detail', cell: (row) => html`<code>${line(row.detail)}</code>` },
    {
      head: 'Example',
      shown: rows.some((row) => row.requestId !== undefined),
      cell: (row) => (row.requestId === undefined ? '' : html`<code>${line(row.requestId)}</code>`),
    },
  ];
  return table(`Failures of ${name(scenario)}`, columns, rows);
};

/** The steps of a search for the capacity. */
const steps = ({ name: scenario, knee }: ScenarioView): Html =>
  table(
    `Steps of ${name(scenario)}`,
    [
      { head: 'Offered', names: true, numeric: true, cell: (row) => formatRate(row.rate) },
      { head: 'SLOs', cell: (row) => (row.met ? statusPill('pass', 'met') : statusPill('fail', 'missed')) },
      { head: 'Missed', cell: (row) => row.failed.map((each) => line(each)).join(', ') },
    ],
    knee?.steps ?? [],
  );
