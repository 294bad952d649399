import type { Plan } from '../model/plan.ts';
import type { BoundsUsed, Ending, GeneratorHealth, ScenarioRun } from '../model/run.ts';
import type { Micros } from '../model/units.ts';

/** What a burst measured: the part of a Run that the load engine knows. */
export interface LoadResult {
  readonly scenarios: readonly ScenarioRun[];
  readonly used: BoundsUsed;
  readonly ending: Ending;
  readonly generator: GeneratorHealth;
}

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
}

/** Runs a plan's burst. */
export interface LoadRunner {
  /**
   * Resolves with what was measured, partial when the signal ended it (`ending.kind` is then `cancelled`). The signal's
   * reason is the name of the process signal. Rejects with `GateError` `unreachable` when the gateway takes no connection.
   */
  run(plan: Plan, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<LoadResult>;
}
