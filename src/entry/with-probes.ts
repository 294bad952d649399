import type { Plan } from '../model/plan.ts';
import type { Ending } from '../model/run.ts';
import { micros } from '../model/units.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import { type RunProbesPorts, runProbes } from '../probes/run-probes.ts';

/**
 * Runs the plan's probes behind its loads, and adds what they found and used. After a burst that was cut short they are not
 * begun. Rejects with `GateError` `unreachable` when there was no load to find that out.
 */
export const withProbes = async (
  plan: Plan,
  load: LoadResult,
  ports: RunProbesPorts,
  signal: AbortSignal,
): Promise<LoadResult> => {
  if (plan.probes.length === 0) return load;
  if (plan.loads.length === 0 && !signal.aborted) await ports.transport.warm(1);
  const stopped = load.ending.kind === 'complete' ? signal : AbortSignal.abort(WHY_NOT[load.ending.kind]);
  const { probes, tokens } = await runProbes(plan, ports, stopped);
  const { used } = ports.budget;
  return {
    ...load,
    probes,
    used: {
      ...used,
      duration: micros(Math.min(used.duration, plan.bounds.duration)),
      tokens: plan.bounds.tokens === undefined ? load.used.tokens + tokens : used.tokens,
    },
    ending: signal.aborted ? { kind: 'cancelled', signal: String(signal.reason) } : load.ending,
  };
};

const WHY_NOT: Readonly<Record<Exclude<Ending['kind'], 'complete'>, string>> = {
  bounded: 'the loads before it met a bound',
  aborted: 'the loads before it were stopped',
  unreachable: 'the gateway could not be reached',
  cancelled: 'cancelled',
};
