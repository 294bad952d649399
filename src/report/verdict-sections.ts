import type { BaselineState, RegressionFinding, SloFinding } from '../model/verdict.ts';
import {
  changeIcon,
  changeLine,
  strengthWord,
  undecidedLine,
  undecidedTally,
  unmovedLine,
  unmovedTally,
} from './change-lines.ts';
import { reasonSentence } from './headline.ts';
import { codeSpan, commentMarker, escapeMarkdown, escapeName, escapeSentence } from './markdown-escape.ts';
import { type Column, folded, markdownTable } from './markdown-table.ts';
import { regressionWords } from './metric-text.ts';
import {
  formatBeside,
  formatChange,
  formatChangeInterval,
  formatInterval,
  formatQuantity,
  limitsOf,
} from './number-text.ts';
import type { ReportView } from './report-view.ts';
import type { Section } from './section.ts';
import { ICONS, OVERRIDDEN } from './status-text.ts';

/** Rows and lines that stand open; what is more is folded or counted. */
const OPEN = { reasons: 5, changes: 8, unmoved: 4, slos: 12 } as const;

const more = (total: number, shown: number): string[] => (total > shown ? [`- … and ${total - shown} more`] : []);

/** The marker, the verdict with its number, the facts, and what else has to be known before any number is believed. */
export const headSection = (view: ReportView): Section => {
  const head = [
    commentMarker(view.report.key),
    `${view.report.override === undefined ? ICONS[view.status] : OVERRIDDEN} **${escapeName(view.title)}: ${view.statusText}** — ${escapeSentence(view.headline)}`,
  ].join('\n');
  const facts = escapeSentence(view.facts.join(' · '));
  const notes = view.notes.slice(0, OPEN.reasons).map((note) => `> ⚠️ ${escapeSentence(note)}`);
  const reasons = view.reasons
    .slice(0, OPEN.reasons)
    .map((reason) => `- ${ICONS[reason.status]} ${escapeSentence(reasonSentence(reason))}`);
  const full = [
    head,
    facts,
    notes.join('\n>\n'),
    [...reasons, ...more(view.reasons.length, OPEN.reasons)].join('\n'),
  ].filter((part) => part !== '');
  return { title: 'reasons', rank: 0, variants: [full.join('\n\n'), `${head}\n\n${facts}`, head] };
};

/** Something is stored, and could not be compared with. */
const WARNED: ReadonlySet<BaselineState['kind']> = new Set(['untrusted', 'unreadable', 'not-comparable']);

/** What got worse or better than the baseline, and what the baseline is. */
export const changesSection = ({ baseline, changes, report }: ReportView): Section => {
  const told = [...changes.failing, ...changes.notable];
  const open = changes.undecided.filter(({ gating }) => gating);
  const rest = changes.undecided.filter(({ gating }) => !gating);
  const lines = [
    ...shown(told, changeLine),
    ...shown(open, undecidedLine),
    ...(changes.unmoved.length > OPEN.unmoved ? [unmovedTally(changes.unmoved)] : changes.unmoved.map(unmovedLine)),
    ...(rest.length === 0 ? [] : [undecidedTally(rest)]),
  ];
  if (lines.length === 0 && changes.all.length > 0)
    lines.push(`- ✅ Nothing moved beyond the noise (${changes.all.length} compared).`);
  const { kind } = report.verdict.baseline;
  const said = `${WARNED.has(kind) ? '⚠️ ' : ''}${escapeSentence(baseline)}`;
  const full = `### Against the baseline\n\n${said}\n\n${lines.join('\n')}`;
  return { title: 'changes', rank: 1, variants: lines.length === 0 ? [said] : [full, said] };
};

/** The first ones, and how many more there are. */
const shown = (rows: readonly RegressionFinding[], line: (row: RegressionFinding) => string): readonly string[] => [
  ...rows.slice(0, OPEN.changes).map(line),
  ...more(rows.length, OPEN.changes),
];

const observedCell = (finding: SloFinding): string => {
  const { observed, unit, reason } = finding;
  if (observed === undefined) return escapeMarkdown(reason ?? '');
  const value = formatBeside(observed, limitsOf(finding.relation), unit);
  const interval = finding.status === 'fail' || finding.close ? formatInterval(finding.interval, unit) : undefined;
  return [
    finding.status === 'fail' ? `**${value}**` : value,
    ...(interval === undefined ? [] : [interval]),
    ...(finding.close ? ['· close'] : []),
    ...(reason === undefined ? [] : [`· ${escapeMarkdown(reason)}`]),
  ].join(' ');
};

/** Two columns: on a phone the number has to be seen without scrolling. */
const SLO_COLUMNS: readonly Column<SloFinding>[] = [
  { head: 'SLO', cell: (row) => `${ICONS[row.status]} ${escapeName(row.scenario)} ${codeSpan(row.text)}` },
  { head: 'Observed', cell: observedCell },
];

/** The SLOs, those that need a reader first; many that were met are folded. */
export const slosSection = ({ slos }: ReportView): Section => {
  if (slos.length === 0) return { title: 'SLOs', rank: 2, variants: [] };
  const open = slos.length <= OPEN.slos ? slos : slos.filter((row) => row.status !== 'pass');
  const rest = slos.filter((row) => !open.includes(row));
  const table = markdownTable(SLO_COLUMNS, open);
  const metTitle = `${rest.length} ${open.length === 0 ? '' : 'more '}SLOs met`;
  const met = rest.length === 0 ? '' : folded(metTitle, markdownTable(SLO_COLUMNS, rest));
  const first = markdownTable(SLO_COLUMNS, slos.slice(0, OPEN.slos));
  const count = slos.length > OPEN.slos ? [`… and ${slos.length - OPEN.slos} more SLOs.`] : [];
  const titled = (...parts: string[]): string => ['### SLOs', ...parts].filter((part) => part !== '').join('\n\n');
  return { title: 'SLOs', rank: 2, variants: [titled(table, met), titled(first, ...count)] };
};

const comparisonColumns = (rows: readonly RegressionFinding[]): readonly Column<RegressionFinding>[] => [
  { head: '', cell: changeIcon },
  { head: 'Compared', cell: (row) => escapeSentence(regressionWords(row)) },
  { head: 'Baseline', align: 'right', cell: (row) => formatQuantity(row.baseline, row.unit) },
  { head: 'Now', align: 'right', cell: (row) => formatQuantity(row.candidate, row.unit) },
  { head: 'Change', align: 'right', cell: (row) => formatChange(row.change, row.unit) },
  { head: 'Interval', cell: (row) => formatChangeInterval(row.interval, row.unit) ?? '' },
  { head: 'Seen', cell: strengthWord },
  { head: 'Finds from', align: 'right', cell: (row) => formatChange(row.detectable, row.unit) },
  { head: 'Note', shown: rows.some(({ gating }) => !gating), cell: ({ gating }) => (gating ? '' : 'advisory') },
];

/** What there is to say about a comparison: below the table, where it has the width of the page. */
const remarkLine = (row: RegressionFinding): readonly string[] =>
  row.reason === undefined
    ? []
    : [`- ${changeIcon(row)} ${escapeSentence(regressionWords(row))}: ${escapeSentence(row.reason)}`];

/** Every comparison with its interval and what it could have seen. */
export const comparisonBody = ({ changes: { all } }: ReportView): string =>
  [markdownTable(comparisonColumns(all), all), all.flatMap(remarkLine).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
