import type { Slice } from '../model/measurement.ts';
import type { ProbeRun } from '../model/probe.ts';
import type {
  BoundsUsed,
  Ending,
  FailureGroup,
  GeneratorBlock,
  GeneratorFloor,
  GeneratorHealth,
  GeneratorVitals,
  ScenarioRun,
  UpstreamTally,
} from '../model/run.ts';
import { micros } from '../model/units.ts';
import { addHistograms } from '../stats/histogram.ts';
import { mergeBlocks } from '../stats/measurement.ts';

const MAX_FAILURE_GROUPS = 20;

/** What a generator measured. */
export interface Measured {
  readonly scenarios: readonly ScenarioRun[];
  readonly probes: readonly ProbeRun[];
  readonly used: BoundsUsed;
  readonly ending: Ending;
  readonly generator: GeneratorHealth;
}

/**
 * Adds up what several generators measured of one plan at the same time, losslessly: histograms and counts of the same scenario,
 * tenant and block are added. The order of the parts does not matter.
 *
 * What was used of the bounds is added, durations are the longest. The highest concurrency is added too, which is an upper
 * bound: the parts need not have peaked together. The generator's CPU share is that of the busiest part. The ending is
 * that of the part that ended worst. `areShares`: each part made a share of the arrivals, and says of the load what holds
 * for all; else each made the whole of it, and loads and the rates of steps are added.
 */
export const mergeMeasured = (
  parts: readonly Measured[],
  { areShares }: { readonly areShares: boolean },
): Measured => ({
  used: parts.map((part) => part.used).reduce(addUsed),
  ending: worstEnding(parts.map((part) => part.ending)),
  scenarios: groupsOf(
    parts.flatMap((part) => part.scenarios),
    (each) => each.name,
  ).map((group) => mergeScenarios(group, { areShares })),
  // Probes do not add up: the parts agree on one that runs them.
  probes: groupsOf(
    parts.flatMap((part) => part.probes),
    (each) => each.scenario,
  ).map((group) => group[0]),
  generator: mergeHealth(parts.map((part) => part.generator)),
});

/** Of the same name; see `mergeMeasured`. */
export const mergeScenarios = (
  parts: NonEmpty<ScenarioRun>,
  { areShares }: { readonly areShares: boolean },
): ScenarioRun => ({
  ...parts[0],
  load: areShares ? parts[0].load : mergeLoads(parts.map((part) => part.load)),
  duration: micros(Math.max(...parts.map((part) => part.duration))),
  warmupRequests: parts.reduce((sum, part) => sum + part.warmupRequests, 0),
  stepRates: areShares ? parts[0].stepRates : addSteps(parts.map((part) => part.stepRates)),
  slices: groupsOf(
    parts.flatMap((part) => part.slices),
    (slice) => slice.tenant,
  ).map(mergeSlices),
  failures: mergeFailures(parts.flatMap((part) => part.failures)),
  upstream: mergeTallies(parts.flatMap((part) => part.upstream ?? [])),
});

const mergeSlices = (parts: NonEmpty<Slice>): Slice => ({
  tenant: parts[0].tenant,
  blocks: mergeBlocks(parts.flatMap((part) => part.blocks)),
});

/** Four parts of `5/s for 30 s` become `4 × 5/s for 30 s`. */
const mergeLoads = (loads: readonly string[]): string =>
  groupsOf(loads.toSorted(compare), (load) => load)
    .map((same) => (same.length === 1 ? same[0] : `${same.length} × ${same[0]}`))
    .join(' + ');

const addSteps = (lists: readonly (readonly number[])[]): number[] =>
  Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, step) =>
    lists.reduce((sum, list) => sum + (list[step] ?? 0), 0),
  );

const mergeFailures = (groups: readonly FailureGroup[]): FailureGroup[] =>
  groupsOf(groups, (each) => `${each.errorClass} ${each.status} ${each.detail}`)
    .map((same) => ({
      ...same[0],
      count: same.reduce((sum, each) => sum + each.count, 0),
      requestId: same.map((each) => each.requestId).find((id) => id !== undefined),
    }))
    .sort((a, b) => b.count - a.count || compare(a.detail, b.detail))
    .slice(0, MAX_FAILURE_GROUPS);

/** Undefined when no part had a provider to ask. */
const mergeTallies = ([first, ...others]: readonly UpstreamTally[]): UpstreamTally | undefined =>
  first &&
  others.reduce(
    (sum, each) => ({
      hasNonce: sum.hasNonce,
      joined: sum.joined + each.joined,
      hits: sum.hits + each.hits,
      unseen: sum.unseen + each.unseen,
    }),
    first,
  );

const addUsed = (a: BoundsUsed, b: BoundsUsed): BoundsUsed => ({
  requests: a.requests + b.requests,
  duration: micros(Math.max(a.duration, b.duration)),
  concurrency: a.concurrency + b.concurrency,
  tokens: a.tokens + b.tokens,
});

const ENDINGS: readonly Ending['kind'][] = ['cancelled', 'unreachable', 'aborted', 'bounded', 'complete'];

const worstEnding = (endings: readonly Ending[]): Ending =>
  endings.toSorted(
    (a, b) => ENDINGS.indexOf(a.kind) - ENDINGS.indexOf(b.kind) || compare(JSON.stringify(a), JSON.stringify(b)),
  )[0]!;

/** Of generators side by side; see `mergeMeasured`. */
export const mergeHealth = (parts: readonly GeneratorHealth[]): GeneratorHealth => ({
  ...mergeVitals(parts),
  blocks: groupsOf(
    parts.flatMap((part) => part.blocks.map((block, index) => ({ block, index }))),
    ({ index }) => index,
  ).map((group) => mergeGeneratorBlocks(group.map(({ block }) => block))),
  floor: mergeFloors(parts.flatMap((part) => part.floor ?? [])),
  problems: distinct(parts.flatMap((part) => part.problems)),
  scenarioProblems: groupsOf(
    parts.flatMap((part) => part.scenarioProblems),
    (problem) => problem.scenario,
  ).map((same) => same.toSorted((a, b) => compare(a.text, b.text))[0]!),
  warnings: distinct(parts.flatMap((part) => part.warnings)),
});

/** Of threads side by side: shares are those of the busiest. */
const mergeVitals = (parts: readonly GeneratorVitals[]): GeneratorVitals => ({
  lag: addHistograms(parts.map((part) => part.lag)),
  loopDelay: addHistograms(parts.map((part) => part.loopDelay)),
  gc: addHistograms(parts.map((part) => part.gc)),
  cpu: highest(parts.flatMap((part) => part.cpu ?? [])),
  steal: highest(parts.flatMap((part) => part.steal ?? [])),
});

/** The parts' blocks of the same number lie about side by side in time: each counts from the end of its own warm-up. */
const mergeGeneratorBlocks = (blocks: readonly GeneratorBlock[]): GeneratorBlock => {
  const start = Math.min(...blocks.map((block) => block.start));
  const end = Math.max(...blocks.map((block) => block.start + block.duration));
  return {
    ...mergeVitals(blocks),
    start: micros(start),
    duration: micros(end - start),
    released: blocks.reduce((sum, block) => sum + block.released, 0),
  };
};

const mergeFloors = (floors: readonly GeneratorFloor[]): GeneratorFloor | undefined =>
  floors.length === 0
    ? undefined
    : {
        latency: addHistograms(floors.map((floor) => floor.latency)),
        lag: addHistograms(floors.map((floor) => floor.lag)),
      };

const highest = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort(compare);

/** A list with something in it. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** In the order in which each key first comes. */
export const groupsOf = <T>(items: readonly T[], keyOf: (item: T) => unknown): NonEmpty<T>[] =>
  [...Map.groupBy(items, keyOf).values()] as unknown as NonEmpty<T>[];

/** By UTF-16 units. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
