import type { ProbeCall, ProbeSpec } from '../model/probe.ts';
import { type Micros, micros } from '../model/units.ts';

/** The limit that is put to the test. */
export type LimitSpec = Extract<ProbeSpec, { kind: 'rate-limit' }>;

/** How much the rate-limit probe sends at once, and how often it asks. */
export interface LimitShape {
  /** Requests released together to use up an allowance, and to measure one: half as many again as the limit, at least ten more. */
  readonly burst: number;
  /** Between two questions whether requests are admitted again. */
  readonly interval: Micros;
  /** So many of them in a window, at most. */
  readonly questions: number;
  /** Left before and after a moment that is known, for clocks and connections. */
  readonly slack: Micros;
}

/** By limit and window: forty questions in a window, but never more than twenty a second. */
export const limitShape = ({ limit, window }: LimitSpec): LimitShape => {
  const interval = micros(Math.max(50_000, window / 40));
  return {
    burst: limit + Math.max(10, Math.ceil(limit / 2)),
    interval,
    questions: Math.ceil(window / interval) + 2,
    slack: micros(Math.max(50_000, window / 100)),
  };
};

/** Whether a call got past the limit. */
export const wasAdmitted = ({ status }: ProbeCall): boolean => status !== undefined && status >= 200 && status < 300;
