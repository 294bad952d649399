import type { ProbeCall } from '../model/probe.ts';
import { type LimitSpec, wasAdmitted } from '../plan/limit-shape.ts';

/** How a bucket filled again after the measured burst had emptied it. */
export interface Refill {
  /** Requests in a window, at the pace of those that came back. */
  readonly rate: number;
  /** It lies within: the bucket may have had a part of a request left, and may keep one. */
  readonly interval: readonly [low: number, high: number];
  /** That came back. */
  readonly admitted: readonly ProbeCall[];
  /** From the rejection that showed it empty to the last decision, µs. */
  readonly time: number;
}

/** Longer than that after it was empty, a bucket may be full, and shows no pace any more: share of the window. */
const LONGEST = 0.8;

/** Undefined where it was not measured. `calls` in the order of sending. */
export const refillOf = (calls: readonly ProbeCall[], { window }: LimitSpec): Refill | undefined => {
  const burst = calls.filter(({ step }) => step === 'refill');
  const empty = calls.findLast((call) => call.step === 'measure' && !wasAdmitted(call));
  if (burst.length === 0 || empty === undefined) return undefined;
  const admitted = calls.filter((call) => (call.step === 'retry' || call.step === 'refill') && wasAdmitted(call));
  // The gateway decides on a request between its writing and its answer.
  const decided = Math.max(...burst.map((call) => (wasAdmitted(call) ? call.written! : call.end)));
  const [longest, shortest] = [decided - empty.written!, burst[0]!.written! - empty.end];
  if (longest > LONGEST * window || shortest <= 0) return undefined;
  const perWindow = (count: number, time: number): number => (count * window) / time;
  return {
    rate: perWindow(admitted.length, longest),
    interval: [perWindow(admitted.length - 1, longest), perWindow(admitted.length + 1, shortest)],
    admitted,
    time: longest,
  };
};
