import { afterEach, describe, expect, it } from 'vitest';
import { GATEWAY_FAULTS, type GatewayFaultName } from '../../../src/adapters/provider/gateway-faults.ts';
import { fromMillis, fromSeconds, type Micros, micros } from '../../../src/model/units.ts';
import { chat, createStage, PATHS, type Sent, send, until } from './exchange.ts';

const stage = createStage();
afterEach(stage.stopAll);

/** A gateway with everything a fault can spoil, in front of two providers of which only the first has weight. */
const build = async ({ ttl = fromSeconds(60), threshold }: Pick<Observation, 'ttl' | 'threshold'>) => {
  const [one, two] = [await stage.provider({ name: 'one' }), await stage.provider({ name: 'two' })];
  const gateway = await stage.gateway({
    providers: [
      { name: 'one', url: one.url, weight: 1 },
      { name: 'two', url: two.url, weight: 1 },
    ],
    models: ['gpt-4o-mini', 'large'],
    tenants: [
      {
        id: 'small',
        limit: { requests: 10, window: fromSeconds(3_600), algorithm: 'token-bucket' },
        allowedModels: ['gpt-4o-mini'],
      },
      { id: 'a' },
      { id: 'b' },
    ],
    cache: { enabled: true, ttl, threshold },
  });
  const ask = async (tenant: string, body: object, more: Sent = {}) => {
    const received = await send(gateway.url, { ...more, body, headers: { 'x-tenant-id': tenant, ...more.headers } });
    return { ...received, cache: received.headers.get('x-cache'), served: received.headers.get('x-upstream-provider') };
  };
  const calls = () => one.count().received + two.count().received;
  return { one, two, gateway, ask, calls };
};
type Stage = Awaited<ReturnType<typeof build>>;

interface Observation {
  readonly look: (stage: Stage) => Promise<unknown>;
  readonly healthy: unknown;
  readonly faulty: unknown;
  /** Of the gateway's cache; a minute unless given. */
  readonly ttl?: Micros;
  /** Of a semantic cache. */
  readonly threshold?: number;
}

const question = (index: number) => chat(`question ${index}`);
const inTurn = async <Value>(count: number, run: (index: number) => Promise<Value>): Promise<Value[]> => {
  const values: Value[] = [];
  for (let index = 0; index < count; index += 1) values.push(await run(index));
  return values;
};
const together = <Value>(count: number, run: (index: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));
const count = <Value>(values: readonly Value[], holds: (value: Value) => boolean) => values.filter(holds).length;
const failing = { headers: { 'x-route-policy': 'failover', 'cache-control': 'no-cache' } };

/** A stream of 400 tokens, long enough to be looked at while it is on its way. */
const openStream = async (url: string) => {
  const abort = new AbortController();
  const body = JSON.stringify(chat(`gm-${'x'.repeat(1_600)}`, { stream: true }));
  const response = await fetch(url + PATHS.chat, { method: 'POST', body, signal: abort.signal });
  return { reader: response.body!.getReader(), abort };
};

/** What shows each fault: the same observation, on the healthy gateway and on the faulty one. */
const OBSERVATIONS: Readonly<Record<GatewayFaultName, Observation>> = {
  slow: {
    look: async ({ ask }) => {
      const answers = await together(12, (index) => ask('a', question(index)));
      const own = answers.map(({ headers }) => Number(/gateway;dur=([\d.]+)/.exec(headers.get('server-timing')!)![1]));
      return count(own, (milliseconds) => milliseconds >= 390) >= 4;
    },
    healthy: false,
    faulty: true,
  },
  stampede: {
    look: async ({ one, two, ask, calls }) => {
      // Slow enough that all of them are there before the first is answered.
      for (const provider of [one, two]) provider.setFaults([{ name: 'slow', add: micros(100_000) }]);
      await together(8, () => ask('a', question(0)));
      return calls();
    },
    healthy: 1,
    faulty: 8,
  },
  leak: {
    look: async ({ ask }) => [(await ask('a', question(0))).cache, (await ask('b', question(0))).cache],
    healthy: ['miss', 'miss'],
    faulty: ['miss', 'hit'],
  },
  'temperature-blind': {
    look: async ({ ask }) => {
      await ask('a', chat('x', { temperature: 0 }));
      return (await ask('a', chat('x', { temperature: 1 }))).cache;
    },
    healthy: 'miss',
    faulty: 'hit',
  },
  'model-blind': {
    look: async ({ ask }) => {
      await ask('a', chat('x'));
      return (await ask('a', chat('x', { model: 'large' }))).reading.model;
    },
    healthy: 'large',
    faulty: 'gpt-4o-mini',
  },
  'system-blind': {
    look: async ({ ask }) => {
      const messages = [{ role: 'user', content: 'x' }];
      await ask('a', chat('x', { messages }));
      return (await ask('a', chat('x', { messages: [{ role: 'system', content: 'Be brief.' }, ...messages] }))).cache;
    },
    healthy: 'miss',
    faulty: 'hit',
  },
  'stream-blind': {
    look: async ({ ask }) => {
      const cold = await ask('a', chat('x', { stream: true }));
      await ask('a', chat('x'));
      const warm = await ask('a', chat('x', { stream: true }));
      return [cold.cache, warm.cache, warm.reading.outcome.kind];
    },
    healthy: ['bypass', 'bypass', 'ok'],
    faulty: ['bypass', 'hit', 'error'],
  },
  'ignored-bypass': {
    look: async ({ ask }) => {
      await ask('a', question(0));
      return (await ask('a', question(0), { headers: { 'cache-control': 'no-cache' } })).cache;
    },
    healthy: 'bypass',
    faulty: 'hit',
  },
  'stale-cache': {
    ttl: fromMillis(200),
    look: async ({ ask }) => {
      await ask('a', question(0));
      const early = (await ask('a', question(0))).cache;
      await new Promise((resolve) => setTimeout(resolve, 250));
      return [early, (await ask('a', question(0))).cache];
    },
    healthy: ['hit', 'miss'],
    faulty: ['hit', 'hit'],
  },
  'semantic-loose': {
    threshold: 0.9,
    look: async ({ ask }) => {
      await ask('a', chat('How do I reset my password today?'));
      const like = await ask('a', chat('Today, how do I reset my password?'));
      return [like.cache, (await ask('a', chat('How do I reset my router today?'))).cache];
    },
    healthy: ['hit', 'miss'],
    faulty: ['hit', 'hit'],
  },
  'crossed-answers': {
    look: async ({ one, two, ask }) => {
      for (const provider of [one, two]) provider.setFaults([{ name: 'slow', add: micros(100_000) }]);
      const answers = await together(6, (index) => ask('a', question(index)));
      return new Set(answers.map(({ text }) => text)).size;
    },
    healthy: 6,
    faulty: 1,
  },
  'cached-errors': {
    look: async ({ one, two, ask }) => {
      for (const provider of [one, two]) provider.setFaults([{ name: 'status' }]);
      await ask('a', question(0));
      for (const provider of [one, two]) provider.setFaults([]);
      return (await ask('a', question(0))).status;
    },
    healthy: 200,
    faulty: 502,
  },
  'bad-429': {
    look: async ({ ask }) => (await inTurn(11, () => ask('small', question(0)))).at(-1)!.status,
    healthy: 429,
    faulty: 500,
  },
  'loose-limit': {
    look: async ({ ask }) => count(await inTurn(15, () => ask('small', question(0))), ({ status }) => status === 200),
    healthy: 10,
    faulty: 13,
  },
  'lying-retry-after': {
    look: async ({ ask }) => (await inTurn(11, () => ask('small', question(0)))).at(-1)!.headers.get('retry-after'),
    healthy: '360',
    faulty: '72',
  },
  'starved-neighbour': {
    look: async ({ ask }) => count(await inTurn(12, () => ask('a', question(0))), ({ status }) => status === 429),
    healthy: 0,
    faulty: 2,
  },
  'starved-endpoint': {
    // Ten embeddings of 20 ms each, one by one, are 200 ms; together they are little more than 20.
    look: async ({ one, ask }) => {
      one.setFaults([{ name: 'slow', add: micros(20_000) }]);
      const noise = together(10, (index) =>
        ask('a', { model: 'gpt-4o-mini', input: `text ${index}` }, { path: '/v1/embeddings' }),
      );
      await until(() => one.count().received > 0);
      const started = performance.now();
      await ask('b', question(0));
      const took = performance.now() - started;
      await noise;
      return took > 150;
    },
    healthy: false,
    faulty: true,
  },
  'no-failover': {
    look: async ({ one, ask }) => {
      one.setFaults([{ name: 'status' }]);
      return (await ask('a', question(0), failing)).status;
    },
    healthy: 200,
    faulty: 502,
  },
  'retry-storm': {
    look: async ({ one, two, ask, calls }) => {
      for (const provider of [one, two]) provider.setFaults([{ name: 'status', status: 400 }]);
      await ask('a', question(0), failing);
      return calls();
    },
    healthy: 1,
    faulty: 8,
  },
  'skewed-routing': {
    look: async ({ one, ask, calls }) => {
      await together(60, (index) => ask('a', question(index)));
      return Math.round((4 * one.count().received) / calls()) / 4;
    },
    healthy: 0.5,
    faulty: 0.75,
  },
  'wrong-attribution': {
    look: async ({ one, ask }) => {
      const claimed = count(await together(30, (index) => ask('a', question(index))), ({ served }) => served === 'one');
      return claimed === one.count().received;
    },
    healthy: true,
    faulty: false,
  },
  'wrong-model': {
    look: async ({ ask }) =>
      count(
        await together(40, (index) => ask('a', question(index))),
        ({ reading }) => reading.model !== 'gpt-4o-mini',
      ) > 0,
    healthy: false,
    faulty: true,
  },
  'forbidden-model': {
    look: async ({ ask }) => (await ask('small', chat('x', { model: 'large' }))).status,
    healthy: 403,
    faulty: 200,
  },
  truncate: {
    look: async ({ ask }) => {
      const streams = await together(60, (index) => ask('a', chat(`question ${index}`, { stream: true })));
      const kinds = streams.map(({ reading }) =>
        reading.outcome.kind === 'error' ? reading.outcome.errorClass : 'ok',
      );
      return [...new Set(kinds)].sort();
    },
    healthy: ['ok'],
    faulty: ['ok', 'truncated'],
  },
  'buffered-streams': {
    look: async ({ gateway, one, two }) => {
      const { reader } = await openStream(gateway.url);
      await reader.read();
      return one.count().inFlight + two.count().inFlight;
    },
    healthy: 1,
    faulty: 0,
  },
  'ignored-cancel': {
    look: async ({ gateway, one, two }) => {
      const { reader, abort } = await openStream(gateway.url);
      await reader.read();
      abort.abort();
      await until(() => one.count().inFlight + two.count().inFlight === 0);
      return one.count().abortedByClient + two.count().abortedByClient;
    },
    healthy: 1,
    faulty: 0,
  },
};

describe('planted faults', () => {
  it.each(Object.keys(GATEWAY_FAULTS) as GatewayFaultName[])('%s shows, and is not there without it', async (fault) => {
    const { look, healthy, faulty, ...cache } = OBSERVATIONS[fault];
    expect(await look(await build(cache))).toEqual(healthy);
    const broken = await build(cache);
    broken.gateway.setFault(fault);
    expect(await look(broken)).toEqual(faulty);
  });

  it('are described in a line each', () => {
    for (const { about } of Object.values(GATEWAY_FAULTS)) expect(about).toMatch(/^[^\n.]{20,80}$/);
  });
});
