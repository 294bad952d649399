import { escapeName } from './markdown-escape.ts';
import { markdownTable } from './markdown-table.ts';
import { DASH, formatCount, formatMicros, formatShare } from './number-text.ts';
import type { ReportView } from './report-view.ts';

/** Which shares of the load a run was added up of, and what each region saw; empty for a run that was not. */
export const fleetBody = ({ fleet }: ReportView): string => {
  if (fleet === undefined) return '';
  const table = markdownTable<(typeof fleet.regions)[number]>(
    [
      { head: 'Scenario', cell: (row) => escapeName(row.scenario) },
      { head: 'Region', cell: (row) => (row.region === undefined ? DASH : escapeName(row.region)) },
      { head: 'Shares', align: 'right', cell: (row) => formatCount(row.shares) },
      { head: 'Requests', align: 'right', cell: (row) => formatCount(row.requests) },
      { head: 'p50', align: 'right', cell: (row) => formatMicros(row.metrics.latency?.p50) },
      { head: 'p95', align: 'right', cell: (row) => formatMicros(row.metrics.latency?.p95) },
      { head: 'Errors', align: 'right', cell: (row) => formatShare(row.errorShare, 2) },
    ],
    fleet.regions,
  );
  return [fleet.sentence, table].filter((part) => part !== '').join('\n\n');
};
