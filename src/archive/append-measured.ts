import type { Slice } from '../model/measurement.ts';
import type { BoundsUsed, GeneratorBlock, GeneratorHealth, ScenarioRun } from '../model/run.ts';
import { micros } from '../model/units.ts';
import { addGeneratorBlocks } from '../stats/generator.ts';
import { type Measured, mergeHealth, mergeScenarios } from './merge-measured.ts';

/** What was measured of both gateways of a live comparison. */
export interface MeasuredSides extends Measured {
  readonly baseline?: Pick<Measured, 'scenarios' | 'probes'>;
}

/**
 * Puts what was measured later behind what was measured before, as if it had been one longer run, losslessly: blocks keep
 * their counts and their order, and their indexes and starts go on, by the same steps on both sides, so that pairs stay pairs.
 * Both parts are of the same loads, and the first one came to its end. Probes are those of the first part.
 */
export const appendMeasured = (first: MeasuredSides, second: MeasuredSides): MeasuredSides => {
  const ends = endsOf([...first.scenarios, ...(first.baseline?.scenarios ?? [])]);
  const append = (one: readonly ScenarioRun[], other: readonly ScenarioRun[]): readonly ScenarioRun[] =>
    one.map((scenario) => {
      const more = other.find(({ name }) => name === scenario.name);
      return more === undefined ? scenario : appendScenario(scenario, moved(more, ends.get(more.name)!));
    });
  return {
    ...first,
    scenarios: append(first.scenarios, second.scenarios),
    ...(first.baseline && {
      baseline: { ...first.baseline, scenarios: append(first.baseline.scenarios, second.baseline?.scenarios ?? []) },
    }),
    used: addUsedInTurn(first.used, second.used),
    ending: second.ending,
    generator: appendHealth(first, second),
  };
};

/** Of two bursts one after the other: what is in flight at one moment does not add up. */
export const addUsedInTurn = (first: BoundsUsed, second: BoundsUsed): BoundsUsed => ({
  requests: first.requests + second.requests,
  duration: micros(first.duration + second.duration),
  concurrency: Math.max(first.concurrency, second.concurrency),
  tokens: first.tokens + second.tokens,
});

/** Where the next block of a scenario goes. */
interface End {
  readonly index: number;
  readonly start: number;
}

/** By scenario: behind the last block of either side. */
const endsOf = (scenarios: readonly ScenarioRun[]): ReadonlyMap<string, End> => {
  const groups = Map.groupBy(scenarios, ({ name }) => name);
  return new Map([...groups].map(([name, sides]) => [name, endOf(sides)]));
};

const endOf = (sides: readonly ScenarioRun[]): End => {
  const blocks = sides.flatMap(({ slices }) => slices.flatMap((slice) => slice.blocks));
  return {
    index: Math.max(0, ...blocks.map(({ index }) => index + 1)),
    start: Math.max(0, ...blocks.map(({ start, duration }) => start + duration)),
  };
};

const moved = (scenario: ScenarioRun, end: End): ScenarioRun => ({
  ...scenario,
  slices: scenario.slices.map(
    ({ tenant, blocks }): Slice => ({
      tenant,
      blocks: blocks.map((block) => ({
        ...block,
        index: block.index + end.index,
        start: micros(block.start + end.start),
      })),
    }),
  ),
});

const appendScenario = (first: ScenarioRun, second: ScenarioRun): ScenarioRun => ({
  ...mergeScenarios([first, second], { areShares: true }),
  load: `${first.load}, then ${second.load}`,
  duration: micros(first.duration + second.duration),
});

const appendHealth = (first: MeasuredSides, second: MeasuredSides): GeneratorHealth => {
  const parts = [first, second];
  const end = Math.max(0, ...first.generator.blocks.map(({ start, duration }) => start + duration));
  const whole = parts.map(
    ({ generator, used }): GeneratorBlock => ({ ...generator, start: micros(0), duration: used.duration, released: 0 }),
  );
  return {
    ...mergeHealth(parts.map(({ generator }) => generator)),
    ...addGeneratorBlocks(whole),
    blocks: [
      ...first.generator.blocks,
      ...second.generator.blocks.map((block) => ({ ...block, start: micros(block.start + end) })),
    ],
  };
};
