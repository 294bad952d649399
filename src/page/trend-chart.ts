import type uPlot from 'uplot';
import { formatInterval, formatQuantity } from '../report/number-text.ts';
import type { TrendRuns, TrendSeries } from '../report/page/page-model.ts';
import { axis, fromZero, leftAxis } from './axes.ts';
import type { ChartContext } from './chart-context.ts';
import { clipped, drawPlot, lineSeries } from './plot.ts';

/** Rows of labels at the top: neighbours do not lie on each other. */
const LABEL_ROWS = 3;
const LABEL_HEIGHT = 14;

type Numbers = readonly (number | null)[];

/** A measure over many runs: the runs that compare with this one as a line with its band, others as dots, and what changed for good. */
export const drawTrend = (context: ChartContext, runs: TrendRuns, series: TrendSeries): readonly uPlot[] => {
  const { colours, scale } = context;
  const only = (values: Numbers, keep: (at: number) => boolean): (number | null)[] =>
    values.map((value, at) => (keep(at) ? value : null));
  const isAlike = (at: number): boolean => runs.alike[at] === 1;
  const isNow = (at: number): boolean => runs.now && at === runs.day.length - 1;
  const dots = (colour: string, size: number): uPlot.Series => ({
    stroke: colour,
    width: 0,
    paths: () => null,
    points: { show: true, size: size * scale, fill: colour, stroke: colour },
  });
  const bound: uPlot.Series = { width: 0, points: { show: false }, spanGaps: true };
  return [
    drawPlot(
      context,
      {
        height: 240,
        // Room for half of the last day's name.
        padding: [8 * scale, 34 * scale, 0, 0],
        series: [
          {},
          bound,
          bound,
          lineSeries(context, colours.now, { points: { show: true, size: 4 * scale, fill: colours.now } }),
          dots(colours.before, 4),
          dots(colours.line, 9),
        ],
        bands: [{ series: [1, 2], fill: colours.now.replace(/rgba?\(([^)]*)\)/, 'rgba($1, 0.18)') }],
        scales: {
          x: { time: false, range: () => [-0.5, Math.max(runs.day.length - 0.5, 1)] },
          y: valueScale(series),
        },
        axes: [dayAxis(context, runs), valueAxis(context, series)],
        say: (at) => runText(runs, series, at),
        below: (plot) => drawMarks(plot, series, context),
      },
      [
        runs.day.map((_, at) => at),
        only(series.high, isAlike),
        only(series.low, isAlike),
        only(series.value, isAlike),
        only(series.value, (at) => !isAlike(at)),
        only(series.value, isNow),
      ],
    ),
  ];
};

const runText = ({ day, commit, verdict, alike, now }: TrendRuns, series: TrendSeries, at: number): string => {
  const { title, unit, value } = series;
  const [low, high] = [series.low[at], series.high[at]];
  const interval = low == null || high == null ? '' : ` ${formatInterval([low, high], unit)}`;
  const mark = series.marks.filter((each) => each.at === at).map(({ text }) => `, changed for good: ${text}`);
  const which = now && at === day.length - 1 ? ', this run' : '';
  const other = alike[at] === 1 ? '' : ', another machine or configuration';
  return `${day[at]}, ${commit[at]}${which}: ${title} ${formatQuantity(value[at] ?? undefined, unit)}${interval}, ${verdict[at]}${other}${mark.join('')}`;
};

/** From a little below the lowest to a little above the highest: small steps count here. Shares begin at 0. */
const valueScale = ({ unit, value, low, high }: TrendSeries): uPlot.Scale => {
  if (unit === 'ratio') return fromZero([...value, ...high]);
  const known = [...value, ...low, ...high].filter((each) => each !== null);
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  return { range: () => [lowest * 0.95, highest === 0 ? 1 : highest * 1.05] };
};

const valueAxis = (context: ChartContext, { unit }: TrendSeries): uPlot.Axis =>
  leftAxis(context, { values: (_, splits) => splits.map((split) => formatQuantity(split, unit)) });

/** Days under the runs that they belong to; as many as there is room for. */
const dayAxis = (context: ChartContext, { day }: TrendRuns): uPlot.Axis =>
  axis(context, {
    space: 84 * context.scale,
    incrs: [1, 2, 5, 10, 20, 50, 100, 200],
    values: (_, splits) => splits.map((split) => (Number.isInteger(split) ? (day[split] ?? '') : '')),
  });

/** A dashed line before each run that began something new, with how much it was. */
const drawMarks = (plot: uPlot, { marks }: TrendSeries, { colours, scale }: ChartContext): void =>
  clipped(plot, (ctx) => {
    ctx.font = `600 ${11 * scale}px system-ui, sans-serif`;
    ctx.textBaseline = 'top';
    marks.forEach(({ at, text, worse }, place) => {
      const x = Math.round(plot.valToPos(at - 0.5, 'x', true));
      const colour = worse ? colours.error : colours.hit;
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.5 * scale;
      ctx.setLineDash([4 * scale, 3 * scale]);
      ctx.beginPath();
      ctx.moveTo(x, plot.bbox.top);
      ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
      ctx.stroke();
      const isAtEdge = x + 70 * scale > plot.bbox.left + plot.bbox.width;
      ctx.textAlign = isAtEdge ? 'right' : 'left';
      ctx.fillStyle = colour;
      const row = (place % LABEL_ROWS) * LABEL_HEIGHT * scale;
      ctx.fillText(text, x + (isAtEdge ? -4 : 4) * scale, plot.bbox.top + 2 * scale + row);
    });
  });
