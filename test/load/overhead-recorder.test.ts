import { describe, expect, it } from 'vitest';
import { nonceOf } from '../../src/config/template-render.ts';
import { runLoad } from '../../src/load/run-load.ts';
import type { Dialect } from '../../src/model/dialect.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Metric } from '../../src/model/measurement.ts';
import type { ScenarioPlan } from '../../src/model/plan.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import type { CallFeed } from '../../src/ports/call-feed.ts';
import type { OutgoingRequest } from '../../src/ports/transport.ts';
import { countOf, quantile } from '../../src/stats/histogram.ts';
import { blocksOf, pooled } from '../../src/stats/measurement.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { aDialect, aLoad, anArrival, aPlan, aScenario, aTenant } from '../support/plan-builders.ts';
import { type Answer, createScriptedTransport } from '../support/scripted-transport.ts';

const MS = 1_000;

const CHAT: Partial<ScenarioPlan> = {
  endpoint: 'custom',
  method: 'POST',
  body: {
    object: [['messages', { array: [{ object: [['content', { template: ['hello ', { kind: 'nonce' }] }]] }] }]],
  },
};

const nonceIn = ({ body }: OutgoingRequest): string => /hello (\w+)/.exec(String(body))![1]!;

const upstreamCall = (nonce: string, index: number, times: Partial<UpstreamCall>): UpstreamCall => ({
  provider: 'sim',
  index,
  received: micros(0),
  firstByte: undefined,
  firstContent: undefined,
  end: undefined,
  path: '/v1/chat/completions',
  api: 'chat',
  bodyHash: '',
  identity: nonce,
  nonces: [nonce, nonce],
  model: 'm',
  stream: false,
  status: 200,
  abortedByClient: false,
  ...times,
});

/** What the gateway does with request `index`: the provider is asked at `from` and answers at `to` (ms after the request). */
interface Served {
  readonly calls: readonly (readonly [from: number, to: number])[];
  readonly took: number;
  readonly answer?: Answer;
}

interface World {
  readonly scenario?: Partial<ScenarioPlan>;
  readonly serve: (index: number) => Served;
  /** A second gateway, in alternating blocks. */
  readonly baseline?: World['serve'];
  /** How long the provider takes to note the end of a call, ms. */
  readonly late?: number;
  readonly dialect?: Partial<Dialect>;
  readonly warmup?: number;
  readonly rate?: number;
  readonly seconds?: number;
  /** The feed that the burst is given, made from the honest one. */
  readonly feed?: (honest: CallFeed, clock: FakeClock) => CallFeed;
}

/** A burst of 10/s for 4 s whose gateway asks a provider, on a clock of its own. */
const run = async ({
  scenario,
  dialect,
  serve,
  baseline,
  late = 0,
  warmup = 0,
  rate = 10,
  seconds = 4,
  feed,
}: World) => {
  const clock = createFakeClock();
  const calls: UpstreamCall[] = [];
  let told = 0;
  let asked = 0;
  const gateway = (serving: World['serve']) =>
    createScriptedTransport(clock, (request, index) => {
      const { calls: made, took, answer } = serving(index);
      for (const [from, to] of made) {
        const received = micros(clock.now() + from * MS);
        const end = micros(clock.now() + to * MS);
        calls.push(upstreamCall(nonceIn(request), calls.length, { received, firstContent: end, end }));
      }
      return { after: took * MS, ...answer };
    });
  const transport = gateway(serve);
  const honest: CallFeed = {
    open: async () => {},
    next: async () => {
      asked += 1;
      const ended = calls
        .filter(({ end }) => end! + late * MS <= clock.now())
        .toSorted((one, other) => one.end! - other.end!);
      const fresh = ended.slice(told);
      told = ended.length;
      return { calls: fresh, missed: 0 };
    },
  };
  const plan = aPlan({
    dialect: aDialect(dialect),
    scenarios: [aScenario({ ...CHAT, ...scenario })],
    loads: [aLoad({ arrival: anArrival(rate, seconds), warmup: fromSeconds(warmup), blocks: 4 })],
  });
  const abort = new AbortController();
  const upstream = feed?.(honest, clock) ?? honest;
  const comparison = { target: { url: 'http://127.0.0.1:2', ca: undefined }, scenarios: plan.scenarios, probes: [] };
  const compared = baseline === undefined ? plan : { ...plan, pairs: 4, baseline: comparison };
  const baselineTransport = baseline && gateway(baseline);
  const ports = { clock, transport, baselineTransport, upstream };
  const result = await clock.runUntil(runLoad(compared, ports, abort.signal, () => {}));
  const main = result.scenarios[0]!;
  const metric = (name: Metric) => pooled(blocksOf(main.slices, undefined), name);
  return { result, main, metric, asked, clock, transport };
};

describe('the overhead of a burst', () => {
  it('is each request’s response time less its provider’s time, in the block of the request', async () => {
    // 5 ms before the provider, 5 ms behind it, and 40 ms more in the second half.
    const { main, metric, clock } = await run({
      serve: (index) => ({ calls: [[5, 105]], took: index < 20 ? 110 : 150 }),
    });
    expect(main.upstream).toEqual({ hasNonce: true, joined: 40, hits: 0, unseen: 0 });
    expect(countOf(metric('overhead'))).toBe(40);
    const medians = main.slices[0]!.blocks.map(({ histograms }) => quantile(histograms.overhead!, 0.5)! / MS);
    expect(medians.map(Math.round)).toEqual([10, 10, 50, 50]);
    expect(clock.pending()).toBe(0);
  });

  it('is joined by the nonce, not by order: answers overtake each other', async () => {
    const { metric } = await run({
      rate: 100,
      serve: (index) => ({ calls: [[0, index % 2 === 0 ? 300 : 10]], took: index % 2 === 0 ? 303 : 13 }),
    });
    const overhead = metric('overhead');
    expect([countOf(overhead), quantile(overhead, 0.01)! / MS, quantile(overhead, 1)! / MS]).toEqual([
      400,
      expect.closeTo(3, 1),
      expect.closeTo(3, 1),
    ]);
  });

  it('counts all calls of a request, the pauses between them as the gateway’s', async () => {
    const { metric } = await run({
      serve: () => ({
        calls: [
          [0, 20],
          [70, 90],
        ],
        took: 90,
      }),
    });
    expect(quantile(metric('overhead'), 0.5)! / MS).toBeCloseTo(50, 0);
  });

  it('adds to the time to first token of streams', async () => {
    const events = 'data: {"choices":[{"delta":{"content":"x"}}]}\n\n';
    const { metric } = await run({
      scenario: { endpoint: 'chat', stream: true },
      serve: () => ({
        calls: [[2, 50]],
        took: 0,
        answer: {
          after: 0,
          headers: ['content-type', 'text/event-stream'],
          chunks: [
            [60 * MS, events],
            [40 * MS, 'data: [DONE]\n\n'],
          ],
        },
      }),
    });
    // The client has its first content at 60 ms; the provider took 48 ms.
    expect(quantile(metric('ttft-overhead'), 0.5)! / MS).toBeCloseTo(12, 0);
    expect(countOf(metric('ttft-overhead'))).toBe(40);
  });

  it('leaves the warm-up and what failed out, and keeps tenants apart', async () => {
    const { main, metric } = await run({
      warmup: 1,
      scenario: { tenants: [aTenant({ id: 'a' }), aTenant({ id: 'b' })] },
      serve: (index) => ({ calls: [[0, 50]], took: 60, answer: index % 4 === 3 ? { status: 500 } : {} }),
    });
    expect(countOf(metric('overhead'))).toBe(30);
    expect(main.upstream).toMatchObject({ joined: 30, unseen: 0 });
    const counts = main.slices.map(({ blocks }) => countOf(pooled(blocks, 'overhead')));
    expect(counts.reduce((sum, each) => sum + each)).toBe(30);
    expect(Math.min(...counts)).toBeGreaterThan(5);
  });

  it('is all of a declared hit of which no provider saw a call, and nothing for a request that vanished', async () => {
    const { main, metric } = await run({
      serve: (index) => ({
        calls: index % 4 === 0 ? [[0, 50]] : [],
        took: index % 4 === 0 ? 52 : 7,
        answer: { headers: index % 2 === 0 ? ['x-cache', 'hit'] : [] },
      }),
    });
    // Every fourth was asked for although it is called a hit: its overhead is what remains.
    expect(main.upstream).toEqual({ hasNonce: true, joined: 10, hits: 10, unseen: 20 });
    const overhead = metric('overhead');
    expect([countOf(overhead), Math.round(quantile(overhead, 0.25)! / MS), quantile(overhead, 1)! / MS]).toEqual([
      20,
      2,
      expect.closeTo(7, 1),
    ]);
  });

  it('takes only the calls within the request’s time: another gateway is sent the same nonce', async () => {
    const nonce = nonceOf('seed', 'main', 6);
    const twin = (clock: FakeClock) => upstreamCall(nonce, 99, { received: clock.now(), end: clock.now() });
    const { main, metric } = await run({
      serve: () => ({ calls: [[0, 50]], took: 60 }),
      feed: (honest, clock) => ({
        ...honest,
        next: async () => {
          const { calls } = await honest.next();
          // Seen long before and long after the request's own time.
          return { calls: [...calls, twin(clock)], missed: 0 };
        },
      }),
    });
    expect(main.upstream).toMatchObject({ joined: 40 });
    expect(quantile(metric('overhead'), 1)! / MS).toBeCloseTo(10, 1);
  });

  it('keeps two gateways of one comparison apart, which are sent the same nonces', async () => {
    const { result, metric } = await run({
      // Blocks of 100 ms: the calls of both are read together.
      rate: 100,
      seconds: 0.4,
      serve: () => ({ calls: [[0, 50]], took: 60 }),
      baseline: () => ({ calls: [[0, 50]], took: 90 }),
    });
    const [other] = result.baseline!.scenarios;
    expect(other!.upstream).toMatchObject({ joined: 40, unseen: 0 });
    expect(quantile(metric('overhead'), 1)! / MS).toBeCloseTo(10, 1);
    expect(quantile(pooled(blocksOf(other!.slices, undefined), 'overhead'), 0.01)! / MS).toBeCloseTo(40, 1);
  });

  it('cannot be told without a nonce in the body, or without a provider', async () => {
    const { main, metric } = await run({
      scenario: { body: { object: [['messages', { template: ['hello ', { kind: 'seq' }] }]] } },
      serve: () => ({ calls: [[0, 50]], took: 60 }),
    });
    expect([main.upstream, countOf(metric('overhead'))]).toEqual([
      { hasNonce: false, joined: 0, hits: 0, unseen: 0 },
      0,
    ]);
    const clock = createFakeClock();
    const plan = aPlan({ scenarios: [aScenario(CHAT)] });
    const transport = createScriptedTransport(clock, () => ({}));
    const alone = await clock.runUntil(runLoad(plan, { clock, transport }, new AbortController().signal, () => {}));
    expect(alone.scenarios[0]!.upstream).toBeUndefined();
  });
});

describe('what the gateway declares of its own time', () => {
  it.each<[string, Answer, boolean, number | undefined]>([
    ['its own time', { headers: ['x-own-ms', '7', 'x-upstream-ms', '40'] }, false, 7],
    ['its own time of a stream', { headers: ['x-own-ms', '7'] }, true, 7],
    ['only its upstream’s: the rest is its own', { headers: ['x-upstream-ms', '40'] }, false, 20],
    ['an upstream’s time above the whole', { headers: ['x-upstream-ms', '90'] }, false, 0],
    [
      'only its upstream’s, of a stream, whose end it does not say',
      { headers: ['x-upstream-ms', '40'] },
      true,
      undefined,
    ],
    ['nothing', {}, false, undefined],
  ])('%s', async (_, answer, stream, expected) => {
    const { metric } = await run({
      scenario: { stream },
      dialect: { gatewayTime: [{ header: 'x-own-ms' }], upstreamTime: [{ header: 'x-upstream-ms' }] },
      serve: () => ({ calls: [], took: 60, answer }),
    });
    const declared = quantile(metric('declared-overhead'), 0.5);
    expect(declared === undefined ? undefined : Math.round(declared / MS)).toBe(expected);
  });
});

describe('asking the providers', () => {
  it('happens a few times a second, and once more after the last answer', async () => {
    const { asked } = await run({ serve: () => ({ calls: [[0, 50]], took: 60 }) });
    // 4 s, every 250 ms.
    expect(asked).toBeGreaterThanOrEqual(16);
    expect(asked).toBeLessThanOrEqual(18);
  });

  it('waits for a provider that notes the end of a call a little late', async () => {
    const { main } = await run({ rate: 50, late: 90, serve: () => ({ calls: [[0, 50]], took: 50 }) });
    expect(main.upstream).toMatchObject({ joined: 200, unseen: 0 });
  });

  it('goes on after a failure; what could not be told then is told later, but no hit is proven any more', async () => {
    let looks = 0;
    const { main, result } = await run({
      serve: (index) => ({
        calls: index % 2 === 0 ? [[0, 50]] : [],
        took: 60,
        answer: { headers: index % 2 === 0 ? [] : ['x-cache', 'hit'] },
      }),
      feed: (honest) => ({
        ...honest,
        next: async () => {
          looks += 1;
          if (looks === 1) throw new GateError('io', 'sim does not answer');
          return honest.next();
        },
      }),
    });
    expect(main.upstream).toMatchObject({ hits: 0, unseen: 20 + 20 - main.upstream!.joined });
    expect(main.upstream!.joined).toBeGreaterThan(15);
    expect(result.generator.warnings).toEqual([
      'The overhead is not that of all requests: a simulated provider could not be asked: sim does not answer.',
    ]);
  });

  it('a provider that cannot be asked at all ends nothing', async () => {
    const refuse = () => Promise.reject(new GateError('io', 'gone'));
    const { main, result } = await run({
      serve: () => ({ calls: [[0, 50]], took: 60 }),
      feed: () => ({ open: refuse, next: refuse }),
    });
    expect(main.upstream).toEqual({ hasNonce: true, joined: 0, hits: 0, unseen: 40 });
    expect([result.ending.kind, result.generator.warnings.length]).toEqual(['complete', 1]);
  });

  it('says when calls had left a log', async () => {
    const { result } = await run({
      serve: () => ({ calls: [[0, 50]], took: 60 }),
      feed: (honest) => ({ ...honest, next: async () => ({ ...(await honest.next()), missed: 3 }) }),
    });
    expect(result.generator.warnings).toEqual([
      'The overhead is not that of all requests: 3 calls had left the log of a simulated provider before they were read.',
    ]);
  });

  it('ends with a burst that is cancelled, or that never begins', async () => {
    const clock = createFakeClock();
    const feed: CallFeed = { open: async () => {}, next: async () => ({ calls: [], missed: 0 }) };
    const plan = aPlan({ scenarios: [aScenario(CHAT)] });
    const abort = new AbortController();
    const transport = createScriptedTransport(clock, () => ({ after: 20_000 }));
    const promise = runLoad(plan, { clock, transport, upstream: feed }, abort.signal, () => {});
    await clock.advance(fromSeconds(2));
    const before = clock.now();
    abort.abort('SIGTERM');
    const { ending } = await clock.runUntil(promise);
    expect([ending.kind, clock.now() - before, clock.pending()]).toEqual(['cancelled', 0, 0]);

    const refused = createScriptedTransport(
      clock,
      () => ({}),
      () => Promise.reject(new GateError('unreachable', 'refused')),
    );
    const ports = { clock, transport: refused, upstream: feed };
    await expect(clock.runUntil(runLoad(plan, ports, new AbortController().signal, () => {}))).rejects.toThrow(
      'refused',
    );
    expect(clock.pending()).toBe(0);
  });
});
