import type { Plan } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import { Budget } from '../plan/budget.ts';
import type { CallFeed } from '../ports/call-feed.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import type { Transport } from '../ports/transport.ts';
import { Burst } from './burst.ts';
import { NO_VITALS, type Vitals } from './generator-health.ts';
import { OverheadRecorder } from './overhead-recorder.ts';
import { PairedBurst } from './paired-burst.ts';

export interface LoadPorts {
  readonly clock: Clock;
  /** To the plan's target; left open. */
  readonly transport: Transport;
  /** To the plan's baseline, where it has one; left open. */
  readonly baselineTransport?: Transport | undefined;
  readonly vitals?: Vitals;
  /** What simulated providers behind the gateway see; undefined where there is none to be asked. */
  readonly upstream?: CallFeed | undefined;
  /** Called when the connections are open; the burst starts when it resolves. */
  readonly whenOpened?: () => Promise<void>;
  /** What the burst may spend, where it shares it with others; its own by default. */
  readonly budget?: Budget;
}

export interface BurstPorts extends Required<Omit<LoadPorts, 'upstream'>> {
  /** Undefined where no simulated provider can be asked. */
  readonly overhead: OverheadRecorder | undefined;
}

/**
 * Runs a plan's burst in this thread, on two gateways where the plan has a baseline, and resolves with what was measured. The
 * signal ends it at once: what is in flight is cancelled, and the result is partial. `onProgress` is called about four times a
 * second.
 * Rejects with `GateError` `unreachable` when the gateway takes no connection.
 */
export const runLoad = async (
  plan: Plan,
  { upstream, ...ports }: LoadPorts,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<LoadResult> => {
  const overhead = upstream === undefined ? undefined : new OverheadRecorder(upstream, ports.clock);
  const budget = new Budget(plan.bounds);
  const defaults = { vitals: NO_VITALS, baselineTransport: undefined, budget, whenOpened: async () => {} };
  const all: BurstPorts = { ...defaults, overhead, ...ports };
  const Conduct = plan.baseline === undefined ? Burst : PairedBurst;
  try {
    await overhead?.start();
    const result = await new Conduct(plan, all, onProgress).run(signal);
    const { generator } = result;
    return { ...result, generator: { ...generator, warnings: [...generator.warnings, ...(overhead?.warnings ?? [])] } };
  } finally {
    overhead?.stop();
  }
};
