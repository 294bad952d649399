/** One column of a table: its head, which way it is set, and what it shows of a row (markdown, already escaped). */
export interface Column<Row> {
  readonly head: string;
  readonly align?: 'right';
  /** False leaves the column out. */
  readonly shown?: boolean;
  cell(row: Row): string;
}

/** A GFM table, or the empty string when there is no row. Cells hold no raw pipe and no newline: their text went through `escapeMarkdown`. */
export const markdownTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string => {
  if (rows.length === 0) return '';
  const shown = columns.filter((column) => column.shown !== false);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(shown.map((column) => column.head)),
    line(shown.map((column) => (column.align === 'right' ? '---:' : '---'))),
    ...rows.map((row) => line(shown.map((column) => cellOf(column, row)))),
  ].join('\n');
};

/** Numbers keep their unit beside them, however narrow the page: no-break spaces. */
const cellOf = <Row>({ align, cell }: Column<Row>, row: Row): string =>
  align === 'right' ? cell(row).replaceAll(' ', '\u00a0') : cell(row);

/** A folded part. The title is our own words, and plain text. */
export const folded = (title: string, body: string, open = false): string =>
  `<details${open ? ' open' : ''}><summary>${title}</summary>\n\n${body}\n\n</details>`;
