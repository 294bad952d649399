import { createRandom } from '../config/random.ts';
import type { Arrival, Stage } from '../model/arrival.ts';
import type { LoadPlan } from '../model/plan.ts';
import { type Micros, micros, toSeconds } from '../model/units.ts';
import { areaOf, createAreaInverse, type Leg, levelAt } from './rate-curve.ts';

/** The arrivals that a schedule can be computed for beforehand. */
export type OpenArrival = Extract<Arrival, { kind: 'constant-rate' | 'ramping-rate' | 'steps' }>;
/** The arrivals that wait for answers. */
export type ClosedArrival = Exclude<Arrival, OpenArrival>;

/** When the requests of one load start. Handed out one by one: a schedule of any length takes the same memory. */
export interface Schedule {
  /**
   * The next intended start: an offset from the start of the load in whole µs, never less than the one before, below `end`.
   * Those below the warm-up's length are the warm-up. Undefined when there are no more.
   */
  next(): Micros | undefined;
  /** Arrivals, the warm-up's included: exact for a uniform process, the mean for a Poisson process. */
  readonly total: number;
  /** Length of warm-up and measured phase. */
  readonly end: Micros;
}

/** Whether arrivals come from a schedule (rates) rather than from users. */
export const isOpen = (arrival: Arrival): arrival is OpenArrival =>
  arrival.kind === 'constant-rate' || arrival.kind === 'ramping-rate' || arrival.kind === 'steps';

/**
 * The schedule of an open arrival. Arrival i starts where the area under the rate curve, warm-up included, reaches i + ½
 * (the area is what k6's ramping-arrival-rate uses; the half puts each arrival into the middle of its share, so that
 * a phase with area N has N arrivals and none lies on an edge). In a Poisson process it is where the area reaches the
 * sum of i + 1 unit exponentials (time change of a unit-rate process).
 *
 * The warm-up runs at the arrival's first level. A ramp that starts at 0 has no level there: its warm-up runs at half of
 * what its first stage with any load leads to, the mean of that stage.
 *
 * `seed` should name the load as well as the run; it matters for Poisson processes only.
 */
export function createSchedule(options: {
  readonly arrival: OpenArrival;
  readonly warmup: Micros;
  readonly seed: string;
}): Schedule {
  const { arrival, warmup, seed } = options;
  const legs = legsOf(arrival, warmup);
  const area = legs.reduce((sum, leg) => sum + areaOf(leg), 0);
  const end = micros(warmup + arrivalDuration(arrival));
  const total = Math.round(area);
  const isPoisson = arrival.kind !== 'steps' && arrival.process === 'poisson';
  const areas = isPoisson ? poissonAreas(area, seed) : uniformAreas(total);
  const secondsAt = createAreaInverse(legs);
  const next = (): Micros | undefined => {
    const reached = areas();
    const seconds = reached === undefined ? undefined : secondsAt(reached);
    return seconds === undefined ? undefined : micros(Math.min(Math.round(seconds * 1_000_000), end - 1));
  };
  return { next, total, end };
}

function uniformAreas(total: number): () => number | undefined {
  let index = 0;
  return () => {
    if (index >= total) return undefined;
    index += 1;
    return index - 0.5;
  };
}

function poissonAreas(area: number, seed: string): () => number | undefined {
  const random = createRandom(seed);
  let reached = 0;
  return () => {
    if (reached < area) reached -= Math.log(1 - random.next());
    return reached < area ? reached : undefined;
  };
}

/** The level over time, warm-up first: requests a second, or users. */
function legsOf(arrival: Arrival, warmup: Micros): readonly Leg[] {
  const measured = measuredLegs(arrival);
  const first = firstLevel(arrival);
  return warmup > 0 ? [{ from: first, to: first, seconds: toSeconds(warmup) }, ...measured] : measured;
}

function measuredLegs(arrival: Arrival): readonly Leg[] {
  switch (arrival.kind) {
    case 'constant-rate':
      return [flat(arrival.rate, arrival.duration)];
    case 'constant-users':
      return [flat(arrival.users, arrival.duration)];
    case 'steps':
      return stepRates(arrival).map((rate) => flat(rate, arrival.hold));
    case 'ramping-rate':
    case 'ramping-users':
      return rampLegs(arrival.stages);
  }
}

const flat = (level: number, duration: Micros): Leg => ({ from: level, to: level, seconds: toSeconds(duration) });

const rampLegs = (stages: readonly Stage[]): readonly Leg[] =>
  stages.map((stage, index) => ({ from: stages[index - 1]?.to ?? 0, to: stage.to, seconds: toSeconds(stage.over) }));

function firstLevel(arrival: Arrival): number {
  const legs = measuredLegs(arrival).filter((leg) => leg.seconds > 0 && leg.from + leg.to > 0);
  const [leg] = legs;
  if (leg === undefined) return 0;
  return leg.from > 0 ? leg.from : leg.to / 2;
}

/** Length of the measured phase. */
export function arrivalDuration(arrival: Arrival): Micros {
  switch (arrival.kind) {
    case 'constant-rate':
    case 'constant-users':
      return arrival.duration;
    case 'steps':
      return micros(stepRates(arrival).length * arrival.hold);
    case 'ramping-rate':
    case 'ramping-users':
      return micros(arrival.stages.reduce((sum, stage) => sum + stage.over, 0));
  }
}

/** The rate of each step, requests a second: from `from` by `by`, none above `to`. */
export function stepRates({ from, to, by }: Extract<Arrival, { kind: 'steps' }>): readonly number[] {
  // Without the small allowance, 0.1 to 0.3 by 0.1 would lose its last step to rounding.
  const count = by > 0 ? Math.max(0, Math.floor((to - from) / by + 1e-9)) + 1 : 1;
  return Array.from({ length: count }, (_, step) => from + step * by);
}

/**
 * How many users there are, whole: at `offset` µs from the start of the measured phase, negative in the warm-up. The warm-up has
 * the first level (of a ramp from 0, half of what its first stage leads to, at least one); after the end there are none.
 */
export function usersAt(arrival: ClosedArrival, offset: Micros): number {
  if (offset < 0) return Math.ceil(firstLevel(arrival));
  return Math.round(levelAt(measuredLegs(arrival), toSeconds(offset)) ?? 0);
}

/**
 * Requests of a load, warm-up included: of an open arrival its total. Of users, each of whom sends one request a cycle of mean
 * think time and `latency` (the mean; 0 = the most there can be), rounded up; undefined when that cycle has no length.
 */
export function expectedRequests(arrival: Arrival, warmup: Micros, latency: Micros = micros(0)): number | undefined {
  const area = legsOf(arrival, warmup).reduce((sum, leg) => sum + areaOf(leg), 0);
  if (isOpen(arrival)) return Math.round(area);
  const cycle = toSeconds(micros((arrival.think.min + arrival.think.max) / 2 + latency));
  return cycle > 0 ? Math.ceil(area / cycle) : undefined;
}

/** The block of `blocks` equal ones, 0-based, in which an offset from the start of the measured phase lies; see `BlockGrid.indexAt`. */
export function blockOf(offset: number, measuredDuration: Micros, blocks: number): number {
  if (offset < 0) return -1;
  return Math.min(blocks - 1, Math.floor((offset * blocks) / measuredDuration));
}

/** The measured phase cut into blocks: without gaps, equal to within 1 µs, offsets in µs from the phase's start. */
export interface BlockGrid {
  readonly count: number;
  /** −1 for a negative offset (the warm-up belongs to no block); the last block for one at or past the end. */
  indexAt(offset: number): number;
  startOf(index: number): Micros;
  durationOf(index: number): Micros;
}

/** The blocks of a load: as many as it says, but one a step for an arrival in steps. */
export function createBlockGrid(load: LoadPlan): BlockGrid {
  const duration = arrivalDuration(load.arrival);
  const count = load.arrival.kind === 'steps' ? stepRates(load.arrival).length : load.blocks;
  const startOf = (index: number): Micros => micros(Math.ceil((index * duration) / count));
  return {
    count,
    indexAt: (offset) => blockOf(offset, duration, count),
    startOf,
    durationOf: (index) => micros(startOf(index + 1) - startOf(index)),
  };
}
