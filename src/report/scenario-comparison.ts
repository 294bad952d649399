import type { SloUnit } from '../model/slo.ts';
import type { RegressionFinding } from '../model/verdict.ts';
import { changeIcon } from './change-lines.ts';
import { comparedSlice } from './compared-slice.ts';
import { isNotable } from './finding-order.ts';
import { escapeMarkdown, escapeName } from './markdown-escape.ts';
import { type Column, markdownTable } from './markdown-table.ts';
import { formatChange, formatCount, formatQuantity, formatTally } from './number-text.ts';
import type { ReportView, ScenarioView } from './report-view.ts';
import type { SliceView } from './slice-view.ts';

/** One line of the table: what is compared, as an SLO names it, and where it is in a run. */
interface Measure {
  readonly metric: string;
  readonly head: string;
  readonly unit: SloUnit;
  of(slice: SliceView): number | undefined;
}

const MEASURES: readonly Measure[] = [
  { metric: 'p50', head: 'p50', unit: 'us', of: ({ metrics }) => metrics.latency?.p50 },
  { metric: 'p95', head: 'p95', unit: 'us', of: ({ metrics }) => metrics.latency?.p95 },
  { metric: 'p99', head: 'p99', unit: 'us', of: ({ metrics }) => metrics.latency?.p99 },
  { metric: 'ttft.p95', head: 'TTFT\u00a0p95', unit: 'us', of: ({ metrics }) => metrics.ttft?.p95 },
  { metric: 'overhead.p95', head: 'Overhead\u00a0p95', unit: 'us', of: ({ metrics }) => metrics.overhead?.p95 },
  { metric: 'error_rate', head: 'Errors', unit: 'ratio', of: ({ errorShare }) => errorShare },
  { metric: 'throughput', head: 'OK/s', unit: 'per-second', of: ({ throughput }) => throughput },
];

/** The numbers of one measure; those that the verdict compared, where it did. */
interface Row {
  readonly head: string;
  readonly now: string;
  readonly baseline: string;
  readonly finding: RegressionFinding | undefined;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: '', cell: (row) => row.head },
  { head: 'Now', align: 'right', cell: (row) => row.now },
  { head: 'Baseline', align: 'right', cell: (row) => row.baseline },
  { head: 'Change', align: 'right', cell: ({ finding }) => (finding === undefined ? '' : changeCell(finding)) },
];

/** What was found stands out; a comparison that found nothing is a number like others. */
const changeCell = (finding: RegressionFinding): string => {
  const change = formatChange(finding.change, finding.unit);
  if (finding.status === 'pass') return isNotable(finding) ? `💚 ${change}` : change;
  return `${changeIcon(finding)} ${finding.status === 'fail' ? `**${change}**` : change}`;
};

/** `588 requests · 24 throttled · 4 errors · 20/s for 30 s`. Markdown. */
const countsLine = ({ requests, counts, dropped, errors, load }: ScenarioView): string =>
  [
    formatTally(requests, 'request'),
    ...(counts.throttled === 0 ? [] : [`${formatCount(counts.throttled)} throttled`]),
    ...(dropped === 0 ? [] : [`${formatCount(dropped)} dropped`]),
    ...(errors === 0 ? [] : [formatTally(errors, 'error')]),
    escapeMarkdown(load),
  ].join(' · ');

/** One scenario against the baseline: four columns, which a phone has room for. */
export const scenarioComparison = (scenario: ScenarioView, { report }: ReportView): string => {
  const before = comparedSlice(report, scenario.name);
  const rows = MEASURES.flatMap(({ metric, head, unit, of }): Row[] => {
    const finding = scenario.changes.get(metric);
    const now = finding?.candidate ?? of(scenario);
    if (now === undefined) return [];
    const baseline = finding?.baseline ?? (before && of(before));
    return [{ head, now: formatQuantity(now, unit), baseline: formatQuantity(baseline, unit), finding }];
  });
  const head = `**${escapeName(scenario.name)}** · ${countsLine(scenario)}`;
  return [head, markdownTable(COLUMNS, rows)].filter((part) => part !== '').join('\n\n');
};
