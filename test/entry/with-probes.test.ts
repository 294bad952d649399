import { describe, expect, it } from 'vitest';
import { withProbes } from '../../src/entry/with-probes.ts';
import { NO_VITALS } from '../../src/load/generator-health.ts';
import { runLoad } from '../../src/load/run-load.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Plan } from '../../src/model/plan.ts';
import { Budget } from '../../src/plan/budget.ts';
import type { Choreography } from '../../src/probes/prober.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aPlan, aScenario } from '../support/plan-builders.ts';
import { aProbePlan } from '../support/probe-builders.ts';
import { createScriptedTransport } from '../support/scripted-transport.ts';

/** Two probes of one request each, and no load, on two gateways. */
const run = async (unreachable = false) => {
  const clock = createFakeClock();
  const probes = ['first', 'second'].map((name) => aProbePlan({ scenario: aScenario({ name, path: `/${name}` }) }));
  const target = { url: 'http://127.0.0.1:2/below', ca: undefined };
  const plan: Plan = aPlan({ loads: [], scenarios: [], probes, baseline: { target, scenarios: [], probes } });
  const sent: string[] = [];
  const gateway = (side: string) =>
    createScriptedTransport(
      clock,
      ({ path }) => {
        sent.push(`${side} ${path}`);
        return { after: 5_000 };
      },
      unreachable && side === 'baseline' ? () => Promise.reject(new GateError('unreachable', 'Nobody')) : undefined,
    );
  const budget = new Budget(plan.bounds);
  const ports = { clock, transport: gateway('candidate'), baselineTransport: gateway('baseline'), budget };
  const { signal } = new AbortController();
  const all = async () => {
    const load = await runLoad(plan, ports, signal, () => {});
    const more = { instruments: undefined, vitals: NO_VITALS, onProgress: () => {} };
    const isolation: Choreography = async (prober) => {
      await prober.call({ step: 'ask', request: prober.fresh() });
    };
    return withProbes(plan, load, { ...ports, ...more, choreographies: { isolation } }, signal);
  };
  return { result: await clock.runUntil(all()), sent };
};

describe('probes of two gateways', () => {
  it('run one by one, each on one gateway and then on the other', async () => {
    const { result, sent } = await run();
    expect(sent).toEqual(['candidate /first', 'baseline /below/first', 'candidate /second', 'baseline /below/second']);
    expect(result.probes.map(({ scenario, calls }) => [scenario, calls.length])).toEqual([
      ['first', 1],
      ['second', 1],
    ]);
    expect(result.baseline?.probes.map(({ scenario, calls }) => [scenario, calls.length])).toEqual([
      ['first', 1],
      ['second', 1],
    ]);
    expect(result.used.requests).toBe(4);
  });

  it('say which gateway cannot be reached', async () => {
    await expect(run(true)).rejects.toMatchObject({ code: 'unreachable', message: 'The baseline gateway: Nobody' });
  });
});
