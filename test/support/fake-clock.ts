import type { Micros } from '../../src/model/units.ts';
import { micros } from '../../src/model/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Moves on by that much, running everything that falls due, in order of time and then of scheduling. */
  advance(by: Micros): Promise<void>;
  /** Moves from one scheduled callback to the next until `promise` settles; fails when nothing is scheduled any more. */
  runUntil<T>(promise: Promise<T>): Promise<T>;
  /** Adds a delay before every callback: how late a machine under strain is. µs. */
  lateness(late: (at: Micros) => number): void;
  /** Callbacks that are scheduled. */
  pending(): number;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** Starts at `start` µs, on the given wall date. */
export const createFakeClock = (start = 1_000_000, date = new Date('2026-01-02T03:04:05Z')): FakeClock => {
  let now = start;
  let order = 0;
  let live = 0;
  let late: (at: Micros) => number = () => 0;
  // Kept sorted, soonest last: most insertions are near the end of time's queue, and pop is cheap.
  const entries: Entry[] = [];
  const insert = (entry: Entry): void => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = entries[middle]!;
      if (other.at > entry.at || (other.at === entry.at && other.order > entry.order)) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, entry);
  };
  const nextDue = (limit: number): Entry | undefined => {
    for (;;) {
      const entry = entries.at(-1);
      if (entry === undefined || entry.at > limit) return undefined;
      entries.pop();
      if (!entry.cancelled) return entry;
    }
  };
  const flush = async (): Promise<void> => {
    // A macrotask lets every chain of microtasks run dry.
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  const runEntry = (entry: Entry): void => {
    now = Math.max(now, entry.at);
    live -= 1;
    entry.cancelled = true;
    entry.run();
  };
  return {
    now: () => micros(now),
    date: () => new Date(date.getTime() + (now - start) / 1_000),
    schedule(at, run) {
      const entry: Entry = { at: Math.max(at, now) + late(at), order: order++, run, cancelled: false };
      live += 1;
      insert(entry);
      return () => {
        if (!entry.cancelled) live -= 1;
        entry.cancelled = true;
      };
    },
    async advance(by) {
      const limit = now + by;
      await flush();
      for (let entry = nextDue(limit); entry !== undefined; entry = nextDue(limit)) {
        runEntry(entry);
        await flush();
      }
      now = limit;
    },
    async runUntil(promise) {
      let settled = false;
      const settle = (): void => {
        settled = true;
      };
      promise.then(settle, settle);
      await flush();
      while (!settled) {
        const entry = nextDue(Number.POSITIVE_INFINITY);
        if (entry === undefined) throw new Error(`nothing is scheduled after ${now} µs, and the promise is still open`);
        runEntry(entry);
        await flush();
      }
      return promise;
    },
    lateness(next) {
      late = next;
    },
    pending: () => live,
  };
};
