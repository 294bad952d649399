/** Select Graphic Rendition codes (ECMA-48, §8.3.117), as pairs of on and off. */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;
export type StyleName = keyof typeof STYLES;

/** Wraps a text in a style; the identity without colour. */
export type Painter = (style: StyleName, text: string) => string;

/** A painter for a terminal with or without colour. */
export const painter = (color: boolean): Painter =>
  color ? (style, text) => `\u001b[${STYLES[style][0]}m${text}\u001b[${STYLES[style][1]}m` : (_, text) => text;

/** East Asian wide and emoji ranges (Unicode TR 11), coarse: they take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const columnsOf = (character: string): number => (/\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** Columns that an unstyled text takes on a terminal. */
export const displayWidth = (text: string): number =>
  [...text].reduce((sum, character) => sum + columnsOf(character), 0);

/** An unstyled text cut to `width` columns, the last an ellipsis if something is missing. */
export const cutToWidth = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (displayWidth(cut) + columnsOf(character) > width - 1) break;
    cut += character;
  }
  return width < 1 ? '' : `${cut}…`;
};

/** An unstyled text, cut or filled with spaces to exactly `width` columns. */
export const padToWidth = (text: string, width: number, align: 'left' | 'right' = 'left'): string => {
  const cut = cutToWidth(text, width);
  const space = ' '.repeat(Math.max(0, width - displayWidth(cut)));
  return align === 'left' ? `${cut}${space}` : `${space}${cut}`;
};
