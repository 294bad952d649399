import type { Histogram } from '../model/histogram.ts';
import { type Block, type Counts, METRICS, type Metric, type Slice } from '../model/measurement.ts';
import { micros } from '../model/units.ts';
import { addHistograms } from './histogram.ts';

/** Nothing happened. */
export const NO_COUNTS: Counts = {
  ok: 0,
  throttled: 0,
  errors: {},
  dropped: {},
  status: {},
  providers: {},
  models: {},
  cache: {},
  tokens: { prompt: 0, completion: 0, estimated: 0 },
  good: 0,
};

/** The sums of all of them; exact, and the same in any order. None → all zero. */
export const addCounts = (list: readonly Counts[]): Counts => ({
  ok: sumOf(list, (each) => each.ok),
  throttled: sumOf(list, (each) => each.throttled),
  errors: addRecords(list.map((each) => each.errors)),
  dropped: addRecords(list.map((each) => each.dropped)),
  status: addRecords(list.map((each) => each.status)),
  providers: addRecords(list.map((each) => each.providers)),
  models: addRecords(list.map((each) => each.models)),
  cache: addRecords(list.map((each) => each.cache)),
  tokens: {
    prompt: sumOf(list, (each) => each.tokens.prompt),
    completion: sumOf(list, (each) => each.tokens.completion),
    estimated: sumOf(list, (each) => each.tokens.estimated),
  },
  good: sumOf(list, (each) => each.good),
});

/** What happened in all blocks together. */
export const totalCounts = (blocks: readonly Block[]): Counts => addCounts(blocks.map((block) => block.counts));

/** Requests that ended in an error, of any class. */
export const errorsOf = (counts: Counts): number => total(counts.errors);

/** Requests that were never sent, or cut off by the gate itself, for any reason. */
export const droppedOf = (counts: Counts): number => total(counts.dropped);

/** Requests that were sent and ended: ok, throttled and errors. */
export const endedOf = (counts: Counts): number => counts.ok + counts.throttled + errorsOf(counts);

/** Every request of the schedule: ended and dropped. */
export const requestsOf = (counts: Counts): number => endedOf(counts) + droppedOf(counts);

/** Sum of the numbers of a record; an empty one has 0. */
export const total = (record: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(record).reduce<number>((sum, count) => sum + (count ?? 0), 0);

/** Number under a key that may come from outside (a provider named `constructor`); 0 when it is not there. */
export const numberAt = (record: Readonly<Partial<Record<string, number>>>, key: string): number =>
  Object.hasOwn(record, key) ? (record[key] ?? 0) : 0;

/** All values of a metric in these blocks. No sample → the empty histogram. */
export const pooled = (blocks: readonly Block[], metric: Metric): Histogram =>
  addHistograms(blocks.flatMap((block) => block.histograms[metric] ?? []));

/**
 * The blocks of one tenant, or with `undefined` those of the whole scenario: all tenants added block by block.
 * Ascending by index; a tenant that is not there has none.
 */
export const blocksOf = (slices: readonly Slice[], tenant: string | undefined): readonly Block[] => {
  const parts = partsOf(slices, tenant);
  return tenant === undefined && slices.length > 1 ? mergeBlocks(parts) : parts;
};

/** The same with the tenants' blocks one after the other: enough for what is added up over time. */
export const partsOf = (slices: readonly Slice[], tenant: string | undefined): readonly Block[] =>
  tenant === undefined
    ? slices.flatMap((slice) => slice.blocks)
    : (slices.find((slice) => slice.tenant === tenant)?.blocks ?? []);

/** Adds the blocks that have the same index; a block spans from the earliest start to the latest end of its parts. Ascending. */
export const mergeBlocks = (blocks: readonly Block[]): readonly Block[] => {
  const byIndex = Map.groupBy(blocks, (block) => block.index);
  return [...byIndex.values()].map(addBlocks).sort((a, b) => a.index - b.index);
};

const addBlocks = (parts: readonly Block[]): Block => {
  if (parts.length === 1) return parts[0]!;
  const start = Math.min(...parts.map((part) => part.start));
  const end = Math.max(...parts.map((part) => part.start + part.duration));
  const histograms = METRICS.flatMap((metric) => {
    const histogram = pooled(parts, metric);
    return histogram.counts.length === 0 ? [] : [[metric, histogram] as const];
  });
  return {
    index: parts[0]!.index,
    start: micros(start),
    duration: micros(end - start),
    counts: totalCounts(parts),
    histograms: Object.fromEntries(histograms),
  };
};

const sumOf = (list: readonly Counts[], pick: (counts: Counts) => number): number =>
  list.reduce((sum, counts) => sum + pick(counts), 0);

/** Through a Map, and back by `fromEntries`: names from outside may be `__proto__` or `constructor`. */
const addRecords = <K extends string>(records: readonly Readonly<Partial<Record<K, number>>>[]): Record<K, number> => {
  const sums = new Map<string, number>();
  for (const record of records)
    for (const [key, count] of Object.entries(record)) sums.set(key, (sums.get(key) ?? 0) + (count as number));
  return Object.fromEntries(sums) as Record<K, number>;
};
