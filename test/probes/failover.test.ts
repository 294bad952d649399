import { describe, expect, it } from 'vitest';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import { Budget } from '../../src/plan/budget.ts';
import type { Instruments } from '../../src/ports/instruments.ts';
import { runProbes } from '../../src/probes/run-probes.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aPlan, aScenario } from '../support/plan-builders.ts';
import { aCall, anUpstreamCall, aProbePlan } from '../support/probe-builders.ts';
import { probeWorld } from '../support/probe-world.ts';
import { createScriptedTransport } from '../support/scripted-transport.ts';

const PROMISES = [
  'failover.rescued == 100%',
  'failover.amplification <= 2',
  'failover.added.p95 < 5s',
  'failover.silence.added < 5s',
  'failover.retried_400 == 0',
  'failover.recovery < 5s',
  'failover.midstream.hidden == 0',
];

const YAML = `
providers: {one: {url: "http://127.0.0.1:1"}, two: {url: "http://127.0.0.1:2"}}
scenarios:
  rescue:
    probe: failover
    endpoint: chat
    stream: true
    headers: {x-route-policy: failover}
    body: {model: gpt-4o-mini, max_tokens: 40, messages: [{role: user, content: "hello \${nonce}"}]}
    requests: 5
    slo: ${JSON.stringify(PROMISES)}
`;
const GATEWAY = { upstreamTimeout: fromMillis(400) };

describe('on the reference gateway', () => {
  it.each([
    ['healthy', undefined, []],
    ['no-failover', 'no-failover', ['failover.rescued == 100%']],
    ['retry-storm', 'retry-storm', ['failover.amplification <= 2', 'failover.retried_400 == 0']],
  ] as const)('%s fails what it should', async (_name, fault, failed) => {
    const { verdicts, run, sights } = await probeWorld(YAML, { fault, gateway: GATEWAY });
    expect(run.incomplete).toBeUndefined();
    expect(run.skipped).toEqual([]);
    expect(PROMISES.filter((text) => verdicts[text] === 'fail')).toEqual(failed);
    if (fault === undefined) expect(Object.values(verdicts)).toEqual(PROMISES.map(() => 'pass'));
    expect(sights.some((sight) => sight.startsWith('bad'))).toBe(failed.length > 0);
  });

  it('counts only requests that met the fault, where only some are routed to the primary', async () => {
    const { values, verdicts, run } = await probeWorld(
      YAML.replace('{x-route-policy: failover}', '{}').replace(
        'requests: 5',
        'requests: 12, faults: [503]'.replace(', ', '\n    '),
      ),
      { gateway: GATEWAY },
    );
    const met = run.calls.filter(
      ({ step, nonce }) =>
        step === '503' && run.upstream!.some(({ provider, nonces }) => provider === 'one' && nonces.includes(nonce)),
    );
    expect(met.length).toBeGreaterThan(0);
    expect(met.length).toBeLessThan(12);
    expect(values['failover.amplification']).toBe(2);
    expect(verdicts['failover.rescued == 100%']).toBe('pass');
  });
});

/** A gateway that answers every request, and instruments that say which provider served it. */
const scripted = async (servedBy: (at: number) => string, endpoint: 'chat' | 'embeddings' = 'chat') => {
  const clock = createFakeClock();
  const startedAt = clock.now();
  const transport = createScriptedTransport(clock, () => ({ after: 20_000 }));
  const planted: string[] = [];
  const seen: UpstreamCall[] = [];
  const instruments: Instruments = {
    providers: ['a', 'b'],
    calls: async ({ nonce }) => {
      if (nonce === undefined) return seen;
      const call = anUpstreamCall(aCall({ nonce }), {
        provider: servedBy(clock.now() - startedAt),
        received: clock.now(),
      });
      seen.push(call);
      return call.provider === 'a' ? [call] : [];
    },
    setFaults: async (provider, faults) => void planted.push(`${provider} ${faults.map(({ name }) => name).join()}`),
    restoreFaults: async () => {},
  };
  const probe = aProbePlan({
    scenario: aScenario({ name: 'rescue', endpoint, method: 'POST', body: { template: [{ kind: 'nonce' }] } }),
    spec: { kind: 'failover', primary: 'a', faults: [503, 'cut', 'reset'], requests: 2, recovery: fromSeconds(3) },
  });
  const plan = aPlan({ loads: [], scenarios: [], probes: [probe] });
  const ports = { clock, transport, budget: new Budget(plan.bounds), instruments, onProgress: () => {} };
  const { probes } = await clock.runUntil(runProbes(plan, ports, new AbortController().signal));
  return { run: probes[0]!, planted };
};

describe('the choreography', () => {
  it('plants each fault, heals it, and asks until the primary serves again', async () => {
    const { run, planted } = await scripted(() => 'a');
    expect(planted).toEqual(['a status', 'a ', 'a cut', 'a ', 'a reset', 'a ', 'a status', 'a ']);
    expect(run.calls.map(({ step, group, variant }) => [step, group, variant])).toEqual([
      ['back', 0, undefined],
      ['503', 1, undefined],
      ['503', 1, undefined],
      ['back', 1, undefined],
      ['cut', 2, 'streamed'],
      ['cut', 2, 'streamed'],
      ['back', 2, undefined],
      ['reset', 3, undefined],
      ['reset', 3, undefined],
      ['back', 3, undefined],
      ['400', 4, undefined],
      ['400', 4, undefined],
      ['back', 4, undefined],
    ]);
    expect(run.marks.map(({ text }) => text).slice(0, 2)).toEqual(['a answers with status 503', 'a is healthy again']);
  });

  it('leaves the other faults out when the gateway does not come back', async () => {
    const { run, planted } = await scripted((at) => (at < 50_000 ? 'a' : 'b'));
    expect(planted).toEqual(['a status', 'a ']);
    expect(run.skipped).toEqual([
      {
        part: 'cut, reset, 400',
        reason: 'the gateway did not come back to a after 503; raise recovery, or shorten its cooldown',
      },
    ]);
    // Every 220 ms for three seconds.
    expect(run.calls.filter(({ step, group }) => step === 'back' && group === 1)).toHaveLength(14);
  });

  it('says so when the primary serves nothing from the start', async () => {
    const { run, planted } = await scripted(() => 'b');
    expect(planted).toEqual([]);
    expect(run.skipped).toEqual([
      { part: 'failover', reason: 'no request came to a, although it was healthy; let the gateway prefer it' },
    ]);
  });

  it('leaves out what needs a stream where there can be none', async () => {
    const { run } = await scripted(() => 'a', 'embeddings');
    expect(run.skipped).toEqual([{ part: 'cut', reason: 'the scenario asks for no stream; set stream: true' }]);
    expect(run.calls.map(({ step }) => step)).not.toContain('cut');
  });
});
