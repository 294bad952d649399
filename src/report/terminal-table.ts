import { cleanText } from './clean-text.ts';
import type { Painter, StyleName } from './terminal-style.ts';
import { cutToWidth, displayWidth, padToWidth } from './terminal-style.ts';

/** One column of a console table. */
export interface TerminalColumn<Row> {
  readonly head: string;
  readonly align: 'left' | 'right';
  /** 0 stays; where the console is too narrow, the highest goes first. */
  readonly rank: number;
  cell(row: Row): string;
  /** How the cell is painted; undefined = plainly. */
  style?(row: Row): StyleName | undefined;
}

/** The console to write for. */
export interface Console {
  readonly paint: Painter;
  readonly width: number;
}

const GAP = 2;
/** A column of names never takes more than this, however wide the console is. */
const WIDEST = 60;
/** Nor is any column cut below this. */
const NARROWEST = 6;

/**
 * The lines of an aligned table, indented by two columns; no row → no line. Where the console is too narrow, columns are
 * left out by rank, and of those that stay the widest are cut.
 */
export const terminalTable = <Row>(
  columns: readonly TerminalColumn<Row>[],
  rows: readonly Row[],
  { paint, width }: Console,
): readonly string[] => {
  if (rows.length === 0) return [];
  const measured = columns.map((column) => {
    const cells = rows.map((row) => cleanText(column.cell(row)));
    return { column, cells, width: Math.min(WIDEST, Math.max(...[column.head, ...cells].map(displayWidth))) };
  });
  const fitting = dropUntilFits(measured, width);
  const line = (at: (each: (typeof measured)[number]) => string): string =>
    `  ${fitting.map(at).join(' '.repeat(GAP))}`.trimEnd();
  const head = line((each) => padToWidth(each.column.head, each.width, each.column.align));
  const body = rows.map((row, index) =>
    line((each) => {
      const text = padToWidth(each.cells[index]!, each.width, each.column.align);
      const style = each.column.style?.(row);
      return style === undefined ? text : paint(style, text);
    }),
  );
  return [paint('dim', cutToWidth(head, width)), ...body];
};

type Measured = { readonly column: { readonly rank: number }; readonly width: number };

const widthOf = (columns: readonly Measured[]): number => columns.reduce((sum, each) => sum + each.width + GAP, 0);

const dropUntilFits = <M extends Measured>(columns: readonly M[], width: number): readonly M[] => {
  if (widthOf(columns) <= width) return columns;
  const highest = Math.max(...columns.map((each) => each.column.rank));
  if (highest === 0) return cutUntilFits(columns, width);
  const victim = columns.findLast((each) => each.column.rank === highest);
  return dropUntilFits(
    columns.filter((each) => each !== victim),
    width,
  );
};

const cutUntilFits = <M extends Measured>(columns: readonly M[], width: number): readonly M[] => {
  const excess = widthOf(columns) - width;
  const widest = columns.reduce((most, each) => (each.width > most.width ? each : most));
  if (excess <= 0 || widest.width <= NARROWEST) return columns;
  const second = Math.max(NARROWEST, ...columns.filter((each) => each !== widest).map((each) => each.width));
  // Down to the second widest at once, then one column in turn: so the widest share what is missing.
  const next = Math.max(widest.width - excess, Math.min(second, widest.width - 1));
  return cutUntilFits(
    columns.map((each) => (each === widest ? { ...each, width: next } : each)),
    width,
  );
};
