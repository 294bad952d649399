import type { Run } from '../model/run.ts';

/** No count and no duration in µs (31 years) of a measurement is larger, and sums of many are still exact enough to print. */
const LARGEST = 1e15;

/** Something that a run has many of, at most so many, and how many this one has. */
type Amount = readonly [what: string, most: number, count: (run: Run) => number];

const sum = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((all, item) => all + count(item), 0);

const slicesOf = ({ scenarios }: Run) => scenarios.flatMap(({ slices }) => slices);

/** Forty blocks of each of twenty tenants in sixty scenarios stay below all of them. */
const AMOUNTS: readonly Amount[] = [
  ['parts by tenant', 2_000, (run) => slicesOf(run).length],
  ['blocks', 50_000, (run) => sum(slicesOf(run), ({ blocks }) => blocks.length)],
  [
    'names of status codes, providers and models',
    250_000,
    (run) =>
      sum(slicesOf(run), ({ blocks }) =>
        sum(blocks, ({ counts }) =>
          sum([counts.status, counts.providers, counts.models], (tally) => Object.keys(tally).length),
        ),
      ),
  ],
  ['kinds of failures', 2_000, (run) => sum(run.scenarios, ({ failures }) => failures.length)],
  [
    'calls of probes',
    50_000,
    (run) => sum(run.probes, ({ calls, upstream, marks }) => calls.length + (upstream?.length ?? 0) + marks.length),
  ],
  [
    'remarks about the generator',
    1_000,
    ({ generator }) => generator.problems.length + generator.scenarioProblems.length + generator.warnings.length,
  ],
];

/**
 * Why a run from an untrusted place cannot be a measurement, in a clause; undefined = it can. The schema of stored runs lets any
 * number and any amount through that a file can hold; whoever forges one must not be able to keep a report busy, or fill it.
 */
export const whyBeyondReason = (run: Run): string | undefined => {
  for (const [what, most, count] of AMOUNTS) {
    const found = count(run);
    if (found > most) return `it has ${found} ${what}, and no run has more than ${most}`;
  }
  return holdsLarger(run) ? 'it holds a number that nothing can have measured' : undefined;
};

const holdsLarger = (value: unknown): boolean => {
  if (typeof value === 'number') return !(Math.abs(value) <= LARGEST);
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Float64Array || value instanceof Uint32Array) return value.some((each) => each > LARGEST);
  return Object.values(value).some(holdsLarger);
};
