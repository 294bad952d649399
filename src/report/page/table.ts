import { type Html, html, NOTHING } from './html.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly head: string | Html;
  /** Numbers stand at the right, in digits of one width. */
  readonly numeric?: boolean;
  /** False leaves the column out. */
  readonly shown?: boolean;
  /** The cell is what the row is about: a header of its row. */
  readonly names?: boolean;
  cell(row: Row): string | Html;
}

/** A table that scrolls by itself where the screen is narrow; its caption is for screen readers. No rows → nothing. */
export const table = <Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html => {
  if (rows.length === 0) return NOTHING;
  const shown = columns.filter((column) => column.shown !== false);
  const css = ({ numeric }: Column<Row>): Html => (numeric ? html` class="num"` : NOTHING);
  const heads = shown.map((column) => html`<th scope="col"${css(column)}>${column.head}</th>`);
  const cells = (row: Row): Html[] =>
    shown.map((column) =>
      column.names
        ? html`<th scope="row"${css(column)}>${column.cell(row)}</th>`
        : html`<td${css(column)}>${column.cell(row)}</td>`,
    );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody></table></div>`;
};

/** A part that is folded away until it is asked for, or printed; `open` shows it all the same. Nothing → nothing. */
export const folded = (title: string, body: Html, { open = false } = {}): Html =>
  body.parts.length === 0
    ? NOTHING
    : html`<details${open ? html` open` : NOTHING}><summary>${title}</summary>${body}</details>`;
