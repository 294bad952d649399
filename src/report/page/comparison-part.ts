import type { RegressionFinding } from '../../model/verdict.ts';
import { needs, strengthWord } from '../change-lines.ts';
import { LONGEST } from '../clean-text.ts';
import { byImportance, isDrift, isImprovement } from '../finding-order.ts';
import { driftWords, metricWords } from '../metric-text.ts';
import { formatChange, formatChangeInterval, formatQuantity, formatTally } from '../number-text.ts';
import type { ReportView } from '../report-view.ts';
import { forestAxis, forestRow, forestScale } from './forest.ts';
import { type Html, html, line, NOTHING, name } from './html.ts';
import { scenarioLink } from './scenario-link.ts';
import { statusPill } from './status.ts';
import { type Column, folded, table } from './table.ts';

/** Rows that stand open; of more, those in which nothing moved are folded. */
const OPEN = 16;

/** What the row says in a word: a regression that cannot fail the gate is not painted as one that can. */
const verdictCell = (finding: RegressionFinding): Html => {
  if (finding.status === 'fail')
    return finding.gating ? statusPill('fail', 'worse') : statusPill('invalid', 'advisory');
  if (isImprovement(finding) && !isDrift(finding)) return statusPill('pass', 'better');
  return finding.status === 'pass'
    ? html`<span class="quiet">${strengthWord(finding) || 'no change'}</span>`
    : statusPill(finding.status);
};

/** Why it is undecided, and what would decide it. */
const note = (finding: RegressionFinding): Html => {
  const parts = [finding.reason ?? '', needs(finding)].filter((part) => part !== '');
  return parts.length === 0 ? NOTHING : html`<small>${line(parts.join('; '), LONGEST.sentence)}</small>`;
};

const columnsFor = (view: ReportView): readonly Column<RegressionFinding>[] => {
  const { all } = view.changes;
  const scale = forestScale(all);
  return [
    { head: 'Verdict', cell: verdictCell },
    { head: 'Scenario', cell: (row) => scenarioLink(row.scenario, view) },
    {
      head: 'Tenant',
      shown: all.some((row) => row.tenant !== undefined),
      cell: (row) => (row.tenant ? name(row.tenant) : ''),
    },
    {
      head: 'Measure',
      names: true,
      cell: (row) => html`${name(metricWords(row.metric))}${driftWords(row)}${note(row)}`,
    },
    { head: 'Change', numeric: true, cell: (row) => html`<strong>${formatChange(row.change, row.unit)}</strong>` },
    {
      head: html`<span class="hidden">Change and interval, drawn</span>${forestAxis(scale, all)}`,
      cell: (row) => forestRow(row, scale),
    },
    { head: 'Interval', numeric: true, cell: (row) => formatChangeInterval(row.interval, row.unit) ?? '' },
    { head: 'Baseline', numeric: true, cell: (row) => formatQuantity(row.baseline, row.unit) },
    { head: 'Now', numeric: true, cell: (row) => formatQuantity(row.candidate, row.unit) },
    { head: 'Finds from', numeric: true, cell: (row) => formatChange(row.detectable, row.unit) },
  ];
};

/** What the run was compared with, and every comparison with its interval. */
export const comparisonPart = (view: ReportView): Html => {
  const rows = [...view.changes.all].sort(byImportance);
  const open = rows.length <= OPEN ? rows : rows.filter((row) => row.status !== 'pass' || isImprovement(row));
  const rest = rows.filter((row) => !open.includes(row));
  const columns = columnsFor(view);
  return html`
<section id="changes" aria-labelledby="changes-title"><h2 id="changes-title">Against the baseline</h2>
<p>${line(view.baseline, LONGEST.sentence)}</p>
${rows.length === 0 ? NOTHING : html`<p class="hint">A point is the change, the line its confidence interval. Changes within the shaded band are missed by more than one in five such comparisons.</p>`}
${table('Comparison with the baseline', columns, open)}${folded(`${formatTally(rest.length, 'comparison')} without a change`, table('Comparisons without a change', columns, rest))}</section>`;
};
