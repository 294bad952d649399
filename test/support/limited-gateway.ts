import { type Admission, createLimiter, type Limiter, type LimitSpec } from '../../src/adapters/provider/limiter.ts';
import { generic } from '../../src/dialects/generic.ts';
import type { ProbePlan, ProbeRun } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import { Budget } from '../../src/plan/budget.ts';
import { runProbes } from '../../src/probes/run-probes.ts';
import { createFakeClock } from './fake-clock.ts';
import { aPlan, aScenario, someBounds } from './plan-builders.ts';
import { type Answer, createScriptedTransport } from './scripted-transport.ts';

/** A gateway with one limit, on a fake clock. */
export interface LimitedGateway {
  readonly limit: LimitSpec;
  /** Where in its window the limiter is when the probe begins, µs. */
  readonly phase: number;
  /** µs until an answer; a rejection takes 2 ms. */
  readonly latency: number;
  /** Factor on the wait that a rejection states. */
  readonly waitFactor?: number;
  readonly status?: number;
  /** Whether `retry-after` is left out. */
  readonly silent?: boolean;
  /** Instead of a limiter of `limit`. */
  readonly limiter?: Limiter;
}

/** Runs the probe of a limit against it. */
export const probeLimit = async (
  gateway: LimitedGateway,
  { limit, window }: { readonly limit: number; readonly window: number },
  bounds: Parameters<typeof someBounds>[0] = {},
): Promise<ProbeRun> => {
  const clock = createFakeClock(Math.round(1e6 * 3_600 + gateway.phase));
  const limiter = gateway.limiter ?? createLimiter(gateway.limit);
  const transport = createScriptedTransport(clock, () => answerOf(gateway, limiter('key', clock.now())));
  const probe: ProbePlan = {
    scenario: aScenario({ name: 'quota' }),
    spec: { kind: 'rate-limit', limit, window: micros(window) },
  };
  const plan = aPlan({ probes: [probe], dialect: generic, bounds: someBounds(bounds) });
  const ports = { clock, transport, budget: new Budget(plan.bounds), instruments: undefined, onProgress: () => {} };
  const { probes } = await clock.runUntil(runProbes(plan, ports, new AbortController().signal));
  return probes[0]!;
};

const answerOf = (gateway: LimitedGateway, admission: Admission): Answer => {
  const { admitted, limit, remaining, retryAfter } = admission;
  const headers = ['x-ratelimit-limit', String(limit), 'x-ratelimit-remaining', String(remaining)];
  if (admitted) return { after: gateway.latency, headers, chunks: [[0, '{}']] };
  const wait = String(Math.ceil((retryAfter * (gateway.waitFactor ?? 1)) / 1e6));
  return {
    after: 2_000,
    status: gateway.status ?? 429,
    headers: gateway.silent === true ? headers : [...headers, 'retry-after', wait],
  };
};
