import type { Micros } from '../model/units.ts';

/** Time as a port: tests drive it by hand. */
export interface Clock {
  /** Monotonic, µs, from an arbitrary origin that stays the same for the life of the process. */
  now(): Micros;
  /** Wall time. */
  date(): Date;
  /** Calls `run` at or as soon as possible after `at` (same clock as `now`), never synchronously. Returns a cancel. */
  schedule(at: Micros, run: () => void): () => void;
}
