import { GateError } from '../model/errors.ts';
import type { Bounds } from '../model/plan.ts';
import type { Run } from '../model/run.ts';
import { micros } from '../model/units.ts';
import { compare, mergeMeasured } from './merge-measured.ts';
import { mergeShares } from './merge-shares.ts';

/**
 * Adds the parts (shards) of one run into one, losslessly: histograms and counts of the same scenario, tenant and block are
 * added. The order of the parts does not matter. Shares of one plan are added by `mergeShares`; of what follows, parts that each
 * made a whole load.
 *
 * Rates, bounds and what was used of them are added, durations are the longest. The highest concurrency is added too, which
 * is an upper bound: the parts need not have peaked together. The generator's CPU share is that of the busiest part. The
 * ending is that of the part that ended worst. Identity, origin and environment are those of the earliest part.
 *
 * Throws `GateError` `usage` for no run, the same run twice, and parts that differ in configuration, seed or dialect.
 */
export const mergeRuns = (runs: readonly Run[]): Run => {
  const parts = runs.toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
  const first = parts[0];
  if (first === undefined) throw new GateError('usage', 'there is no run to merge');
  if (parts.some(({ share }) => share !== undefined)) return mergeShares(parts);
  checkParts(parts);
  if (parts.length === 1) return first;
  return {
    ...first,
    bounds: parts.map((part) => part.bounds).reduce(addBounds),
    ...mergeMeasured(parts, { areShares: false }),
  };
};

const checkParts = (parts: readonly Run[]): void => {
  for (const key of ['configDigest', 'seed', 'dialect'] as const)
    if (new Set(parts.map((part) => part[key])).size > 1)
      throw new GateError('usage', `the runs are not parts of one run: they differ in ${PART_OF[key]}`);
  if (new Set(parts.map((part) => part.id)).size < parts.length)
    throw new GateError('usage', 'the same run is given twice, and would count twice');
};

const PART_OF = { configDigest: 'their configuration', seed: 'their seed', dialect: 'their dialect' } as const;

const addBounds = (a: Bounds, b: Bounds): Bounds => ({
  requests: a.requests + b.requests,
  duration: micros(Math.max(a.duration, b.duration)),
  concurrency: a.concurrency + b.concurrency,
  tokens: a.tokens === undefined || b.tokens === undefined ? undefined : a.tokens + b.tokens,
  abort: a.abort ?? b.abort,
});
