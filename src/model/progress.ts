import type { ProbeName } from './probe.ts';
import type { Micros } from './units.ts';

/** A look at a burst under way, about four times a second. */
export interface Progress {
  /** From the first request, µs. */
  readonly elapsed: Micros;
  /** As planned, µs. */
  readonly expected: Micros;
  readonly sent: number;
  readonly inFlight: number;
  readonly ok: number;
  readonly throttled: number;
  readonly errors: number;
  readonly dropped: number;
  /** Requests a second that were sent since the last look. */
  readonly rate: number;
  /** Of `ok` requests of all scenarios so far, µs; undefined before the first. */
  readonly p95: Micros | undefined;
  /** Names of the loads under way; `warmup` tells whether all of them are still warming up. */
  readonly loads: readonly string[];
  readonly warmup: boolean;
  /** The probe under way; times and numbers are then its own. Undefined while loads run. */
  readonly probe?:
    | {
        readonly name: string;
        readonly kind: ProbeName;
        /** From 1. */
        readonly place: number;
        readonly of: number;
      }
    | undefined;
}
