import { describe, expect, it } from 'vitest';
import type { GatePorts } from '../../src/app/gate.ts';
import { planAhead } from '../../src/app/plan-ahead.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Plan } from '../../src/model/plan.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { configOf } from '../config/load-config.ts';
import { buildRun, buildScenario } from '../support/build-run.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const CONFIG = `version: 1
gateway: {url: "http://127.0.0.1:1"}
limits: {requests: 3000}
scenarios:
  chat: {load: {rate: 20/s, duration: 60s, warmup: 0s}, endpoint: models}
`;

const planned = planRun(configOf(CONFIG), { seed: 's' });
const configDigest = planned.ok ? planned.plan.digest : '';
const aRun = (overrides = {}) => buildRun({ configDigest, scenarios: [buildScenario()], ...overrides });
const comparison = { id: 'c', pairs: 10 };

const ahead = (runs: Parameters<typeof planAhead>[0]['runs'], onPlan: (plan: Plan) => void = () => {}) => {
  const { environment, origin } = buildRun();
  const ports: GatePorts = {
    clock: createFakeClock(),
    files: { readText: () => Promise.reject(), writeText: () => Promise.reject() },
    env: () => undefined,
    readBeside: () => undefined,
    onSecrets: () => {},
    newId: () => 'id',
    loadRunner: {
      run: async (plan) => {
        onPlan(plan);
        const { scenarios, used, ending, generator } = aRun();
        return { scenarios, probes: [], used, ending, generator };
      },
    },
    startProviders: () => Promise.reject(),
    greetProviders: async () => {},
    baselineStore: undefined,
    environment,
    origin,
    toolVersion: '1',
    onProgress: () => {},
    say: () => {},
    signal: new AbortController().signal,
  };
  const request = {
    configPath: 'g.yml',
    configText: CONFIG,
    profile: undefined,
    gatewayUrl: undefined,
    baselineUrl: undefined,
    seed: undefined,
    allowedHosts: [],
    runs,
  };
  return planAhead(request, ports);
};

describe('planning ahead', () => {
  it('foresees from a stored run what the limits leave room for', async () => {
    const { foresights, isPilot, plan } = await ahead([aRun()]);
    expect([isPilot, plan.pairs]).toEqual([false, 30]);
    expect(foresights.map(({ metric, reason }) => [metric, reason])).toEqual([
      ['p95', undefined],
      ['error_rate', undefined],
    ]);
  });

  it('runs a pilot of ten seconds without a run', async () => {
    const plans: Plan[] = [];
    const { isPilot, foresights } = await ahead([], (plan) => plans.push(plan));
    expect([isPilot, foresights.length]).toEqual([true, 2]);
    expect(plans[0]).toMatchObject({ baseline: undefined, loads: [{ arrival: { rate: 20, duration: 10_000_000 } }] });
  });

  it('takes both sides of one comparison, in any order', async () => {
    const sides = (['baseline', 'candidate'] as const).map((side) =>
      aRun({ id: side, comparison: { ...comparison, side } }),
    );
    expect((await ahead(sides)).run.id).toBe('candidate');
    expect((await ahead(sides.toReversed())).run.id).toBe('candidate');
  });

  it.each<[string, Parameters<typeof planAhead>[0]['runs'], RegExp]>([
    ['another configuration', [aRun({ configDigest: 'other' })], /another configuration/],
    ['two runs that are no comparison', [aRun(), aRun()], /two sides of one comparison/],
    [
      'sides of two comparisons',
      [
        aRun({ comparison: { ...comparison, side: 'candidate' } }),
        aRun({ comparison: { ...comparison, id: 'd', side: 'baseline' } }),
      ],
      /two sides of one comparison/,
    ],
  ])('refuses %s', async (_, runs, message) => {
    const failure = await ahead(runs).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GateError);
    expect(failure).toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
  });
});
