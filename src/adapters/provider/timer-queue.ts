import type { Micros } from '../../model/units.ts';
import { monotonicNow } from './monotonic.ts';

/** Many deadlines behind one timer of the event loop. */
export interface TimerQueue {
  /** Calls `run` near `at` (monotonic µs): up to half a millisecond early, later only when the loop is busy. Returns a cancel. */
  schedule(at: Micros, run: () => void): () => void;
  /** Forgets everything that is still to come. */
  close(): void;
}

interface Entry {
  readonly at: number;
  run: (() => void) | undefined;
}

/** The loop's timers count whole milliseconds: what is due within half of one is due now, so the error has no bias. */
const TOLERANCE_US = 500;

/**
 * Deadlines are absolute, so that a stream of tokens does not drift by the lateness of each (setTimeout in a chain does,
 * by 0.5 to 1 ms a token), and all tokens that are due in one millisecond are written in one turn of the loop.
 */
export const createTimerQueue = (): TimerQueue => {
  const heap: Entry[] = [];
  let armedFor = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const arm = (): void => {
    const next = heap[0];
    if (next === undefined || next.at >= armedFor) return;
    clearTimeout(timer);
    armedFor = next.at;
    timer = setTimeout(fire, Math.max(1, Math.round((next.at - monotonicNow()) / 1_000)));
  };

  const fire = (): void => {
    armedFor = Number.POSITIVE_INFINITY;
    const due = monotonicNow() + TOLERANCE_US;
    for (let next = heap[0]; next !== undefined && next.at <= due; next = heap[0]) {
      pop(heap);
      next.run?.();
    }
    arm();
  };

  return {
    schedule: (at, run) => {
      const entry: Entry = { at, run };
      push(heap, entry);
      arm();
      // The entry stays in the heap until its time; only what it would have called is let go.
      return () => {
        entry.run = undefined;
      };
    },
    close: () => {
      clearTimeout(timer);
      heap.length = 0;
    },
  };
};

const push = (heap: Entry[], entry: Entry): void => {
  let index = heap.length;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (heap[parent]!.at <= entry.at) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = entry;
};

const pop = (heap: Entry[]): void => {
  const last = heap.pop()!;
  if (heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child += 1;
    if (heap[child]!.at >= last.at) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
};
