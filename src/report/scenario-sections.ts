import type { Knee, RegressionFinding } from '../model/verdict.ts';
import { codeSpan, escapeName } from './markdown-escape.ts';
import { type Column, folded, markdownTable } from './markdown-table.ts';
import { DASH, formatChange, formatCount, formatMicros, formatRate, formatShare } from './number-text.ts';
import type { ReportView, ScenarioView } from './report-view.ts';
import type { Section } from './section.ts';
import type { SliceView } from './slice-view.ts';

/** Scenarios that stand open; of more, only those with something to say do. */
const OPEN = 15;

/** The change under a number, in a second line so that the table stays narrow. Improvements and noise are shown alike. */
const changed = (value: string, finding: RegressionFinding | undefined): string => {
  if (finding?.change === undefined || value === DASH) return value;
  const change = formatChange(finding.change, finding.unit);
  return `${value}<br><sub>${finding.status === 'fail' ? `**${change}**` : change}</sub>`;
};

const errorsCell = (row: SliceView): string =>
  row.errors === 0 ? '0' : `${formatCount(row.errors)} (${formatShare(row.errorShare, 2)})`;

/** The counting columns that scenarios and tenants share; a column of nothing but zeros is left out, errors never. */
export const countColumns = <Row extends SliceView>(rows: readonly Row[]): readonly Column<Row>[] => [
  { head: 'Requests', align: 'right', cell: (row) => formatCount(row.requests) },
  { head: 'OK', align: 'right', cell: (row) => formatCount(row.counts.ok) },
  {
    head: 'Throttled',
    align: 'right',
    shown: rows.some((row) => row.counts.throttled > 0),
    cell: (row) => formatCount(row.counts.throttled),
  },
  {
    head: 'Dropped',
    align: 'right',
    shown: rows.some((row) => row.dropped > 0),
    cell: (row) => formatCount(row.dropped),
  },
];

const columnsFor = (rows: readonly ScenarioView[]): readonly Column<ScenarioView>[] => {
  const latency = (quantile: 'p50' | 'p95' | 'p99'): Column<ScenarioView> => ({
    head: quantile,
    align: 'right',
    cell: (row) => changed(formatMicros(row.metrics.latency?.[quantile]), row.changes.get(quantile)),
  });
  return [
    { head: 'Scenario', cell: (row) => escapeName(row.name) },
    ...countColumns(rows),
    { head: 'Errors', align: 'right', cell: (row) => changed(errorsCell(row), row.changes.get('error_rate')) },
    latency('p50'),
    latency('p95'),
    latency('p99'),
    {
      head: 'TTFT p95',
      align: 'right',
      shown: rows.some((row) => row.metrics.ttft !== undefined),
      cell: (row) => changed(formatMicros(row.metrics.ttft?.p95), row.changes.get('ttft.p95')),
    },
    {
      head: 'Overhead p95',
      align: 'right',
      shown: rows.some((row) => row.metrics.overhead !== undefined),
      cell: (row) => changed(formatMicros(row.metrics.overhead?.p95), row.changes.get('overhead.p95')),
    },
    { head: 'OK/s', align: 'right', cell: (row) => changed(formatRate(row.throughput), row.changes.get('throughput')) },
  ];
};

const needsReader = (name: string, { slos, changes }: ReportView): boolean =>
  slos.some((slo) => slo.scenario === name && slo.status !== 'pass') ||
  [...changes.failing, ...changes.notable].some((change) => change.scenario === name);

const kneeLine = (knee: Knee): string => {
  const missed = knee.steps.find((step) => !step.met);
  const why =
    missed === undefined ? '' : `; ${formatRate(missed.rate)} missed ${missed.failed.map(codeSpan).join(', ')}`;
  const found =
    knee.rate === undefined
      ? 'not even the first step met its SLOs'
      : missed === undefined
        ? `at least ${formatRate(knee.rate)}: every step met its SLOs`
        : `${formatRate(knee.rate)} is the highest step that met its SLOs`;
  return `- 📈 **Capacity of ${escapeName(knee.scenario)}**: ${found}${why}`;
};

/** What each scenario did, one row each, and the capacity found where it was looked for. */
export const scenariosSection = (view: ReportView): Section => {
  const { scenarios } = view;
  if (scenarios.length === 0) return { title: 'scenarios', rank: 3, variants: [] };
  const open =
    scenarios.length <= OPEN ? scenarios : scenarios.filter((row) => needsReader(row.name, view)).slice(0, OPEN);
  const rest = scenarios.filter((row) => !open.includes(row));
  const table = (rows: readonly ScenarioView[]): string => markdownTable(columnsFor(rows), rows);
  const knees = view.report.verdict.knees.map(kneeLine).join('\n');
  const titled = (...parts: string[]): string => ['### Scenarios', ...parts].filter((part) => part !== '').join('\n\n');
  const all =
    rest.length === 0 ? '' : folded(`${rest.length} ${open.length === 0 ? '' : 'more '}scenarios`, table(rest));
  return {
    title: 'scenarios',
    rank: 3,
    variants: [titled(table(open), knees, all), ...(open.length === 0 ? [] : [titled(table(open), knees)])],
  };
};

/** The offered rates of an arrival in steps and what became of them; empty without any. */
export const stepsBody = ({ report }: ReportView): string => {
  const rows = report.verdict.knees.flatMap(({ scenario, steps }) => steps.map((step) => ({ scenario, ...step })));
  return markdownTable(
    [
      { head: 'Scenario', cell: (row) => escapeName(row.scenario) },
      { head: 'Offered', align: 'right', cell: (row) => formatRate(row.rate) },
      { head: 'SLOs', cell: (row) => (row.met ? '✅ met' : `❌ ${row.failed.map(codeSpan).join(', ')}`) },
    ],
    rows,
  );
};
