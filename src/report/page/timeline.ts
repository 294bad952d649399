import type { Block } from '../../model/measurement.ts';
import { type Micros, micros, toSeconds } from '../../model/units.ts';
import { EMPTY_HISTOGRAM, quantile } from '../../stats/histogram.ts';
import { droppedOf, errorsOf, mergeBlocks, numberAt } from '../../stats/measurement.ts';
import { rounded } from './curve.ts';
import { name } from './html.ts';
import { countByRow, logBins } from './log-bins.ts';
import type { HeatMap, ProviderShares, Timeline } from './page-model.ts';

/** Columns of a chart over time, and rows of its heat map. */
const MOST_COLUMNS = 60;
const ROWS = 30;

/** Providers with a colour of their own; all others are one. */
const MOST_PROVIDERS = 6;

/** One or more blocks that are drawn as one. */
export interface Column extends Block {
  /** How long was measured in it: less than its span where another gateway's blocks lie between. */
  readonly measured: Micros;
}

/** The blocks of a scenario, neighbours added up until they are few enough for a chart. Ascending. */
export const columnsOf = (blocks: readonly Block[]): readonly Column[] => {
  const together = Math.ceil(((blocks.at(-1)?.index ?? 0) + 1) / MOST_COLUMNS);
  const parts = Map.groupBy(blocks, ({ index }) => Math.floor(index / together));
  return [...parts].map(([index, members]) => ({
    ...mergeBlocks(members.map((block) => ({ ...block, index })))[0]!,
    measured: micros(members.reduce((sum, { duration }) => sum + duration, 0)),
  }));
};

/** What happened in each column. None → undefined. */
export const timelineOf = (columns: readonly Column[]): Timeline | undefined => {
  if (columns.length === 0) return undefined;
  const quantiles = (metric: 'latency' | 'lag', q: number): (number | null)[] =>
    columns.map(({ histograms }) => {
      const found = quantile(histograms[metric] ?? EMPTY_HISTOGRAM, q);
      return found === undefined ? null : rounded(found);
    });
  return {
    start: columns.map((block) => rounded4(toSeconds(block.start))),
    seconds: columns.map((block) => rounded4(toSeconds(block.duration))),
    measured: columns.map((block) => rounded4(toSeconds(block.measured))),
    ok: columns.map(({ counts }) => counts.ok),
    throttled: columns.map(({ counts }) => counts.throttled),
    errors: columns.map(({ counts }) => errorsOf(counts)),
    dropped: columns.map(({ counts }) => droppedOf(counts)),
    p50: quantiles('latency', 0.5),
    p95: quantiles('latency', 0.95),
    lag: quantiles('lag', 0.99),
    heat: heatOf(columns),
  };
};

/** Times on the axis: a tenth of a millisecond is enough in a burst, whole digits are not in one of an hour. */
const rounded4 = (seconds: number): number => Number(seconds.toFixed(4));

const heatOf = (columns: readonly Block[]): HeatMap | undefined => {
  const histograms = columns.map((block) => block.histograms.latency ?? EMPTY_HISTOGRAM);
  const bins = logBins(histograms, ROWS);
  return bins && { ...bins, counts: histograms.flatMap((histogram) => countByRow(histogram, bins)) };
};

/** Who answered in each column, the most frequent first. Fewer than two names → undefined: there is nothing to share. */
export const providersOf = (columns: readonly Block[]): ProviderShares | undefined => {
  const all = columns.map(({ counts }) => counts.providers);
  const names = [...new Set(all.flatMap((each) => Object.keys(each)))];
  const ranked = names
    .map((each) => ({ name: each, counts: all.map((counts) => numberAt(counts, each)) }))
    .sort((a, b) => sumOf(b.counts) - sumOf(a.counts));
  if (ranked.length < 2) return undefined;
  const [shown, rest] = [ranked.slice(0, MOST_PROVIDERS), ranked.slice(MOST_PROVIDERS)];
  if (rest.length > 0)
    shown.push({
      name: `${rest.length} others`,
      counts: columns.map((_, column) => rest.reduce((sum, each) => sum + each.counts[column]!, 0)),
    });
  return { names: shown.map((each) => name(each.name)), counts: shown.map((each) => each.counts) };
};

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
