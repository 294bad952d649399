import type { SloFinding } from '../../model/verdict.ts';
import { formatBeside, formatCount, formatInterval, formatTally, limitsOf } from '../number-text.ts';
import type { ReportView } from '../report-view.ts';
import { type Html, html, line, NOTHING } from './html.ts';
import { scenarioLink } from './scenario-link.ts';
import { statusPill } from './status.ts';
import { type Column, folded, table } from './table.ts';

/** Rows that stand open; of more, those that were met are folded. */
const OPEN = 12;

const note = ({ close, reason }: SloFinding): string =>
  [...(close ? ['close: the interval lies across the limit'] : []), ...(reason === undefined ? [] : [reason])].join(
    '; ',
  );

/** The SLOs, those that need a reader first. */
export const slosPart = (view: ReportView): Html => {
  const { slos } = view;
  if (slos.length === 0) return NOTHING;
  const open = slos.length <= OPEN ? slos : slos.filter((row) => row.status !== 'pass');
  const met = slos.filter((row) => !open.includes(row));
  const columns: readonly Column<SloFinding>[] = [
    { head: 'Verdict', cell: (row) => statusPill(row.status) },
    { head: 'Scenario', cell: (row) => scenarioLink(row.scenario, view) },
    { head: 'SLO', names: true, cell: (row) => html`<code>${line(row.text)}</code>` },
    {
      head: 'Observed',
      numeric: true,
      cell: (row) => html`<strong>${formatBeside(row.observed, limitsOf(row.relation), row.unit)}</strong>`,
    },
    { head: 'Interval', numeric: true, cell: (row) => formatInterval(row.interval, row.unit) ?? '' },
    { head: 'Samples', numeric: true, cell: (row) => formatCount(row.samples) },
    { head: 'Note', shown: open.some((row) => note(row) !== ''), cell: (row) => (note(row) ? line(note(row)) : '') },
  ];
  return html`
<section id="slos" aria-labelledby="slos-title"><h2 id="slos-title">SLOs</h2>
${table('Every SLO', columns, open)}${folded(`${formatTally(met.length, 'SLO')} met`, table('SLOs that were met', columns, met), { open: open.length === 0 })}</section>`;
};
