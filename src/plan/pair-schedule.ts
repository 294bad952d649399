import { createRandom, seedOf } from '../config/random.ts';
import type { LoadPlan, Plan } from '../model/plan.ts';
import type { Comparison } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';
import { arrivalDuration, type BlockGrid, createBlockGrid, stepRates } from './schedule.ts';

/** Which gateway of a live comparison. */
export type Side = Comparison['side'];

/** One load in a segment. */
export interface SegmentLoad {
  readonly load: LoadPlan;
  /** Of the segment's start from the start of the load, warm-up included. */
  readonly offset: Micros;
}

/**
 * A stretch of the plan's time in which the same loads run. It is sent to one side and drained, then to the other: a pair.
 * Plan time is that of one gateway alone, without pauses: a load that waits for another starts where that one ends.
 */
export interface PairSegment {
  readonly start: Micros;
  readonly duration: Micros;
  readonly loads: readonly SegmentLoad[];
  readonly first: Side;
}

/** How a plan is cut for two gateways. */
export interface PairSchedule {
  /** In the order of plan time, without gaps. */
  readonly segments: readonly PairSegment[];
  /** The blocks of a load: the segments of its measured phase, or its steps. */
  gridOf(load: LoadPlan): BlockGrid;
}

/**
 * Cuts a plan into pairs. Every load has at least `pairs` of them in its measured phase, all of the same length where it runs
 * alone or beside loads as long as itself; an arrival in steps has one a step, as a step must last to show whether it can be
 * held. Warm-ups are sent in one piece as far as nothing else is being measured.
 *
 * Of every two pairs one begins with the candidate and one with the baseline, in an order drawn from the seed: a drift
 * cancels out, and nothing that comes in a rhythm can keep in step with one side.
 */
export const createPairSchedule = ({ loads, pairs, seed }: Pick<Plan, 'loads' | 'pairs' | 'seed'>): PairSchedule => {
  const timed = loads.map((load) => timesOf(load, loads));
  const edges = [...new Set(timed.flatMap(edgesOf))].toSorted((one, other) => one - other);
  const turns = createTurns(seed);
  const segments = edges.slice(1).flatMap((end, index) => {
    const start = edges[index]!;
    const running = timed.filter((each) => each.start <= start && each.end >= end);
    const measured = running.filter(({ measuredFrom }) => measuredFrom <= start).map(({ load }) => load);
    return cut(start, end, piecesOf(end - start, measured, pairs)).map(
      (piece): PairSegment => ({
        ...piece,
        loads: running.map(({ load, start: from }) => ({ load, offset: micros(piece.start - from) })),
        first: turns(),
      }),
    );
  });
  return { segments, gridOf: (load) => gridIn(segments, load) };
};

interface TimedLoad {
  readonly load: LoadPlan;
  readonly start: number;
  readonly measuredFrom: number;
  readonly end: number;
}

const timesOf = (load: LoadPlan, loads: readonly LoadPlan[]): TimedLoad => {
  const before = loads.find((other) => other.name === load.after);
  const start = before === undefined ? 0 : timesOf(before, loads).end;
  const measuredFrom = start + load.warmup;
  return { load, start, measuredFrom, end: measuredFrom + arrivalDuration(load.arrival) };
};

/** Where a segment must end: what runs changes there, or a step is over. */
const edgesOf = ({ load, start, measuredFrom, end }: TimedLoad): readonly number[] => {
  const { arrival } = load;
  if (arrival.kind !== 'steps') return [start, measuredFrom, end];
  return [
    start,
    ...Array.from({ length: stepRates(arrival).length + 1 }, (_, step) => measuredFrom + step * arrival.hold),
  ];
};

/** Below one segment; more than rounding, less than any cut. */
const SLACK = 1e-9;

/** So many that no measured load's segments are longer than its share of time. */
const piecesOf = (length: number, measured: readonly LoadPlan[], pairs: number): number => {
  const wanted = measured
    .filter(({ arrival }) => arrival.kind !== 'steps')
    .map(({ arrival }) => (length * pairs) / arrivalDuration(arrival));
  return Math.max(1, Math.ceil(Math.max(0, ...wanted) - SLACK));
};

const cut = (start: number, end: number, pieces: number): readonly Pick<PairSegment, 'start' | 'duration'>[] => {
  const at = (index: number): number => start + Math.ceil((index * (end - start)) / pieces);
  return Array.from({ length: pieces }, (_, index) => ({
    start: micros(at(index)),
    duration: micros(at(index + 1) - at(index)),
  }));
};

/** Which side comes first, pair by pair. */
const createTurns = (seed: string): (() => Side) => {
  const random = createRandom(seedOf(seed, 'order of pairs'));
  let second: Side | undefined;
  return () => {
    const turn = second ?? (random.next() < 0.5 ? 'candidate' : 'baseline');
    second = second === undefined ? otherSide(turn) : undefined;
    return turn;
  };
};

/** The gateway that it is compared with. */
export const otherSide = (side: Side): Side => (side === 'candidate' ? 'baseline' : 'candidate');

const gridIn = (segments: readonly PairSegment[], load: LoadPlan): BlockGrid => {
  if (load.arrival.kind === 'steps') return createBlockGrid(load);
  const starts = segments.flatMap(({ loads }) =>
    loads.flatMap((each) => (each.load === load && each.offset >= load.warmup ? [each.offset - load.warmup] : [])),
  );
  return createGrid(starts, arrivalDuration(load.arrival));
};

/** Blocks that begin at these offsets, the first at 0. */
const createGrid = (starts: readonly number[], duration: Micros): BlockGrid => {
  const startOf = (index: number): Micros => micros(starts[index] ?? duration);
  return {
    count: starts.length,
    indexAt: (offset) => {
      let [low, high] = [0, starts.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (starts[middle]! <= offset) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },
    startOf,
    durationOf: (index) => micros(startOf(index + 1) - startOf(index)),
  };
};
