import { GateError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { ProbePlan, ProbeRun } from '../model/probe.ts';
import { micros } from '../model/units.ts';
import { CHOREOGRAPHIES } from './choreographies.ts';
import { type ProbePorts, ProbeSession } from './probe-session.ts';
import { ProbeStopped } from './prober.ts';

/** What the probes of a run came to. */
export interface ProbesResult {
  /** In the order of the plan; every probe is there. */
  readonly probes: readonly ProbeRun[];
  /** As far as the gateway reported them; prompts of answers without usage are estimated. */
  readonly tokens: number;
}

/**
 * Runs a plan's probes one after the other, each alone. The signal ends the one under way at once; it and those behind it are
 * then incomplete. Never rejects for what a gateway or a provider does.
 */
export const runProbes = async (plan: Plan, ports: ProbePorts, signal: AbortSignal): Promise<ProbesResult> => {
  const probes: ProbeRun[] = [];
  let tokens = 0;
  let over: string | undefined = signal.aborted ? ended(signal) : undefined;
  for (const probe of plan.probes) {
    if (over !== undefined) {
      probes.push(notBegun(probe, over));
      continue;
    }
    const session = new ProbeSession(plan, probe, ports);
    const result = await runProbe(session, signal);
    tokens += session.tokens;
    probes.push(result.run);
    over = result.over;
  }
  return { probes, tokens };
};

const runProbe = async (session: ProbeSession, signal: AbortSignal) => {
  const onAbort = (): void => {
    session.stop(ended(signal));
    session.cutOff();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const problem = await CHOREOGRAPHIES[session.plan.spec.kind]?.(session).then(
    () => undefined,
    (error: unknown) => problemOf(error),
  );
  signal.removeEventListener('abort', onAbort);
  const run = await session.finish(problem?.text);
  return { run, over: problem?.isFinal === true ? problem.text : undefined };
};

/** A bound that was met, or a run that was ended, ends the probes behind as well; a provider that cannot be asked does not. */
const problemOf = (error: unknown): { readonly text: string; readonly isFinal: boolean } => {
  if (error instanceof ProbeStopped) return { text: error.message, isFinal: true };
  if (error instanceof GateError) return { text: error.message, isFinal: false };
  throw error;
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
