import type { Plan } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import { Budget } from '../plan/budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import type { Transport } from '../ports/transport.ts';
import { Burst } from './burst.ts';
import { NO_VITALS, type Vitals } from './generator-health.ts';

export interface LoadPorts {
  readonly clock: Clock;
  /** To the plan's target; left open. */
  readonly transport: Transport;
  readonly vitals?: Vitals;
  /** What the burst may spend, where it shares it with others; its own by default. */
  readonly budget?: Budget;
}

/**
 * Runs a plan's burst in this thread and resolves with what was measured. The signal ends it at once: what is in flight is
 * cancelled, and the result is partial. `onProgress` is called about four times a second.
 * Rejects with `GateError` `unreachable` when the gateway takes no connection.
 */
export const runLoad = (
  plan: Plan,
  ports: LoadPorts,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<LoadResult> =>
  new Burst(plan, { vitals: NO_VITALS, budget: new Budget(plan.bounds), ...ports }, onProgress).run(signal);
