import type { Knee, RegressionFinding } from '../model/verdict.ts';
import { codeSpan, escapeName } from './markdown-escape.ts';
import { type Column, folded, markdownTable } from './markdown-table.ts';
import { DASH, formatChange, formatCount, formatMicros, formatRate, formatShare } from './number-text.ts';
import type { ReportView, ScenarioView } from './report-view.ts';
import { scenarioComparison } from './scenario-comparison.ts';
import type { Section } from './section.ts';
import type { SliceView } from './slice-view.ts';

/** Scenarios that stand open; of more, only those with something to say do. */
const OPEN = 15;

/** Scenarios that are compared in a table of their own. */
const COMPARED = 3;

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
    latency('p50'),
    latency('p95'),
    latency('p99'),
    { head: 'Errors', align: 'right', cell: (row) => changed(errorsCell(row), row.changes.get('error_rate')) },
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
    ...countColumns(rows),
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

/** Those with a table of their own: all that were compared where they are few, else those that need a reader. */
const comparedOnes = (view: ReportView): readonly ScenarioView[] => {
  const all = view.scenarios.filter(({ changes }) => changes.size > 0);
  return all.length <= COMPARED ? all : all.filter(({ name }) => needsReader(name, view)).slice(0, COMPARED);
};

/** What each scenario did: those that matter against the baseline, the others one row each, and the capacity where it was looked for. */
export const scenariosSection = (view: ReportView): Section => {
  if (view.scenarios.length === 0) return { title: 'scenarios', rank: 3, variants: [] };
  const compared = comparedOnes(view);
  const others = view.scenarios.filter((row) => !compared.includes(row));
  const open = others.length <= OPEN ? others : others.filter((row) => needsReader(row.name, view)).slice(0, OPEN);
  const rest = others.filter((row) => !open.includes(row));
  const told = [...compared.map((row) => scenarioComparison(row, view)), table(open)];
  const knees = view.report.verdict.knees.map(kneeLine).join('\n');
  const all =
    rest.length === 0
      ? ''
      : folded(`${rest.length} ${rest.length < view.scenarios.length ? 'more ' : ''}scenarios`, table(rest));
  return {
    title: 'scenarios',
    rank: 3,
    variants: [
      titled(...told, knees, all),
      ...(compared.length === 0 && open.length === 0 ? [] : [titled(...told, knees)]),
    ],
  };
};

const table = (rows: readonly ScenarioView[]): string => markdownTable(columnsFor(rows), rows);

const titled = (...parts: readonly string[]): string =>
  ['### Scenarios', ...parts].filter((part) => part !== '').join('\n\n');

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
