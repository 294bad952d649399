import { describe, expect, it } from 'vitest';
import { runLoad } from '../../src/load/run-load.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Metric } from '../../src/model/measurement.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Progress } from '../../src/model/progress.ts';
import { fromSeconds, type Micros, micros, ratio } from '../../src/model/units.ts';
import type { LoadResult } from '../../src/ports/load-runner.ts';
import { countOf, quantile } from '../../src/stats/histogram.ts';
import { blocksOf, pooled, totalCounts } from '../../src/stats/measurement.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aLoad, anArrival, aPlan, aScenario, aTenant, someBounds, someUsers } from '../support/plan-builders.ts';
import { type Answer, createScriptedTransport } from '../support/scripted-transport.ts';

type Script = Parameters<typeof createScriptedTransport>[1];

/** Runs a plan on a fake clock; every request takes 20 ms unless the script says otherwise. */
const run = async (plan: Plan, script: Script = () => ({ after: 20_000 })) => {
  const clock = createFakeClock();
  const transport = createScriptedTransport(clock, script);
  const progress: Progress[] = [];
  const abort = new AbortController();
  const started = clock.now();
  const promise = runLoad(plan, { clock, transport }, abort.signal, (each) => progress.push(each));
  const finish = async () => {
    const result = await clock.runUntil(promise);
    return { result, transport, progress, elapsed: clock.now() - started, clock };
  };
  return { clock, abort, transport, finish };
};

const runToEnd = async (plan: Plan, script?: Script) => (await run(plan, script)).finish();

const scenarioOf = (result: LoadResult, name = 'main') => result.scenarios.find((each) => each.name === name)!;
const countsOf = (result: LoadResult, name = 'main') =>
  totalCounts(blocksOf(scenarioOf(result, name).slices, undefined));
const metricOf = (result: LoadResult, metric: Metric, name = 'main') =>
  pooled(blocksOf(scenarioOf(result, name).slices, undefined), metric);

describe('an open load', () => {
  it('sends every arrival of the schedule at its time', async () => {
    const { result, transport } = await runToEnd(aPlan());
    expect(transport.sent.map(({ at }) => at - transport.sent[0]!.at)).toEqual(
      Array.from({ length: 100 }, (_, index) => index * 100_000),
    );
    expect(countsOf(result)).toMatchObject({ ok: 100, good: 100, status: { 200: 100 } });
    expect(result.ending).toEqual({ kind: 'complete' });
    expect(result.used).toMatchObject({ requests: 100, concurrency: 1 });
    expect(scenarioOf(result)).toMatchObject({ load: '10/s for 10s', closed: false, duration: fromSeconds(10) });
  });

  it('lasts until its time is over, although the last arrival comes before', async () => {
    const { elapsed } = await runToEnd(aPlan({ loads: [aLoad({ arrival: anArrival(0.5, 10) })] }));
    expect(elapsed).toBe(10_000_000);
  });

  it('puts a request into the block of its intended start', async () => {
    const { result } = await runToEnd(aPlan());
    const { blocks } = scenarioOf(result).slices[0]!;
    expect(blocks.map(({ index, start, duration, counts }) => [index, start, duration, counts.ok])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index, index * 1_000_000, 1_000_000, 10]),
    );
  });

  it('measures response time from the release and service time from the write', async () => {
    const { result } = await runToEnd(aPlan({ bounds: someBounds({ concurrency: 1 }) }), (_request, index) => ({
      after: index === 0 ? 1_000_000 : 0,
    }));
    // 10/s behind one answer that takes 1 s on the only connection: 10 requests wait up to 1 s.
    const latency = metricOf(result, 'latency');
    expect(quantile(latency, 0.05)! / 1_000).toBeLessThan(1);
    expect(quantile(latency, 1)! / 1_000).toBeCloseTo(1_000, -1);
    const delayed = latency.indexes.reduce((sum, at, i) => (at > 2_048 ? sum + latency.counts[i]! : sum), 0);
    expect(delayed).toBe(10);
    expect(countOf(metricOf(result, 'service'))).toBe(100);
    expect(quantile(metricOf(result, 'service'), 0.98)!).toBeLessThan(10);
  });

  it('shows a stall of 1 s at 100/s as about 100 delayed requests', async () => {
    const stall = (at: number): number => (at >= 5_000_000 && at < 6_000_000 ? 6_000_000 - at : 0);
    const clock = createFakeClock(0);
    const transport = createScriptedTransport(clock, () => ({ after: 1_000 + stall(clock.now()) }));
    const plan = aPlan({ loads: [aLoad({ arrival: anArrival(100) })] });
    const result = await clock.runUntil(runLoad(plan, { clock, transport }, new AbortController().signal, () => {}));
    const latency = metricOf(result, 'latency');
    const delayed = latency.indexes.reduce((sum, at, i) => (at > 2_048 ? sum + latency.counts[i]! : sum), 0);
    expect(delayed).toBeGreaterThanOrEqual(99);
    expect(delayed).toBeLessThanOrEqual(100);
  });

  it('records the release lag apart and never charges it to the gateway', async () => {
    const clock = createFakeClock();
    const transport = createScriptedTransport(clock, () => ({ after: 20_000 }));
    clock.lateness(() => 60_000);
    const result = await clock.runUntil(runLoad(aPlan(), { clock, transport }, new AbortController().signal, () => {}));
    expect(quantile(metricOf(result, 'lag'), 0.5)! / 1_000).toBeCloseTo(60, 0);
    expect(quantile(result.generator.lag, 0.5)! / 1_000).toBeCloseTo(60, 0);
    // Only the scripted gateway's own timer is late as well.
    expect(quantile(metricOf(result, 'latency'), 0.99)!).toBeLessThan(180_000);
    expect(result.generator.scenarioProblems).toEqual([
      {
        scenario: 'main',
        text: expect.stringMatching(/^main: generator saturated: .* released 60\.\d ms or more after/),
      },
    ]);
    expect(result.generator.problems).toEqual([]);
  });

  it('beyond what the machine can release still hears an abort', async () => {
    const clock = createFakeClock();
    let spent = 0;
    // A release takes two intervals, so that the next one is always due.
    const strained = {
      ...clock,
      now: () => micros(clock.now() + spent),
      schedule: (at: Micros, run: () => void) => clock.schedule(micros(at - spent), run),
    };
    const abort = new AbortController();
    const transport = createScriptedTransport(strained, (_request, index) => {
      spent += 2_000;
      if (index === 0) setImmediate(() => abort.abort('SIGINT'));
      return { after: 20_000 };
    });
    const bounds = someBounds({ requests: 10_000, concurrency: 10_000 });
    const plan = aPlan({ bounds, loads: [aLoad({ arrival: anArrival(1_000) })] });
    const result = await clock.runUntil(runLoad(plan, { clock: strained, transport }, abort.signal, () => {}));
    expect(result.ending).toEqual({ kind: 'cancelled', signal: 'SIGINT' });
    expect(transport.sent.length).toBeLessThan(100);
  });

  it('drops what waits for a connection until its timeout, and says so', async () => {
    const plan = aPlan({
      bounds: someBounds({ concurrency: 1 }),
      loads: [
        aLoad({
          members: [
            { scenario: 'patient', weight: 1 },
            { scenario: 'main', weight: 1 },
          ],
        }),
      ],
      scenarios: [aScenario({ timeout: fromSeconds(1) }), aScenario({ name: 'patient', timeout: fromSeconds(60) })],
    });
    const { result, transport } = await runToEnd(plan, () => ({ after: 5_000_000 }));
    const { ok, errors, dropped } = countsOf(result);
    expect(dropped.connection).toBeGreaterThan(30);
    expect(ok + (errors.timeout ?? 0) + dropped.connection!).toBe(50);
    expect(transport.cancelled).toBe((errors.timeout ?? 0) + countsOf(result, 'patient').errors.timeout!);
    expect(transport.peak).toBe(1);
    // The generator itself was in no trouble: the verdict says what the gateway's slowness and the bound did.
    expect(result.generator.scenarioProblems).toEqual([]);
  });

  it('leaves the warm-up out of everything but its count', async () => {
    const plan = aPlan({ loads: [aLoad({ warmup: fromSeconds(2) })] });
    const { result, transport } = await runToEnd(plan);
    expect(transport.sent.length).toBe(120);
    expect(scenarioOf(result).warmupRequests).toBe(20);
    expect(countsOf(result).ok).toBe(100);
    expect(countOf(result.generator.lag)).toBe(100);
    expect(result.used.requests).toBe(120);
  });

  it('fills one block a step', async () => {
    const steps = { kind: 'steps', from: 10, to: 30, by: 10, hold: fromSeconds(2) } as const;
    const { result } = await runToEnd(aPlan({ loads: [aLoad({ arrival: steps })] }));
    expect(scenarioOf(result).stepRates).toEqual([10, 20, 30]);
    expect(scenarioOf(result).slices[0]!.blocks.map((block) => block.counts.ok)).toEqual([20, 40, 60]);
  });
});

describe('members, tenants and loads', () => {
  it('shares a load by weight, and rotates each scenario over its own tenants', async () => {
    const plan = aPlan({
      loads: [
        aLoad({
          members: [
            { scenario: 'a', weight: 3 },
            { scenario: 'b', weight: 1 },
          ],
        }),
      ],
      scenarios: [
        aScenario({
          name: 'a',
          path: '/a',
          tenants: [aTenant({ id: 'free' }), aTenant({ id: 'pro' }), aTenant({ id: 'x' })],
        }),
        aScenario({ name: 'b', path: '/b' }),
      ],
    });
    const { result } = await runToEnd(plan);
    const [a, b] = [scenarioOf(result, 'a'), scenarioOf(result, 'b')];
    expect(a.slices.map(({ tenant, blocks }) => [tenant, totalCounts(blocks).ok])).toEqual([
      ['free', 25],
      ['pro', 25],
      ['x', 25],
    ]);
    expect(b.slices.map(({ tenant, blocks }) => [tenant, totalCounts(blocks).ok])).toEqual([[undefined, 25]]);
  });

  it('starts a load behind another when that has ended and drained', async () => {
    const plan = aPlan({
      loads: [
        aLoad({ name: 'first', members: [{ scenario: 'a', weight: 1 }], arrival: anArrival(10, 1) }),
        aLoad({ name: 'second', members: [{ scenario: 'b', weight: 1 }], arrival: anArrival(10, 1), after: 'first' }),
      ],
      scenarios: [aScenario({ name: 'a', path: '/a' }), aScenario({ name: 'b', path: '/b' })],
    });
    const { transport, result, progress } = await runToEnd(plan, ({ path }) => ({
      after: path === '/a' ? 3_000_000 : 0,
    }));
    const firstOf = (path: string) => transport.sent.find(({ request }) => request.path === path)!.at;
    const lastA = transport.sent.filter(({ request }) => request.path === '/a').at(-1)!.at;
    expect(firstOf('/b') - lastA).toBe(3_000_000 + 50_000);
    expect(countsOf(result, 'b').ok).toBe(10);
    expect(transport.warmed.length).toBe(2);
    expect(progress[0]!.expected).toBe(2_000_000);
    expect([...new Set(progress.map((each) => each.loads.join()))]).toEqual(['first', 'second', '']);
  });
});

describe('users', () => {
  it('send, wait, think and send again, spread over one think time', async () => {
    const plan = aPlan({ loads: [aLoad({ arrival: someUsers(4, [0.98, 0.98]) })] });
    const { transport, result } = await runToEnd(plan);
    const starts = transport.sent.map(({ at }) => at - transport.sent[0]!.at);
    expect(starts.slice(0, 5)).toEqual([0, 245_000, 490_000, 735_000, 1_000_000]);
    expect(countsOf(result).ok).toBe(40);
    expect(scenarioOf(result)).toMatchObject({ closed: true, load: '4 users thinking 980ms for 10s' });
  });

  it('without think time keep exactly as many requests in flight', async () => {
    const { transport, result, elapsed } = await runToEnd(aPlan({ loads: [aLoad({ arrival: someUsers(7) })] }));
    expect(transport.peak).toBe(7);
    expect(countsOf(result).ok).toBe(7 * 500);
    expect(elapsed).toBe(10_000_000);
  });

  it('follow a ramp up and down', async () => {
    const arrival = {
      kind: 'ramping-users',
      stages: [
        { to: 10, over: fromSeconds(5) },
        { to: 0, over: fromSeconds(5) },
      ],
      think: { min: micros(0), max: micros(0) },
    } as const;
    const { transport, result } = await runToEnd(aPlan({ loads: [aLoad({ arrival })] }));
    expect(transport.peak).toBe(10);
    const perBlock = scenarioOf(result).slices[0]!.blocks.map((block) => block.counts.ok);
    // One user in flight makes 50 requests a second.
    [50, 150, 250, 350, 450, 450, 350, 250, 150, 50].forEach((expected, index) => {
      expect(Math.abs(perBlock[index]! - expected)).toBeLessThanOrEqual(35);
    });
  });

  it('survive a gateway that fails inside every send', async () => {
    const failure = { kind: 'connect', detail: 'refused' } as const;
    const plan = aPlan({ loads: [aLoad({ arrival: someUsers(2) })], bounds: someBounds({ requests: 20_000 }) });
    const { result } = await runToEnd(plan, () => ({ failure, atOnce: true }));
    expect(countsOf(result)).toMatchObject({ errors: { connect: 20_000 } });
    expect(result.ending).toEqual({ kind: 'bounded', bound: 'requests' });
    expect(scenarioOf(result).failures).toEqual([
      { errorClass: 'connect', status: undefined, detail: 'refused', count: 20_000, requestId: undefined },
    ]);
  });
});

describe('bounds', () => {
  it.each<[string, Partial<Plan>, { sent: number; dropped: number; bound: string; duration: number }]>([
    [
      'requests',
      { bounds: someBounds({ requests: 30 }) },
      { sent: 30, dropped: 70, bound: 'requests', duration: 3.05 },
    ],
    [
      'duration',
      { bounds: someBounds({ duration: fromSeconds(4) }) },
      { sent: 40, dropped: 60, bound: 'duration', duration: 4.05 },
    ],
    [
      'tokens',
      { bounds: someBounds({ tokens: 500 }), scenarios: [aScenario({ endpoint: 'chat', maxCompletionTokens: 50 })] },
      { sent: 0, dropped: 0, bound: 'tokens', duration: 0 },
    ],
  ])('%s end the run early, and what the schedule still held is dropped', async (_name, overrides, expected) => {
    const chat = { choices: [{ message: { content: 'x' } }], usage: { prompt_tokens: 10, completion_tokens: 40 } };
    const answer: Answer = {
      after: 20_000,
      headers: ['content-type', 'application/json'],
      chunks: [[0, JSON.stringify(chat)]],
    };
    const { result, transport } = await runToEnd(aPlan(overrides), () => answer);
    const { ok, dropped } = countsOf(result);
    expect(result.ending).toEqual({ kind: 'bounded', bound: expected.bound });
    expect(ok).toBe(transport.sent.length);
    expect(ok + dropped.bound!).toBe(100);
    if (expected.bound === 'tokens') {
      expect(ok).toBe(10);
      expect(result.used.tokens).toBe(500);
    } else {
      expect(ok).toBe(expected.sent);
      expect(scenarioOf(result).duration).toBe(fromSeconds(expected.duration));
    }
  });

  it('a run that just fits its bounds is complete', async () => {
    const { result } = await runToEnd(aPlan({ bounds: someBounds({ requests: 100, duration: fromSeconds(10) }) }));
    expect(result.ending).toEqual({ kind: 'complete' });
    expect(countsOf(result)).toMatchObject({ ok: 100, dropped: {} });
  });

  it('a load that never started is dropped whole', async () => {
    const plan = aPlan({
      bounds: someBounds({ requests: 5 }),
      loads: [
        aLoad({ name: 'first', members: [{ scenario: 'a', weight: 1 }] }),
        aLoad({ name: 'second', members: [{ scenario: 'b', weight: 1 }], after: 'first', warmup: fromSeconds(1) }),
      ],
      scenarios: [aScenario({ name: 'a' }), aScenario({ name: 'b' })],
    });
    const { result } = await runToEnd(plan);
    expect(countsOf(result, 'a')).toMatchObject({ ok: 5, dropped: { bound: 95 } });
    expect(countsOf(result, 'b')).toMatchObject({ ok: 0, dropped: { bound: 100 } });
    expect(scenarioOf(result, 'b').duration).toBe(0);
  });

  it('cuts what is in flight 10 s past the duration', async () => {
    const plan = aPlan({
      bounds: someBounds({ duration: fromSeconds(2) }),
      scenarios: [aScenario({ timeout: fromSeconds(60) })],
    });
    const { result, elapsed } = await runToEnd(plan, () => ({ silent: true }));
    expect(countsOf(result).dropped).toEqual({ cancelled: 20, bound: 80 });
    expect(elapsed).toBe(12_050_000);
    expect(result.used.duration).toBe(1_900_000);
  });

  it('the circuit breaker ends a burst against a gateway that is down', async () => {
    const plan = aPlan({ bounds: someBounds({ abort: { errorRate: ratio(0.5), over: fromSeconds(2) } }) });
    const { result, elapsed } = await runToEnd(plan, () => ({ status: 502 }));
    expect(result.ending).toEqual({ kind: 'aborted', reason: expect.stringMatching(/requests failed in the last 2s/) });
    expect(elapsed).toBeLessThan(2_500_000);
    expect(countsOf(result).errors.upstream).toBeGreaterThan(15);
  });
});

describe('an end from outside', () => {
  it('cancels what is in flight and returns what there is', async () => {
    const { abort, clock, transport, finish } = await run(aPlan(), (_request, index) => ({
      after: index < 20 ? 1_000 : 9_000_000,
    }));
    await clock.advance(fromSeconds(3));
    abort.abort('SIGINT');
    const { result } = await finish();
    expect(clock.now()).toBe(4_000_000);
    expect(result.ending).toEqual({ kind: 'cancelled', signal: 'SIGINT' });
    expect(countsOf(result)).toMatchObject({ ok: 20, dropped: { cancelled: 10 } });
    expect(scenarioOf(result).duration).toBe(3_000_000);
    expect(transport.cancelled).toBe(10);
    await clock.advance(fromSeconds(20));
    expect(transport.sent.length).toBe(30);
    expect(clock.pending()).toBe(0);
  });

  it('ends users as well', async () => {
    const { abort, clock, finish } = await run(aPlan({ loads: [aLoad({ arrival: someUsers(3, [0.1, 0.2]) })] }));
    await clock.advance(fromSeconds(1));
    abort.abort('SIGTERM');
    const { result } = await finish();
    expect(result.ending).toEqual({ kind: 'cancelled', signal: 'SIGTERM' });
    expect(clock.pending()).toBe(0);
  });

  it('is heard while connections are being opened, and before the start', async () => {
    for (const early of [true, false]) {
      const clock = createFakeClock();
      const transport = createScriptedTransport(
        clock,
        () => ({}),
        () => new Promise(() => {}),
      );
      const abort = new AbortController();
      if (early) abort.abort('SIGINT');
      const promise = runLoad(aPlan(), { clock, transport }, abort.signal, () => {});
      abort.abort('SIGINT');
      const result = await promise;
      expect(result.ending).toEqual({ kind: 'cancelled', signal: 'SIGINT' });
      expect(transport.sent).toEqual([]);
    }
  });
});

describe('what is recorded', () => {
  it('rejects when the gateway takes no connection', async () => {
    const clock = createFakeClock();
    const refused = async () => Promise.reject(new GateError('unreachable', 'refused'));
    const transport = createScriptedTransport(clock, () => ({}), refused);
    await expect(runLoad(aPlan(), { clock, transport }, new AbortController().signal, () => {})).rejects.toThrow(
      'refused',
    );
  });

  it('keeps connection times, cache, providers, models and throttling apart', async () => {
    const script: Script = (_request, index) =>
      index % 10 === 9
        ? { after: 5_000, status: 429 }
        : {
            after: 1_000 * (index % 10),
            headers: ['x-cache', index % 2 === 0 ? 'HIT' : 'MISS', 'x-upstream-provider', 'p'],
          };
    const plan = aPlan({ scenarios: [aScenario({ expect: { status: [200, 429], headers: [], body: [] } })] });
    const { result } = await runToEnd(plan, script);
    expect(countsOf(result)).toMatchObject({
      ok: 90,
      throttled: 10,
      cache: { hit: 50, miss: 40 },
      providers: { p: 90 },
    });
    expect(countOf(metricOf(result, 'connect'))).toBe(10);
    expect(countOf(metricOf(result, 'hit'))).toBe(50);
    expect(countOf(metricOf(result, 'miss'))).toBe(40);
    expect(countOf(metricOf(result, 'throttled'))).toBe(10);
    expect(quantile(metricOf(result, 'throttled'), 1)).toBeLessThan(5_010);
  });

  it('measures a stream: first content from the release, gaps, time per token', async () => {
    const delta = (content: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
    const last =
      'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}\n\ndata: [DONE]\n\n';
    const script: Script = () => ({
      after: 10_000,
      headers: ['content-type', 'text/event-stream'],
      chunks: [
        [0, ': ping\n\n'],
        [90_000, delta('a')],
        [10_000, delta('b')],
        [20_000, delta('c')],
        [0, last],
      ],
    });
    const chat = aScenario({ endpoint: 'chat', method: 'POST', stream: true, body: { object: [] } });
    const { result } = await runToEnd(aPlan({ scenarios: [chat] }), script);
    expect(countsOf(result)).toMatchObject({ ok: 100, tokens: { prompt: 700, completion: 300, estimated: 0 } });
    expect(quantile(metricOf(result, 'ttft'), 0.5)! / 1_000).toBeCloseTo(100, 0);
    expect(countOf(metricOf(result, 'itl'))).toBe(200);
    expect(quantile(metricOf(result, 'itl'), 1)! / 1_000).toBeCloseTo(20, 1);
    expect(quantile(metricOf(result, 'tpot'), 0.5)! / 1_000).toBeCloseTo(15, 1);
  });

  it('counts as good what met every latency SLO', async () => {
    const slo = {
      text: 'p95 <= 5ms',
      tenant: undefined,
      subject: { kind: 'quantile', metric: 'latency', quantile: 0.95 },
      unit: 'us',
      relation: { operator: '<=', limit: 5_000 },
    } as const;
    const plan = aPlan({ scenarios: [aScenario({ slos: [slo] })] });
    const { result } = await runToEnd(plan, (_request, index) => ({ after: 1_000 * (index % 10) }));
    expect(countsOf(result)).toMatchObject({ ok: 100, good: 60 });
  });

  it('tells progress four times a second', async () => {
    const { progress } = await runToEnd(aPlan({ loads: [aLoad({ warmup: fromSeconds(1) })] }));
    expect(progress.length).toBe(1 + 4 * 11 + 1);
    expect(progress[0]).toMatchObject({ elapsed: 0, sent: 0, p95: undefined, warmup: true, loads: ['main'] });
    expect(progress.at(-1)).toMatchObject({
      sent: 110,
      ok: 110,
      inFlight: 0,
      errors: 0,
      dropped: 0,
      expected: 11_000_000,
    });
    expect(progress[20]!.rate).toBeCloseTo(10, -1);
    expect(progress[20]!.p95! / 1_000).toBeCloseTo(20, 0);
    expect(progress[20]!.warmup).toBe(false);
  });
});

it('the same plan and seed send the same requests', async () => {
  const body = { object: [['n', { template: [{ kind: 'nonce' } as const, ' ', { kind: 'uuid' } as const] }]] as const };
  const plan = aPlan({
    loads: [aLoad({ arrival: { ...anArrival(), process: 'poisson' } as never })],
    scenarios: [aScenario({ method: 'POST', body, headers: [['x-seq', [{ kind: 'seq' }]]] })],
  });
  const [one, two] = [await runToEnd(plan), await runToEnd(plan)];
  expect(one.transport.sent).toEqual(two.transport.sent);
  expect(new Set(one.transport.sent.map(({ request }) => request.body)).size).toBe(one.transport.sent.length);
});
