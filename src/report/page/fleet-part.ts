import { DASH, formatCount, formatMicros, formatShare } from '../number-text.ts';
import type { ReportView } from '../report-view.ts';
import { type Html, html, NOTHING, name } from './html.ts';
import { table } from './table.ts';

/** Which shares of the load the run was added up of, and what each region saw; nothing for a run that was not. */
export const fleetPart = ({ fleet }: ReportView): Html => {
  if (fleet === undefined) return NOTHING;
  const regions = table<(typeof fleet.regions)[number]>(
    'Regions',
    [
      { head: 'Scenario', names: true, cell: (row) => name(row.scenario) },
      { head: 'Region', cell: (row) => (row.region === undefined ? DASH : name(row.region)) },
      { head: 'Shares', numeric: true, cell: (row) => formatCount(row.shares) },
      { head: 'Requests', numeric: true, cell: (row) => formatCount(row.requests) },
      { head: 'p50', numeric: true, cell: (row) => formatMicros(row.metrics.latency?.p50) },
      { head: 'p95', numeric: true, cell: (row) => formatMicros(row.metrics.latency?.p95) },
      { head: 'Errors', numeric: true, cell: (row) => formatShare(row.errorShare, 2) },
    ],
    fleet.regions,
  );
  return html`
<section id="fleet" aria-labelledby="fleet-title"><h2 id="fleet-title">Fleet</h2>
<p>${fleet.sentence}</p>${regions}</section>`;
};
