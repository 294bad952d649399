import { keepQuiet } from './noise.ts';
import type { Column, Row, Section } from './section.ts';

/** The middle one, or the mean of the two middle ones; undefined of none. */
export const median = (values: readonly number[]): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** A Markdown table with the median of the quiet rounds in each cell and their range behind it. */
export const renderSection = (
  section: Pick<Section, 'title' | 'subject' | 'columns'>,
  rows: readonly Row[],
): string => {
  const head = [section.subject, ...section.columns.map((column) => column.title), 'rounds'];
  const lines = rows.map((row) => [
    row.name,
    ...section.columns.map((column) => renderCell(column, row, rows)),
    renderRounds(row),
  ]);
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  const table = [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `### ${section.title}\n\n${table}\n`;
};

const renderCell = (column: Column, row: Row, rows: readonly Row[]): string => {
  if (column.ratio !== undefined) {
    const { of, row: reference } = column.ratio;
    const against = rows.find((each) => each.name === reference);
    const [own, other] = [median(valuesOf(row, of)), against && median(valuesOf(against, of))];
    return own === undefined || !other ? '–' : (own / other).toFixed(column.digits);
  }
  const values = valuesOf(row, column.key);
  const middle = median(values);
  if (middle === undefined) return '–';
  const text = (value: number): string => group(value.toFixed(column.digits));
  const [low, high] = [text(Math.min(...values)), text(Math.max(...values))];
  return low === high ? text(middle) : `${text(middle)} (${low}–${high})`;
};

const valuesOf = (row: Row, key: string): number[] =>
  keepQuiet(row.measurements).kept.flatMap(({ values }) => {
    const value = values[key];
    return value === undefined || Number.isNaN(value) ? [] : [value];
  });

/** Quiet ones of all; marked where there was no quiet one, and the numbers are those of noisy rounds. */
const renderRounds = ({ measurements }: Row): string => {
  const { kept, allNoisy } = keepQuiet(measurements);
  return allNoisy ? `0 of ${measurements.length}, noisy` : `${kept.length} of ${measurements.length}`;
};

/** Thousands apart. */
const group = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

/** The page with `text` between the markers `<!-- bench:KEY -->` and `<!-- /bench:KEY -->`. Throws where they are missing. */
export const putBetweenMarkers = (page: string, key: string, text: string): string => {
  const start = `<!-- bench:${key} -->`;
  const [from, to] = [page.indexOf(start), page.indexOf(`<!-- /bench:${key} -->`)];
  if (from < 0 || to < from) throw new Error(`the page has no ${start} with its end`);
  return `${page.slice(0, from + start.length)}\n\n${text.trim()}\n\n${page.slice(to)}`;
};
