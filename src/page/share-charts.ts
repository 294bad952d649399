import type uPlot from 'uplot';
import uPlotLibrary from 'uplot/dist/uPlot.esm.js';
import { formatMicros, formatShare } from '../report/number-text.ts';
import type { CacheSplit, GeneratorChart, ProviderShares, Timeline } from '../report/page/page-model.ts';
import { axis, fromZero, leftAxis, logRange, logScale, logTimeAxis } from './axes.ts';
import type { ChartContext } from './chart-context.ts';
import type { Colours } from './colours.ts';
import { barSeries, drawPlot, lineSeries, stacked } from './plot.ts';

/** The colour of the provider at that place. */
export const shareColour = (colours: Colours, place: number): string => colours[`share-${place % 7}` as keyof Colours];

/** Shares of providers over time, each column in full. A column without an answer stays empty. */
export const drawProviders = (
  context: ChartContext,
  { counts, names }: ProviderShares,
  { start, seconds }: Timeline,
): readonly uPlot[] => {
  const totals = start.map((_, column) => counts.reduce((sum, each) => sum + each[column]!, 0));
  const share = (count: number, column: number): number => (totals[column] === 0 ? 0 : count / totals[column]!);
  const layers = stacked(counts.map((each) => each.map(share)));
  const fills = names.map((_, place) => shareColour(context.colours, place)).reverse();
  return [
    drawPlot(
      context,
      {
        height: 200,
        say: (column) =>
          `${start[column]!.toFixed(1)} s: ${names.map((name, place) => `${name} ${formatShare(share(counts[place]![column]!, column), 2)}`).join(', ')}`,
        series: [{}, ...fills.map(barSeries)],
        scales: {
          x: { time: false, range: () => [start[0]!, start.at(-1)! + Math.max(seconds.at(-1)!, 0.001)] },
          y: { range: () => [0, 1] },
        },
        axes: [
          axis(context, { values: (_, splits) => splits.map((split) => `${split} s`) }),
          leftAxis(context, { values: (_, splits) => splits.map((split) => formatShare(split)) }),
        ],
      },
      [start.map((from, column) => from + seconds[column]! / 2), ...layers],
    ),
  ];
};

/** Response times of hits and of misses (and of what went past the cache), each as shares of its own kind. */
export const drawCache = (context: ChartContext, cache: CacheSplit): readonly uPlot[] => {
  const { colours, scale } = context;
  const rows = Math.max(cache.hit.length, cache.miss.length, cache.bypass.length);
  const edges = Array.from({ length: rows }, (_, row) => cache.low * cache.ratio ** row);
  const column = (shares: readonly number[]): (number | null)[] =>
    edges.map((_, row) => (shares.length === 0 ? null : shares[row]!));
  const kinds = [cache.hit, cache.miss, cache.bypass];
  const area = (colour: string): uPlot.Series =>
    lineSeries(context, colour, {
      width: 1.5 * scale,
      fill: colour.replace(/rgba?\(([^)]*)\)/, 'rgba($1, 0.28)'),
      paths: uPlotLibrary.paths.stepped!({ align: 1 }),
    });
  return [
    drawPlot(
      context,
      {
        height: 200,
        say: (row) =>
          `${formatMicros(edges[row])} to ${formatMicros(edges[row]! * cache.ratio)}: ${kinds
            .flatMap((shares, kind) =>
              shares.length === 0 ? [] : [`${['hits', 'misses', 'bypassed'][kind]} ${formatShare(shares[row], 2)}`],
            )
            .join(', ')}`,
        series: [{}, area(colours.hit), area(colours.miss), area(colours.bypass)],
        scales: {
          x: { time: false, ...logScale(cache.low, cache.low * cache.ratio ** rows) },
          y: fromZero(kinds.flat()),
        },
        axes: [
          { ...logTimeAxis(context), ...axis(context), side: 2, size: 26 * scale, space: 60 * scale },
          leftAxis(context, { values: (_, splits) => splits.map((split) => formatShare(split)) }),
        ],
      },
      [edges, ...kinds.map(column)],
    ),
  ];
};

/** How late the generator's requests and its event loop were, and how much of its core it used. */
export const drawGenerator = (context: ChartContext, generator: GeneratorChart): readonly uPlot[] => {
  const { colours, scale } = context;
  const { start, seconds, lag, loopDelay, cpu } = generator;
  return [
    drawPlot(
      context,
      {
        height: 200,
        say: (index) =>
          `${start[index]!.toFixed(1)} s: requests late by ${formatMicros(lag[index] ?? undefined)}, event loop by ${formatMicros(loopDelay[index] ?? undefined)}, CPU ${formatShare(cpu[index] ?? undefined)}`,
        series: [
          {},
          lineSeries(context, colours.now),
          lineSeries(context, colours.line, { dash: [6 * scale, 4 * scale] }),
          lineSeries(context, colours.quiet, { scale: 'cpu', width: 1.5 * scale }),
        ],
        scales: {
          x: { time: false, range: () => [start[0]!, start.at(-1)! + seconds.at(-1)!] },
          y: logRange([...lag, ...loopDelay]),
          cpu: { range: () => [0, 1] },
        },
        axes: [
          axis(context, { values: (_, splits) => splits.map((split) => `${split} s`) }),
          logTimeAxis(context),
          axis(context, {
            scale: 'cpu',
            side: 1,
            size: 50 * scale,
            grid: { show: false },
            values: (_, splits) => splits.map((split) => formatShare(split)),
          }),
        ],
      },
      [
        start.map((from, index) => from + seconds[index]! / 2),
        lag as (number | null)[],
        loopDelay as (number | null)[],
        cpu as (number | null)[],
      ],
    ),
  ];
};
