import { GateError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { ProbePlan, ProbeRun } from '../model/probe.ts';
import type { Progress } from '../model/progress.ts';
import { micros } from '../model/units.ts';
import { CHOREOGRAPHIES } from './choreographies.ts';
import { ProbeProgress } from './probe-progress.ts';
import { type ProbePorts, ProbeSession } from './probe-session.ts';
import { ProbeStopped } from './prober.ts';

/** What the probes of a run came to. */
export interface ProbesResult {
  /** In the order of the plan; every probe is there. */
  readonly probes: readonly ProbeRun[];
  /** As far as the gateway reported them; prompts of answers without usage are estimated. */
  readonly tokens: number;
}

export interface RunProbesPorts extends ProbePorts {
  /** Called about four times a second. */
  readonly onProgress: (progress: Progress) => void;
  /** The product's own by default. */
  readonly choreographies?: typeof CHOREOGRAPHIES;
}

/**
 * Runs a plan's probes one after the other, each alone. The signal ends the one under way at once; it and those behind it are
 * then incomplete. Never rejects for what a gateway or a provider does.
 */
export const runProbes = async (plan: Plan, ports: RunProbesPorts, signal: AbortSignal): Promise<ProbesResult> => {
  const probes: ProbeRun[] = [];
  let tokens = 0;
  let over: string | undefined = signal.aborted ? ended(signal) : undefined;
  for (const probe of plan.probes) {
    if (over !== undefined) {
      probes.push(notBegun(probe, over));
      continue;
    }
    const session = new ProbeSession(plan, probe, ports);
    const progress = new ProbeProgress({ plan, session, ports });
    probes.push(await runProbe(session, ports, signal).finally(() => progress.end()));
    tokens += session.tokens;
    // A bound that was met, or a run that was ended, ends the probes behind as well; a provider that cannot be asked does not.
    over = session.stopReason;
  }
  return { probes, tokens };
};

const runProbe = async (session: ProbeSession, ports: RunProbesPorts, signal: AbortSignal): Promise<ProbeRun> => {
  const { [session.plan.spec.kind]: choreography } = ports.choreographies ?? CHOREOGRAPHIES;
  const onAbort = (): void => {
    session.stop(ended(signal));
    session.cutOff();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await choreography?.(session);
    return await session.finish(undefined);
  } catch (error) {
    // Also after a fault of our own: no provider stays as the probe made it.
    const run = await session.finish((error as Error).message);
    if (error instanceof ProbeStopped || error instanceof GateError) return run;
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

const ended = (signal: AbortSignal): string => `the run was ended (${String(signal.reason)})`;

const notBegun = ({ scenario, spec }: ProbePlan, reason: string): ProbeRun => ({
  scenario: scenario.name,
  spec,
  duration: micros(0),
  calls: [],
  upstream: undefined,
  marks: [],
  skipped: [],
  incomplete: `it was not begun: ${reason}`,
});
