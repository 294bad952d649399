import type { Plan } from '../model/plan.ts';
import type { ProbeRun } from '../model/probe.ts';
import type { Progress } from '../model/progress.ts';
import type { BoundsUsed, Ending, GeneratorHealth, ScenarioRun } from '../model/run.ts';

/** What a burst measured: the part of a Run that the load engine knows. */
export interface LoadResult {
  readonly scenarios: readonly ScenarioRun[];
  readonly probes: readonly ProbeRun[];
  /** The other side of a live comparison; `used`, `ending` and `generator` are of both. */
  readonly baseline?: { readonly scenarios: readonly ScenarioRun[]; readonly probes: readonly ProbeRun[] };
  readonly used: BoundsUsed;
  readonly ending: Ending;
  readonly generator: GeneratorHealth;
  /** When the first loads began, by the machine's clock, ms since 1970; undefined where nobody looked. */
  readonly startedAtMs?: number | undefined;
}

/** Runs a plan's burst. */
export interface LoadRunner {
  /**
   * Resolves with what was measured, partial when the signal ended it (`ending.kind` is then `cancelled`). The signal's
   * reason is the name of the process signal. Rejects with `GateError` `unreachable` when the gateway takes no connection.
   */
  run(plan: Plan, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<LoadResult>;
}
