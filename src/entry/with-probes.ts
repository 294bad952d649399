import { ofBaseline } from '../load/of-baseline.ts';
import type { Plan } from '../model/plan.ts';
import type { ProbeRun } from '../model/probe.ts';
import type { Ending } from '../model/run.ts';
import { micros } from '../model/units.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import type { Transport } from '../ports/transport.ts';
import { type RunProbesPorts, runProbes } from '../probes/run-probes.ts';

/** The ports of probes, on both gateways where two are compared. */
export interface AllProbesPorts extends RunProbesPorts {
  readonly baselineTransport?: Transport | undefined;
}

/**
 * Runs the plan's probes behind its loads, and adds what they found and used. After a burst that was cut short they are not
 * begun. Where two gateways are compared, each probe runs on one after the other. Rejects with `GateError` `unreachable` when
 * there was no load to find that out.
 */
export const withProbes = async (
  plan: Plan,
  load: LoadResult,
  ports: AllProbesPorts,
  signal: AbortSignal,
): Promise<LoadResult> => {
  if (plan.probes.length === 0) return load;
  if (plan.loads.length === 0 && !signal.aborted) await reach(ports);
  const stopped = load.ending.kind === 'complete' ? signal : AbortSignal.abort(WHY_NOT[load.ending.kind]);
  const { probes, baseline, tokens } = await probeAll(plan, ports, stopped);
  const { used } = ports.budget;
  return {
    ...load,
    probes,
    ...(load.baseline === undefined ? {} : { baseline: { ...load.baseline, probes: baseline } }),
    used: {
      ...used,
      duration: micros(Math.min(used.duration, plan.bounds.duration)),
      tokens: plan.bounds.tokens === undefined ? load.used.tokens + tokens : used.tokens,
    },
    ending: signal.aborted ? { kind: 'cancelled', signal: String(signal.reason) } : load.ending,
  };
};

const reach = async ({ transport, baselineTransport }: AllProbesPorts): Promise<void> => {
  await transport.warm(1);
  try {
    await baselineTransport?.warm(1);
  } catch (error) {
    throw ofBaseline(error);
  }
};

interface Probed {
  readonly probes: readonly ProbeRun[];
  /** Empty without a second gateway. */
  readonly baseline: readonly ProbeRun[];
  readonly tokens: number;
}

const probeAll = async (plan: Plan, ports: AllProbesPorts, signal: AbortSignal): Promise<Probed> => {
  const { baseline: other } = plan;
  const { baselineTransport } = ports;
  if (other === undefined || baselineTransport === undefined)
    return { ...(await runProbes(plan, ports, signal)), baseline: [] };
  const probes: ProbeRun[] = [];
  const baseline: ProbeRun[] = [];
  let tokens = 0;
  for (const [index, probe] of plan.probes.entries()) {
    const here = await runProbes({ ...plan, probes: [probe] }, ports, signal);
    const there = { ...plan, ...other, probes: other.probes.slice(index, index + 1) };
    const beside = await runProbes(there, { ...ports, transport: baselineTransport }, signal);
    probes.push(...here.probes);
    baseline.push(...beside.probes);
    tokens += here.tokens + beside.tokens;
  }
  return { probes, baseline, tokens };
};

const WHY_NOT: Readonly<Record<Exclude<Ending['kind'], 'complete'>, string>> = {
  bounded: 'the loads before it met a bound; raise limits',
  aborted: 'the loads before it were stopped; see why requests fail',
  unreachable: 'the gateway could not be reached; check that it is up',
  cancelled: 'cancelled; run it again',
};
