import { cleanText } from './clean-text.ts';

/** Blue for this run, grey for the baseline: both can be told from white and from black. */
export const CHART_COLOURS = { now: '#2f81f7', baseline: '#8c959f' } as const;

/**
 * The lines with which every chart for Mermaid 10.5 and later begins: colours by the order of the series, as wide as a phone shows it,
 * so that its texts are not scaled down. An `init` line that a page ignores costs only the size and the colours.
 */
export const chartHead = (title: string, palette: readonly string[]): readonly string[] => {
  const look = {
    xyChart: { width: 480, height: 300, titleFontSize: 14 },
    themeVariables: { xyChart: { plotColorPalette: palette.join(', ') } },
  };
  return [`%%{init: ${JSON.stringify(look)}}%%`, 'xychart-beta', `title "${title}"`];
};

/** Mermaid reads no exponents. */
export const decimal = (value: number): string => String(Number(value.toFixed(3)));

/** Letters, digits and harmless marks of a name: a quotation mark ends a text in Mermaid, and nothing escapes it everywhere. */
export const chartText = (name: string): string => {
  const kept = cleanText(name.replace(/[^\p{L}\p{N} ._/()-]/gu, ' '), 30);
  return kept === '' ? 'scenario' : kept;
};
