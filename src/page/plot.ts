import uPlot from 'uplot/dist/uPlot.esm.js';
import type { ChartContext } from './chart-context.ts';

/** What every chart has in common with the others, and what it has for itself. */
export interface PlotOptions {
  readonly height: number;
  readonly series: readonly uPlot.Series[];
  readonly scales: uPlot.Scales;
  readonly axes: readonly uPlot.Axis[];
  /** Charts with the same key share a cursor. */
  readonly sync?: string;
  /** What the cursor's place says. */
  readonly say?: (index: number) => string;
  /** Draws under the series. */
  readonly below?: (plot: uPlot) => void;
  readonly padding?: uPlot.Padding;
  /** Areas between two series. */
  readonly bands?: uPlot.Band[];
}

/** Draws a chart with the library. Its legend is ours, since the library's own is for the mouse alone. */
export const drawPlot = (context: ChartContext, options: PlotOptions, values: uPlot.AlignedData): uPlot => {
  const { plot, width, scale, tell } = context;
  const { height, say, sync, below } = options;
  return new uPlot(
    {
      width: width * scale,
      height: height * scale,
      legend: { show: false },
      padding: options.padding ?? [8 * scale, 12 * scale, 0, 0],
      cursor: {
        y: false,
        drag: { x: false, y: false, setScale: false },
        points: { size: 6 * scale },
        ...(sync === undefined ? {} : { sync: { key: sync } }),
      },
      series: [...options.series],
      bands: options.bands ?? [],
      scales: options.scales,
      axes: [...options.axes],
      hooks: {
        setCursor: [({ cursor: { idx } }) => say !== undefined && idx != null && tell(say(idx))],
        drawClear: below === undefined ? [] : [below],
      },
    },
    values,
    plot,
  );
};

/** A line of a chart. */
export const lineSeries = ({ scale }: ChartContext, stroke: string, more: uPlot.Series = {}): uPlot.Series => ({
  stroke,
  width: 2 * scale,
  points: { show: false },
  spanGaps: true,
  ...more,
});

/** One layer of a stack of bars; layers are drawn from the top of the stack down, each over the one above it. */
export const barSeries = (fill: string): uPlot.Series => ({
  fill,
  stroke: fill,
  width: 0,
  points: { show: false },
  paths: uPlot.paths.bars!({ size: [0.92, Number.POSITIVE_INFINITY] }),
});

/**
 * Sums of the layers from the bottom up: what `barSeries` draws, the top of the stack first. A layer without a part of its own in a
 * column draws nothing there, so that its colour is not seen at the edge of the one below.
 */
export const stacked = (layers: readonly (readonly number[])[]): (number | null)[][] => {
  const sums = layers[0]!.map(() => 0);
  const drawn = layers.map((layer) =>
    layer.map((value, column) => {
      sums[column]! += value;
      return value === 0 ? null : sums[column]!;
    }),
  );
  return drawn.reverse();
};

/** Clips what is drawn to the plotting area. */
export const clipped = (plot: uPlot, draw: (context: CanvasRenderingContext2D) => void): void => {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx);
  ctx.restore();
};
