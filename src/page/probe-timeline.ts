import type uPlot from 'uplot';
import { CALL_KINDS, type ProbeChart } from '../report/page/page-model.ts';
import { axis, leftAxis } from './axes.ts';
import type { ChartContext } from './chart-context.ts';
import { clipped, drawPlot } from './plot.ts';

/** Height of a row, and of what stands around them; CSS pixels. */
const ROW = 9;
const AROUND = 64;
const LEAST = 110;

/** The calls of a probe as bars in the rows of its steps, with what the probe did as lines and upstream calls as ticks. */
export const drawProbe = (context: ChartContext, chart: ProbeChart): readonly uPlot[] => [
  drawPlot(
    context,
    {
      height: Math.max(LEAST, AROUND + chart.rows * ROW),
      say: (index) => `${chart.start[index]!.toFixed(3)} s: ${chart.text[index]}`,
      // Nothing is drawn of the series: it is there for the cursor, which looks for the nearest start.
      series: [{}, { points: { show: false }, paths: () => null }],
      scales: {
        x: { time: false, range: () => [0, Math.max(chart.seconds, ...chart.end, 0.001)] },
        // Rows count from the top; one more below them is for the providers.
        y: { dir: -1, range: () => [0, chart.rows + 1.5] },
      },
      axes: [
        axis(context, {
          grid: { show: false },
          values: (_, splits) => splits.map((split) => `${Number(split.toFixed(3))} s`),
        }),
        leftAxis(context, {
          size: 84 * context.scale,
          grid: { show: false },
          splits: () => [
            ...chart.steps.map(({ row }) => row + 0.5),
            ...(chart.upstream.length > 0 ? [chart.rows + 1] : []),
          ],
          filter: (_, splits) => splits,
          values: () => [...chart.steps.map((step) => step.name), 'providers'].slice(0, chart.steps.length + 1),
        }),
      ],
      below: (plot) => drawCalls(plot, { context, chart }),
    },
    [[...chart.start], chart.row.map((row) => row + 0.5)],
  ),
];

const drawCalls = (
  plot: uPlot,
  { context: { colours, scale }, chart }: { readonly context: ChartContext; readonly chart: ProbeChart },
): void => {
  const fills = {
    ok: colours.ok,
    hit: colours.hit,
    throttled: colours.throttled,
    error: colours.error,
    hungUp: colours.dropped,
  };
  const x = (seconds: number): number => plot.valToPos(seconds, 'x', true);
  const y = (row: number): number => plot.valToPos(row, 'y', true);
  clipped(plot, (ctx) => {
    chart.start.forEach((start, index) => {
      const [left, top] = [x(start), y(chart.row[index]! + 0.1)];
      ctx.fillStyle = fills[CALL_KINDS[chart.kind[index]!]!];
      ctx.fillRect(left, top, Math.max(2 * scale, x(chart.end[index]!) - left), y(chart.row[index]! + 0.9) - top);
    });
    ctx.fillStyle = colours.quiet;
    for (const at of chart.upstream)
      ctx.fillRect(x(at), y(chart.rows + 0.6), scale, y(chart.rows + 1.4) - y(chart.rows + 0.6));
    ctx.strokeStyle = colours.line;
    ctx.lineWidth = scale;
    ctx.setLineDash([2 * scale, 3 * scale]);
    for (const at of chart.marks) {
      ctx.beginPath();
      ctx.moveTo(x(at), plot.bbox.top);
      ctx.lineTo(x(at), plot.bbox.top + plot.bbox.height);
      ctx.stroke();
    }
  });
};
