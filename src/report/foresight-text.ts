import { formatDuration } from '../config/quantities.ts';
import type { Bounds } from '../model/plan.ts';
import { micros } from '../model/units.ts';
import type { Foresight } from '../verdict/foresee.ts';
import { DASH, formatChange, formatCount, formatQuantity, formatSpan } from './number-text.ts';
import { painter } from './terminal-style.ts';
import { type TerminalColumn, terminalTable } from './terminal-table.ts';

/** What was foreseen, and from what. */
export interface ForesightView {
  readonly foresights: readonly Foresight[];
  /** Such as `from 600 requests of run.json`. */
  readonly source: string;
  readonly pairs: number;
  readonly bounds: Bounds;
}

const COLUMNS: readonly TerminalColumn<Foresight>[] = [
  { head: 'scenario', align: 'left', rank: 0, cell: ({ scenario }) => scenario },
  { head: 'metric', align: 'left', rank: 0, cell: ({ metric }) => metric },
  { head: 'seen', align: 'right', rank: 1, cell: ({ value, unit }) => formatQuantity(value, unit) },
  { head: 'finds from', align: 'right', rank: 0, cell: ({ detectable, unit }) => formatChange(detectable, unit) },
  { head: 'matters from', align: 'right', rank: 0, cell: ({ matters, unit }) => formatChange(matters, unit) },
  { head: 'which takes', align: 'left', rank: 0, cell: (row) => neededInWords(row) },
];

/** The table of `gatemark plan`, for a terminal of that width. */
export const renderForesights = (
  { foresights, source, pairs, bounds }: ForesightView,
  { color, width }: { readonly color: boolean; readonly width: number },
): string => {
  const limits = `${formatCount(bounds.requests)} requests and ${formatDuration(bounds.duration)}`;
  const head = `What a comparison side by side in ${pairs} pairs of blocks could find within ${limits}, ${source}:`;
  const gaps = foresights.flatMap(({ scenario, metric, reason }) =>
    reason === undefined ? [] : [`  ${scenario} ${metric}: not known: ${reason}`],
  );
  const table = terminalTable(
    COLUMNS,
    foresights.filter(({ reason }) => reason === undefined),
    { paint: painter(color), width },
  );
  return `${[head, '', ...table, ...gaps, '', EXPLANATION].join('\n')}\n`;
};

const EXPLANATION =
  'finds from: the smallest change for the worse that four of five such comparisons find. matters from: regression.min_change.\n' +
  'which takes: requests for each of both gateways, and for how long, until four of five find a change that matters; a longer\n' +
  'load.duration gives them, within limits.requests and limits.duration.';

const neededInWords = ({ needed, detectable, matters }: Foresight): string => {
  if (needed === undefined || detectable === undefined || matters === undefined) return DASH;
  const amount = `${formatCount(roughly(needed.requests))} requests, ${formatSpan(micros(needed.duration))} each`;
  return detectable <= matters ? `${amount} (planned)` : amount;
};

/** Two digits: it is an estimate. */
const roughly = (count: number): number => Number(count.toPrecision(2));
