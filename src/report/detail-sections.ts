import type { Metric } from '../model/measurement.ts';
import { total } from '../stats/measurement.ts';
import { codeSpan, escapeName } from './markdown-escape.ts';
import { type Column, markdownTable } from './markdown-table.ts';
import { formatCount, formatMicros, formatRate, formatShare, formatTally } from './number-text.ts';
import type { ReportView, ScenarioView } from './report-view.ts';
import { countColumns } from './scenario-sections.ts';
import type { Quantiles, SliceView } from './slice-view.ts';

/** What the table of percentiles calls a metric, in the order of its rows; `lag` has a place of its own. */
export const METRIC_NAMES: readonly (readonly [metric: Metric, name: string])[] = [
  ['latency', 'response (from release)'],
  ['service', 'service (from write)'],
  ['ttft', 'time to first token'],
  ['itl', 'between tokens'],
  ['tpot', 'time per output token'],
  ['overhead', 'gateway’s own time'],
  ['ttft-overhead', 'added to time to first token'],
  ['declared-overhead', 'its own time, by its header'],
  ['hit', 'cache hit'],
  ['miss', 'cache miss'],
  ['bypass', 'cache bypass'],
  ['throttled', 'expected rejection'],
  ['connect', 'connecting'],
];

const QUANTILE_COLUMNS: readonly Column<Quantiles>[] = (
  [
    ['p50', 'p50'],
    ['p90', 'p90'],
    ['p95', 'p95'],
    ['p99', 'p99'],
    ['p99.9', 'p999'],
    ['max', 'max'],
    ['mean', 'mean'],
  ] as const
).map(([head, key]) => ({ head, align: 'right', cell: (row) => formatMicros(row[key]) }));

/** Every percentile of every metric, one row each, by scenario. */
export const percentilesBody = ({ scenarios }: ReportView): string => {
  const rows = scenarios.flatMap((scenario) =>
    METRIC_NAMES.flatMap(([metric, name]) => {
      const quantiles = scenario.metrics[metric];
      return quantiles === undefined ? [] : [{ scenario: scenario.name, name, ...quantiles }];
    }),
  );
  return markdownTable<(typeof rows)[number]>(
    [
      { head: 'Scenario', cell: (row) => escapeName(row.scenario) },
      { head: 'Time', cell: (row) => row.name },
      { head: 'Samples', align: 'right', cell: (row) => formatCount(row.count) },
      ...QUANTILE_COLUMNS,
    ],
    rows,
  );
};

/** One row a tenant: counts and the percentiles that matter; empty where no scenario has tenants. */
export const tenantsBody = ({ scenarios }: ReportView): string => {
  const rows = scenarios.flatMap((scenario) =>
    scenario.tenants.map((tenant) => ({ scenario: scenario.name, ...tenant })),
  );
  return markdownTable(
    [
      { head: 'Scenario', cell: (row) => escapeName(row.scenario) },
      { head: 'Tenant', cell: (row) => escapeName(row.tenant) },
      ...countColumns(rows),
      { head: 'Errors', align: 'right', cell: (row) => formatCount(row.errors) },
      { head: 'p50', align: 'right', cell: (row) => formatMicros(row.metrics.latency?.p50) },
      { head: 'p95', align: 'right', cell: (row) => formatMicros(row.metrics.latency?.p95) },
      { head: 'p99', align: 'right', cell: (row) => formatMicros(row.metrics.latency?.p99) },
      {
        head: 'TTFT p95',
        align: 'right',
        shown: rows.some((row) => row.metrics.ttft !== undefined),
        cell: (row) => formatMicros(row.metrics.ttft?.p95),
      },
    ],
    rows,
  );
};

/** Hits against misses, where the gateway said which is which. */
export const cacheBody = ({ scenarios }: ReportView): string =>
  markdownTable<ScenarioView>(
    [
      { head: 'Scenario', cell: (row) => escapeName(row.name) },
      { head: 'Hit rate', align: 'right', cell: (row) => formatShare(row.hitRate) },
      { head: 'Hits', align: 'right', cell: (row) => formatCount(row.counts.cache.hit ?? 0) },
      { head: 'Misses', align: 'right', cell: (row) => formatCount(row.counts.cache.miss ?? 0) },
      { head: 'Bypassed', align: 'right', cell: (row) => formatCount(row.counts.cache.bypass ?? 0) },
      { head: 'Hit p50', align: 'right', cell: (row) => formatMicros(row.metrics.hit?.p50) },
      { head: 'Hit p95', align: 'right', cell: (row) => formatMicros(row.metrics.hit?.p95) },
      { head: 'Miss p50', align: 'right', cell: (row) => formatMicros(row.metrics.miss?.p50) },
      { head: 'Miss p95', align: 'right', cell: (row) => formatMicros(row.metrics.miss?.p95) },
    ],
    scenarios.filter((row) => total(row.counts.cache) > 0),
  );

/** The most frequent names of a count with their share of all, as far as `limit`. Empty → empty. */
const shares = (counts: Readonly<Record<string, number>>, limit: number): string => {
  const all = total(counts);
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const told = sorted
    .slice(0, limit)
    .map(([name, count]) => `${escapeName(name)} ${formatShare(count / all)}\u00a0(${formatCount(count)})`);
  return [...told, ...(sorted.length > limit ? [`${sorted.length - limit} more`] : [])].join('<br>');
};

/** What came back: status codes, providers, models. */
export const sharesBody = ({ scenarios }: ReportView): string => {
  const named = (pick: (row: SliceView) => Readonly<Record<string, number>>): boolean =>
    scenarios.some((row) => total(pick(row)) > 0);
  return markdownTable<ScenarioView>(
    [
      { head: 'Scenario', cell: (row) => escapeName(row.name) },
      { head: 'Status', cell: (row) => shares(row.counts.status, 8) },
      { head: 'Provider', shown: named((row) => row.counts.providers), cell: (row) => shares(row.counts.providers, 8) },
      { head: 'Model', shown: named((row) => row.counts.models), cell: (row) => shares(row.counts.models, 8) },
    ],
    scenarios.filter((row) => total(row.counts.status) > 0),
  );
};

/** Tokens as the gateway reported them, or as they were estimated. */
export const tokensBody = ({ scenarios }: ReportView): string =>
  markdownTable<ScenarioView>(
    [
      { head: 'Scenario', cell: (row) => escapeName(row.name) },
      { head: 'Prompt', align: 'right', cell: (row) => formatCount(row.counts.tokens.prompt) },
      { head: 'Completion', align: 'right', cell: (row) => formatCount(row.counts.tokens.completion) },
      { head: 'Completion/s', align: 'right', cell: (row) => formatRate(row.tokensPerSecond) },
      { head: 'Requests without usage', align: 'right', cell: (row) => formatCount(row.counts.tokens.estimated) },
    ],
    scenarios.filter(({ counts: { tokens } }) => tokens.prompt + tokens.completion > 0),
  );

/** How the scenario's failures looked, the most frequent first, each with one example. */
export const failuresBody = ({ scenarios }: ReportView): string =>
  scenarios
    .flatMap(({ name, failures }) =>
      failures.map(({ errorClass, status, detail, count, requestId }) => {
        const seen = `${escapeName(name)}: ${formatTally(count, 'request')} **${escapeName(errorClass)}**`;
        const code = status === undefined ? '' : ` (HTTP ${status})`;
        const example = requestId === undefined ? '' : `, for example request ${codeSpan(requestId)}`;
        return `- ${seen}${code}${detail === '' ? '' : `: ${codeSpan(detail)}`}${example}`;
      }),
    )
    .join('\n');
