import type uPlot from 'uplot';
import { formatMicros, formatRate } from '../report/number-text.ts';
import type { HeatMap, Timeline } from '../report/page/page-model.ts';
import { axis, fromZero, leftAxis, logScale, logTimeAxis } from './axes.ts';
import type { ChartContext } from './chart-context.ts';
import { ramp } from './colours.ts';
import { barSeries, clipped, drawPlot, lineSeries, stacked } from './plot.ts';

const SHADES = 12;

/** Three charts with one axis of time: response times, what became of the requests, and how late they were released. */
export const drawTimeline = (context: ChartContext, timeline: Timeline): readonly uPlot[] => {
  const sync = `timeline-${timelines++}`;
  const middles = timeline.start.map((start, column) => start + timeline.seconds[column]! / 2);
  const parts = { context, timeline, sync, middles, say: (column: number) => columnText(timeline, column) };
  return [
    ...(timeline.heat === undefined ? [] : [heatPlot({ ...parts, heat: timeline.heat })]),
    outcomePlot(parts),
    lagPlot(parts),
  ];
};

/** Makes each timeline's shared cursor its own. */
let timelines = 0;

interface Parts {
  readonly context: ChartContext;
  readonly timeline: Timeline;
  readonly sync: string;
  readonly middles: number[];
  readonly say: (column: number) => string;
}

const columnText = (timeline: Timeline, column: number): string => {
  const rate = (counts: readonly number[]): string =>
    formatRate(counts[column]! / Math.max(timeline.measured[column]!, 0.001));
  const time = (values: readonly (number | null)[]): string => formatMicros(values[column] ?? undefined);
  const { ok, throttled, errors, dropped } = timeline;
  const never = dropped[column]! > 0 ? `, never sent ${rate(dropped)}` : '';
  return `${timeline.start[column]!.toFixed(1)} s: p50 ${time(timeline.p50)}, p95 ${time(timeline.p95)} · OK ${rate(ok)}, throttled ${rate(throttled)}, errors ${rate(errors)}${never} · late by ${time(timeline.lag)}`;
};

/** The whole span of the columns, so that none is cut at its middle. */
const timeScale = ({ start, seconds }: Timeline): uPlot.Scale => ({
  time: false,
  range: () => [start[0]!, start.at(-1)! + Math.max(seconds.at(-1)!, 0.001)],
});

/** An axis of time that only the lowest chart labels. */
const timeAxis = (context: ChartContext, labelled: boolean): uPlot.Axis =>
  axis(context, {
    values: (_, splits) => splits.map((split) => (labelled ? `${split} s` : '')),
    ...(labelled ? {} : { size: 6 * context.scale }),
  });

const heatPlot = ({ context, timeline, sync, middles, say, heat }: Parts & { readonly heat: HeatMap }): uPlot => {
  const { colours, scale } = context;
  return drawPlot(
    context,
    {
      height: 190,
      sync,
      say,
      series: [
        {},
        lineSeries(context, colours.line, { width: 1.5 * scale }),
        lineSeries(context, colours.line, { width: 1.5 * scale, dash: [5 * scale, 3 * scale] }),
      ],
      scales: { x: timeScale(timeline), y: logScale(heat.low, heat.low * heat.ratio ** heat.rows) },
      axes: [{ ...timeAxis(context, false), grid: { show: false } }, logTimeAxis(context, { grid: { show: false } })],
      below: (plot) =>
        drawHeat(plot, { timeline, heat, shades: ramp(colours['heat-low'], colours['heat-high'], SHADES) }),
    },
    [middles, timeline.p50 as (number | null)[], timeline.p95 as (number | null)[]],
  );
};

/** One rectangle for each cell with a request in it; the shade follows the root of the count, so that single outliers are seen. */
const drawHeat = (
  plot: uPlot,
  {
    timeline,
    heat,
    shades,
  }: { readonly timeline: Timeline; readonly heat: HeatMap; readonly shades: readonly string[] },
): void => {
  const most = Math.sqrt(Math.max(1, ...heat.counts));
  const edges = Array.from({ length: heat.rows + 1 }, (_, row) =>
    Math.round(plot.valToPos(heat.low * heat.ratio ** row, 'y', true)),
  );
  clipped(plot, (ctx) => {
    timeline.start.forEach((start, column) => {
      const left = Math.round(plot.valToPos(start, 'x', true));
      const right = Math.round(plot.valToPos(start + timeline.seconds[column]!, 'x', true));
      for (let row = 0; row < heat.rows; row++) {
        const count = heat.counts[column * heat.rows + row]!;
        if (count === 0) continue;
        ctx.fillStyle = shades[Math.ceil((Math.sqrt(count) / most) * (shades.length - 1))]!;
        ctx.fillRect(left, edges[row + 1]!, Math.max(1, right - left), edges[row]! - edges[row + 1]!);
      }
    });
  });
};

const outcomePlot = ({ context, timeline, sync, middles, say }: Parts): uPlot => {
  const { colours } = context;
  const rates = (counts: readonly number[]): number[] =>
    counts.map((count, column) => count / Math.max(timeline.measured[column]!, 0.001));
  const layers = stacked([timeline.ok, timeline.throttled, timeline.errors, timeline.dropped].map(rates));
  return drawPlot(
    context,
    {
      height: 110,
      sync,
      say,
      series: [{}, ...[colours.dropped, colours.error, colours.throttled, colours.ok].map(barSeries)],
      scales: { x: timeScale(timeline), y: fromZero(layers.flat()) },
      axes: [
        timeAxis(context, false),
        leftAxis(context, { values: (_, splits) => splits.map((split) => formatRate(split)) }),
      ],
    },
    [middles, ...layers],
  );
};

const lagPlot = ({ context, timeline, sync, middles, say }: Parts): uPlot =>
  drawPlot(
    context,
    {
      height: 92,
      sync,
      say,
      series: [{}, lineSeries(context, context.colours.quiet, { width: 1.5 * context.scale })],
      scales: { x: timeScale(timeline), y: fromZero(timeline.lag) },
      axes: [
        timeAxis(context, true),
        leftAxis(context, { values: (_, splits) => splits.map((split) => formatMicros(split)) }),
      ],
    },
    [middles, timeline.lag as (number | null)[]],
  );
