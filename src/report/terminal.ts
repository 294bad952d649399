import type { Report } from '../model/report.ts';
import type { FailureGroup } from '../model/run.ts';
import type { RegressionFinding, SloFinding, Status } from '../model/verdict.ts';
import { cleanText, LONGEST } from './clean-text.ts';
import { changeSentence, reasonSentence } from './headline.ts';
import {
  DASH,
  formatBeside,
  formatCount,
  formatInterval,
  formatMicros,
  formatRate,
  formatShare,
  limitsOf,
} from './number-text.ts';
import { probeLines } from './probe-sections.ts';
import { type ReportView, type ScenarioView, viewReport } from './report-view.ts';
import { painter, type StyleName } from './terminal-style.ts';
import { type Console, type TerminalColumn, terminalTable } from './terminal-table.ts';
import { trendSentence } from './trend-text.ts';

const SIGNS: Readonly<Record<Status, string>> = { pass: '✓', fail: '✗', inconclusive: '?', invalid: '!' };
const COLORS: Readonly<Record<Status, StyleName>> = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  invalid: 'yellow',
};

/** The least width that tables are laid out for. */
const NARROWEST = 40;

/** Changes of the trend that are told. */
const TOLD_CHANGES = 3;

/**
 * The result for a console: verdict, reasons, changes, SLOs, scenarios, failures, generator. Colour only when asked for; tables give up columns
 * below their width. Text from outside is cleaned of everything that a terminal obeys. Ends with a newline.
 */
export const renderTerminal = (
  report: Report,
  { color, width }: { readonly color: boolean; readonly width: number },
): string => {
  const view = viewReport(report);
  const screen: Console = { paint: painter(color), width: Math.max(NARROWEST, width) };
  const parts = [
    head(view, screen),
    titled('Against the baseline', changeLines(view, screen), screen),
    titled('Trend', trendLines(view), screen),
    titled('SLOs', sloLines(view, screen), screen),
    titled(
      'Scenarios',
      [...terminalTable(scenarioColumns(view.scenarios), view.scenarios, screen), ...kneeLines(view)],
      screen,
    ),
    titled('Probes', probeLines(view), screen),
    titled('Failures', failureLines(view), screen),
    [generatorLine(view)],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

/** The newest of what changed for good over the runs that are remembered. */
const trendLines = ({ report: { trend } }: ReportView): readonly string[] =>
  trend === undefined
    ? []
    : trend.changes
        .slice(0, TOLD_CHANGES)
        .map((change) => `  • ${cleanText(trendSentence(change, trend), LONGEST.sentence)}`);

const titled = (title: string, lines: readonly string[], { paint }: Console): readonly string[] =>
  lines.length === 0 ? [] : [paint('bold', title), ...lines];

const head = (view: ReportView, { paint }: Console): readonly string[] => {
  const verdict = paint(
    'bold',
    paint(COLORS[view.status], `${SIGNS[view.status]} ${cleanText(view.title)}: ${view.statusText}`),
  );
  return [
    `${verdict} — ${cleanText(view.headline, LONGEST.sentence)}`,
    paint('dim', `  ${cleanText(view.facts.join(' · '), LONGEST.sentence)}`),
    ...view.notes.map((note) => paint('yellow', `  ! ${cleanText(note, LONGEST.sentence)}`)),
    ...view.reasons.map(
      (reason) =>
        `  ${paint(COLORS[reason.status], SIGNS[reason.status])} ${cleanText(reasonSentence(reason), LONGEST.sentence)}`,
    ),
  ];
};

const changeLines = ({ baseline, changes }: ReportView, { paint }: Console): readonly string[] => {
  const line = (finding: RegressionFinding): string => {
    const [sign, style]: readonly [string, StyleName] =
      finding.status !== 'fail' ? ['↓', 'green'] : finding.gating ? ['✗', 'red'] : ['!', 'yellow'];
    const text = finding.status !== 'fail' ? ' (better)' : finding.gating ? '' : ' (advisory)';
    return `  ${paint(style, sign)} ${cleanText(changeSentence(finding), LONGEST.sentence)}${text}`;
  };
  const undecided = changes.undecided.length === 0 ? [] : [`  ? ${changes.undecided.length} could not be decided`];
  return [
    `  ${cleanText(baseline, LONGEST.sentence)}`,
    ...[...changes.failing, ...changes.notable].map(line),
    ...undecided,
  ];
};

const SLO_COLUMNS: readonly TerminalColumn<SloFinding>[] = [
  { head: '', align: 'left', rank: 0, cell: (row) => SIGNS[row.status], style: (row) => COLORS[row.status] },
  { head: 'SCENARIO', align: 'left', rank: 0, cell: (row) => row.scenario },
  { head: 'SLO', align: 'left', rank: 0, cell: (row) => row.text },
  {
    head: 'OBSERVED',
    align: 'right',
    rank: 0,
    cell: (row) => formatBeside(row.observed, limitsOf(row.relation), row.unit),
    style: (row) => (row.status === 'fail' ? 'red' : undefined),
  },
  {
    head: 'NOTE',
    align: 'left',
    rank: 0,
    cell: (row) => row.reason ?? (row.close ? `close ${formatInterval(row.interval, row.unit) ?? ''}` : ''),
  },
];

/** More SLOs than this, and those that were met are only counted. */
const MOST_SLOS = 30;

const sloLines = ({ slos }: ReportView, screen: Console): readonly string[] => {
  if (slos.length <= MOST_SLOS) return terminalTable(SLO_COLUMNS, slos, screen);
  const open = slos.filter((each) => each.status !== 'pass');
  const met = `  ${screen.paint('green', SIGNS.pass)}  ${formatCount(slos.length - open.length)} met`;
  return [...terminalTable(SLO_COLUMNS, open, screen), met];
};

const scenarioColumns = (rows: readonly ScenarioView[]): readonly TerminalColumn<ScenarioView>[] => {
  const number = (head: string, rank: number, cell: (row: ScenarioView) => string): TerminalColumn<ScenarioView> => ({
    head,
    align: 'right',
    rank,
    cell,
  });
  const streams = rows.some((row) => row.metrics.ttft !== undefined);
  return [
    { head: 'SCENARIO', align: 'left', rank: 0, cell: (row) => row.name },
    number('REQUESTS', 2, (row) => formatCount(row.requests)),
    number('OK', 3, (row) => formatCount(row.counts.ok)),
    ...(rows.some((row) => row.counts.throttled > 0)
      ? [number('THROTTLED', 6, (row) => formatCount(row.counts.throttled))]
      : []),
    {
      ...number('ERRORS', 0, (row) =>
        row.errors === 0 ? '0' : `${formatCount(row.errors)} (${formatShare(row.errorShare, 2)})`,
      ),
      style: (row) => (row.errors === 0 ? undefined : 'red'),
    },
    ...(rows.some((row) => row.dropped > 0) ? [number('DROPPED', 7, (row) => formatCount(row.dropped))] : []),
    number('P50', 4, (row) => formatMicros(row.metrics.latency?.p50)),
    number('P95', 0, (row) => formatMicros(row.metrics.latency?.p95)),
    number('P99', 4, (row) => formatMicros(row.metrics.latency?.p99)),
    ...(streams ? [number('TTFT P95', 1, (row) => formatMicros(row.metrics.ttft?.p95))] : []),
    ...(rows.some((row) => row.metrics.overhead !== undefined)
      ? [number('OVERHEAD P95', 5, (row) => formatMicros(row.metrics.overhead?.p95))]
      : []),
    number('OK/S', 5, (row) => formatRate(row.throughput)),
  ];
};

const kneeLines = ({ report }: ReportView): readonly string[] =>
  report.verdict.knees.map(({ scenario, rate }) => {
    const found = rate === undefined ? 'not even the first step met its SLOs' : `${formatRate(rate)} met its SLOs`;
    return `  capacity of ${cleanText(scenario)}: ${found}`;
  });

const failureText = ({ errorClass, status, detail, count, requestId }: FailureGroup): string =>
  `${formatCount(count)} × ${errorClass}${status === undefined ? '' : ` (HTTP ${status})`}: ${cleanText(detail)}${
    requestId === undefined ? '' : ` (request ${cleanText(requestId)})`
  }`;

const failureLines = ({ scenarios }: ReportView): readonly string[] =>
  scenarios.flatMap(({ name, failures }) => failures.map((failure) => `  ${cleanText(name)}: ${failureText(failure)}`));

const generatorLine = ({ generator, report: { run } }: ReportView): string => {
  const { problems, lag, floor } = generator;
  const state =
    problems.length === 0
      ? 'Generator healthy; released'
      : `${cleanText(problems.join(' '), LONGEST.sentence)} Released`;
  const late = lag === undefined ? DASH : `p99 ${formatMicros(lag.p99)}`;
  const own =
    floor?.latency === undefined
      ? ''
      : `; own floor p50 ${formatMicros(floor.latency.p50)}, p99 ${formatMicros(floor.latency.p99)}`;
  return `${state} late by ${late}${own}. ${formatCount(run.used.requests)} of at most ${formatCount(run.bounds.requests)} requests sent.`;
};
