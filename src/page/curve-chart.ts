import type uPlot from 'uplot';
import { formatMicros } from '../report/number-text.ts';
import type { CurvePair } from '../report/page/page-model.ts';
import { axis, leftAxis, logRange, logTimeAxis } from './axes.ts';
import type { ChartContext } from './chart-context.ts';
import { drawPlot, lineSeries } from './plot.ts';

/** Percentiles that the axis names, as shares. */
const NAMED = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999];

const nines = (share: number): number => -Math.log10(1 - share);

/** Where the axis starts: what is faster than almost all others is no concern, and would flatten the rest. */
const FIRST = nines(0.1);

/** `p95`, `p99.9`, with as many digits as the nines need. */
const percentile = (place: number): string => {
  const digits = place < 1 ? 0 : place < 2 ? 1 : Math.ceil(place - 0.01) - 1;
  const text = (100 * (1 - 10 ** -place)).toFixed(digits);
  return `p${digits === 0 ? text : text.replace(/\.?0+$/, '')}`;
};

/** A percentile curve beside the baseline's: one nine takes as much room as the next, times are logarithmic. */
export const drawCurve = (context: ChartContext, pair: CurvePair): readonly uPlot[] => {
  const { colours, scale, model } = context;
  const { places, now, before } = aligned(pair);
  const last = places.at(-1)!;
  return [
    drawPlot(
      context,
      {
        height: 342,
        series: [
          {},
          lineSeries(context, colours.before, { dash: [6 * scale, 4 * scale] }),
          lineSeries(context, colours.now, { width: 2.5 * scale }),
        ],
        scales: { x: { time: false, range: () => [FIRST, Math.max(last, 1)] }, y: logRange([...now, ...before]) },
        axes: [percentileAxis(context), logTimeAxis(context)],
        say: (index) => {
          const old = before[index];
          const beside = model.baseline === undefined || old == null ? '' : `, baseline ${formatMicros(old)}`;
          return `${percentile(places[index]!)}: ${formatMicros(now[index] ?? undefined)}${beside}`;
        },
      },
      [places, before, now],
    ),
  ];
};

/** The same, small: one of many beside each other, on a scale that they share. */
export const drawSmallCurve = (context: ChartContext, all: readonly CurvePair[]): readonly uPlot[] => {
  const { colours, scale } = context;
  const { places, now, before } = aligned(all[context.item]!);
  const everything = all.map(aligned).flatMap(({ now: a, before: b }) => [...a, ...b]);
  const furthest = Math.max(1, ...all.map((each) => (each.now.us.length - 1) * each.now.step));
  const font = `${10 * scale}px system-ui, sans-serif`;
  return [
    drawPlot(
      context,
      {
        height: 120,
        padding: [6 * scale, 8 * scale, 0, 0],
        series: [
          {},
          lineSeries(context, colours.before, { width: 1.5 * scale, dash: [4 * scale, 3 * scale] }),
          lineSeries(context, colours.now),
        ],
        scales: { x: { time: false, range: () => [FIRST, furthest] }, y: logRange(everything) },
        axes: [
          percentileAxis(context, { font, size: 20 * scale, space: 40 * scale }),
          leftAxis(context, { ...logTimeAxis(context), font, size: 48 * scale }),
        ],
      },
      [places, before, now],
    ),
  ];
};

const percentileAxis = (context: ChartContext, more: uPlot.Axis = {}): uPlot.Axis =>
  axis(context, {
    splits: (plot, _, min, max) => {
      const least = (30 * context.scale * (max - min)) / (plot.width || 1);
      const kept: number[] = [];
      for (const place of NAMED.map(nines))
        if (place >= min && place <= max && place - (kept.at(-1) ?? Number.NEGATIVE_INFINITY) > least * 1.4)
          kept.push(place);
      return kept;
    },
    filter: (_, splits) => splits,
    values: (_, splits) => splits.map(percentile),
    ...more,
  });

/** Both curves on one grid, which is that of the longer one. */
const aligned = ({ now, before }: CurvePair) => {
  const first = Math.ceil(FIRST / now.step);
  const length = Math.max(1, Math.max(now.us.length, before?.us.length ?? 0) - first);
  const column = (us: readonly number[] | undefined): (number | null)[] =>
    Array.from({ length }, (_, index) => us?.[first + index] ?? null);
  return {
    places: Array.from({ length }, (_, index) => (first + index) * now.step),
    now: column(now.us),
    before: column(before?.us),
  };
};
