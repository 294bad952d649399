import type uPlot from 'uplot';
import { formatMicros } from '../report/number-text.ts';
import type { ChartContext } from './chart-context.ts';

/** Room left of every plot, so that those below each other are aligned. */
const LEFT = 62;
const BOTTOM = 26;

/** An axis with its labels and a faint grid. */
export const axis = ({ colours, scale }: ChartContext, more: uPlot.Axis = {}): uPlot.Axis => ({
  stroke: colours.quiet,
  font: `${11 * scale}px system-ui, sans-serif`,
  grid: { stroke: colours.grid, width: scale },
  ticks: { show: false },
  gap: 6 * scale,
  size: BOTTOM * scale,
  space: 44 * scale,
  ...more,
});

/** The axis at the left. */
export const leftAxis = (context: ChartContext, more: uPlot.Axis = {}): uPlot.Axis =>
  axis(context, { side: 3, size: LEFT * context.scale, space: 28 * context.scale, ...more });

/** Steps of 1, 2 and 5 in each power of ten; finer ones where those would be fewer than three. */
const logSplits = (min: number, max: number): number[] => {
  for (const steps of [[1], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]]) {
    const found: number[] = [];
    for (let power = 10 ** Math.floor(Math.log10(min)); power <= max; power *= 10)
      for (const step of steps) if (step * power >= min && step * power <= max) found.push(step * power);
    if (found.length >= 3) return found;
  }
  return [min, max];
};

/** Times on a logarithmic axis: the labels of its splits, thinned where there is no room for all. */
export const logTimeAxis = (context: ChartContext, more: uPlot.Axis = {}): uPlot.Axis =>
  leftAxis(context, {
    splits: (_, __, min, max) => logSplits(min, max),
    filter: (_, splits) => splits,
    values: (_, splits) => splits.map((split) => formatMicros(split)),
    ...more,
  });

/** A logarithmic scale that ends where the values do, not at a power of ten. */
export const logScale = (low: number, high: number): uPlot.Scale => ({
  distr: 3,
  range: () => [Math.max(1, low), Math.max(high, low * 1.05)],
});

/** Lowest and highest of the values with a little room around them, for a logarithmic scale. None → one millisecond around. */
export const logRange = (values: readonly (number | null)[]): uPlot.Scale => {
  const known = values.filter((value): value is number => value !== null && value > 0);
  return known.length === 0 ? logScale(500, 1_500) : logScale(Math.min(...known) * 0.9, Math.max(...known) * 1.1);
};

/** A linear scale from 0 to the highest value. */
export const fromZero = (values: readonly (number | null)[]): uPlot.Scale => {
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  return { range: () => [0, highest === 0 ? 1 : highest * 1.08] };
};
