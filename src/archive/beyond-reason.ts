import type { Run } from '../model/run.ts';

/** No count and no duration in µs (31 years) of a measurement is larger, and sums of many are still exact enough to print. */
const LARGEST = 1e15;

/** Blocks of all scenarios and tenants: forty of each of twenty tenants in sixty scenarios are 48,000. */
const MOST_BLOCKS = 50_000;

/**
 * Why a run from an untrusted place cannot be a measurement, in a clause; undefined = it can. The schema of stored runs lets any
 * number and any amount through that a file can hold; whoever forges one must not be able to keep a report busy, or fill it.
 */
export const whyBeyondReason = (run: Run): string | undefined => {
  const blocks = run.scenarios.reduce(
    (sum, { slices }) => sum + slices.reduce((all, slice) => all + slice.blocks.length, 0),
    0,
  );
  if (blocks > MOST_BLOCKS) return `it has ${blocks} blocks, and no run has more than ${MOST_BLOCKS}`;
  return holdsLarger(run) ? 'it holds a number that nothing can have measured' : undefined;
};

const holdsLarger = (value: unknown): boolean => {
  if (typeof value === 'number') return !(Math.abs(value) <= LARGEST);
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Float64Array || value instanceof Uint32Array) return value.some((each) => each > LARGEST);
  return Object.values(value).some(holdsLarger);
};
