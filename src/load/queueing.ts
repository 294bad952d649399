import { type Ratio, ratio } from '../model/units.ts';

/** How much of the response times is waiting behind other requests. */
export interface QueueingShare {
  readonly share: Ratio;
  /** Standard error of `share`. */
  readonly error: number;
}

/** Requests that were sent with as many others in flight: how many, and their times together, s. */
interface Level {
  count: number;
  time: number;
}

/** By the number of others in flight. */
type Levels = ReadonlyMap<number, Level>;

/** Fewer requests, or blocks, tell nothing. */
const MIN_REQUESTS = 200;
const MIN_BLOCKS = 10;

/** The part of the requests that shows what a request takes when little stands in its way. */
const FREEST = 0.25;

/**
 * Whether requests wait behind one another in a gateway: those that are sent while many others are in flight then take longer
 * than those that found few. With t₀ the mean time of the quarter that found the fewest, the share of waiting in the mean
 * time t is 1 − t₀/t. For one server this is the share of time in which it is busy (up to three quarters of it), and for a
 * service without a queue it is 0. With many servers it stays small until nearly all are busy, so a small share is no proof
 * of room. Slow spells of the machine show here as well.
 */
export class Queueing {
  readonly #blocks = new Map<number, Map<number, Level>>();

  /** A request that succeeded: its block, how many others were in flight when it was sent, and what it took, s. */
  add(block: number, others: number, seconds: number): void {
    let levels = this.#blocks.get(block);
    if (levels === undefined) {
      levels = new Map();
      this.#blocks.set(block, levels);
    }
    const level = levels.get(others);
    if (level === undefined) levels.set(others, { count: 1, time: seconds });
    else {
      level.count += 1;
      level.time += seconds;
    }
  }

  /** With the jackknife's error over blocks. Undefined with too little to tell, or where there were always as many others. */
  share(): QueueingShare | undefined {
    const blocks = [...this.#blocks.values()];
    const all = blocks.reduce<Levels>((sum, block) => combined(sum, block, 1), new Map());
    const requests = [...all.values()].reduce((sum, { count }) => sum + count, 0);
    if (blocks.length < MIN_BLOCKS || requests < MIN_REQUESTS || all.size < 2) return undefined;
    const share = waitingIn(all);
    const without = blocks.map((block) => waitingIn(combined(all, block, -1)));
    const mean = without.reduce((sum, each) => sum + each, 0) / without.length;
    const spread = without.reduce((sum, each) => sum + (each - mean) ** 2, 0);
    const error = Math.sqrt(((without.length - 1) / without.length) * spread);
    return { share: ratio(Math.min(1, Math.max(0, share))), error };
  }
}

const waitingIn = (levels: Levels): number => {
  const ascending = [...levels].toSorted(([one], [other]) => one - other).map(([, level]) => level);
  const requests = ascending.reduce((sum, { count }) => sum + count, 0);
  const mean = ascending.reduce((sum, { time }) => sum + time, 0) / requests;
  let [count, time] = [0, 0];
  for (const level of ascending) {
    if (count >= FREEST * requests) break;
    count += level.count;
    time += level.time;
  }
  return mean > 0 ? 1 - time / count / mean : 0;
};

const combined = (one: Levels, other: Levels, sign: 1 | -1): Levels => {
  const sums = new Map<number, Level>([...one].map(([others, level]) => [others, { ...level }]));
  for (const [others, { count, time }] of other) {
    const level = sums.get(others) ?? { count: 0, time: 0 };
    sums.set(others, { count: level.count + sign * count, time: level.time + sign * time });
  }
  return sums;
};
