import { afterEach, describe, expect, it } from 'vitest';
import { fromMillis, fromSeconds, micros } from '../../../src/model/units.ts';
import { chat, createStage, PATHS, send, until } from './exchange.ts';

const stage = createStage();
afterEach(stage.stopAll);

const upstream = (name: string, url: string, weight = 1, models?: readonly string[]) => ({ name, url, weight, models });
const CACHE = { enabled: true, ttl: fromSeconds(60) };
/** Nothing listens on the port of discard. */
const NOWHERE = 'http://127.0.0.1:9';

describe('doors', () => {
  const tenants = [
    {
      id: 'free',
      allowedModels: ['small'],
      limit: { requests: 2, window: fromSeconds(60), algorithm: 'token-bucket' as const },
    },
    { id: 'pro' },
  ];
  const open = async (more = {}) => {
    const provider = await stage.provider();
    return stage.gateway({
      providers: [upstream('sim', provider.url)],
      keys: ['key'],
      tenants,
      models: ['small', 'large'],
      ...more,
    });
  };
  const authorized = { authorization: 'Bearer key' };
  const as = (tenant: string) => ({ ...authorized, 'x-tenant-id': tenant });

  it.each([
    ['no key', {}, {}, 401, 'invalid_api_key'],
    ['a wrong key', { headers: { authorization: 'Bearer other' } }, {}, 401, 'invalid_api_key'],
    ['an unknown tenant', { headers: as('nobody') }, {}, 403, 'unknown_tenant'],
    ['a model that the tenant may not use', { headers: as('free') }, { model: 'large' }, 403, 'model_not_allowed'],
    ['a body without a model', { headers: as('pro') }, { model: 1 }, 400, 'missing_model'],
    ['a body that is not JSON', { headers: as('pro'), body: '{' }, {}, 400, 'invalid_json'],
    ['an unknown path', { headers: as('pro'), path: '/v1/other' }, {}, 404, 'unknown_url'],
    ['a wrong method', { headers: as('pro'), endpoint: 'models' as const }, {}, 405, 'method_not_allowed'],
  ])('refuses %s', async (_, sent, more, status, code) => {
    const gateway = await open();
    const received = await send(gateway.url, { body: chat('hello', more), ...sent });
    expect([received.status, received.json]).toMatchObject([status, { error: { code } }]);
    expect(received.headers.get('x-request-id')).toBeTruthy();
  });

  it('lets tenants and requests without a tenant in, and echoes the request id', async () => {
    const gateway = await open();
    expect((await send(gateway.url, { body: chat('hello'), headers: authorized })).status).toBe(200);
    const received = await send(gateway.url, {
      body: chat('hello'),
      headers: { ...as('pro'), 'x-request-id': 'mine' },
    });
    expect([received.status, received.headers.get('x-request-id')]).toEqual([200, 'mine']);
  });

  it('answers with an allowed model when told to, and lists only those', async () => {
    const gateway = await open({ onForbiddenModel: 'downgrade' });
    const { reading } = await send(gateway.url, { body: chat('hello', { model: 'large' }), headers: as('free') });
    expect(reading).toMatchObject({ outcome: { kind: 'ok' }, model: 'small' });
    const listed = async (tenant: string) =>
      (
        (await send(gateway.url, { endpoint: 'models', headers: as(tenant) })).json as { data: { id: string }[] }
      ).data.map(({ id }) => id);
    expect([await listed('free'), await listed('pro')]).toEqual([['small'], ['small', 'large']]);
  });

  it('counts each tenant against its own limit', async () => {
    const gateway = await open();
    const ask = (tenant: string) => send(gateway.url, { body: chat('hello', { model: 'small' }), headers: as(tenant) });
    const first = await ask('free');
    expect(first.headers.get('x-ratelimit-limit')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    await ask('free');
    const rejected = await ask('free');
    expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([429, '30']);
    expect(rejected.headers.get('x-ratelimit-reset')).toBe('60');
    const other = await ask('pro');
    expect([other.status, other.headers.get('x-ratelimit-limit')]).toEqual([200, null]);
  });
});

describe('cache', () => {
  const open = async (more = {}) => {
    const provider = await stage.provider();
    const gateway = await stage.gateway({ providers: [upstream('sim', provider.url)], cache: CACHE, ...more });
    const ask = async (body: object, headers = {}) => {
      const received = await send(gateway.url, { body, headers: { 'x-tenant-id': 'a', ...headers } });
      return { ...received, cache: received.headers.get('x-cache') };
    };
    return { provider, gateway, ask };
  };

  it('a repeat is a hit with the same bytes, without a call upstream', async () => {
    const { provider, ask } = await open();
    const [first, second] = [await ask(chat('hello')), await ask(chat('hello'))];
    expect([first.cache, second.cache]).toEqual(['miss', 'hit']);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('age')).toBe('0');
    expect([first, second].map(({ headers }) => headers.get('x-upstream-provider'))).toEqual(['sim', 'sim']);
    expect([first, second].map(({ headers }) => headers.get('x-route-decision'))).toEqual(['weighted', 'cache']);
    expect(provider.count().received).toBe(1);
  });

  const base = chat('hello', { temperature: 0 });
  it.each([
    ['another model', chat('hello', { temperature: 0, model: 'other' }), {}, 'miss'],
    ['another temperature', chat('hello', { temperature: 1 }), {}, 'miss'],
    ['another prompt', chat('hello!', { temperature: 0 }), {}, 'miss'],
    ['another tenant', base, { 'x-tenant-id': 'b' }, 'miss'],
    ['a stream', { ...base, stream: true }, {}, 'bypass'],
    ['x-cache-enabled: false', base, { 'x-cache-enabled': 'false' }, 'bypass'],
    ['cache-control: no-cache', base, { 'cache-control': 'no-cache' }, 'bypass'],
  ])('%s is not answered from it', async (_, body, headers, status) => {
    const { provider, ask } = await open();
    await ask(base);
    expect((await ask(body, headers)).cache).toBe(status);
    expect(provider.count().received).toBe(2);
  });

  it('forgets after its time to live', async () => {
    const { ask } = await open({ cache: { enabled: true, ttl: fromMillis(20) } });
    expect((await ask(base)).cache).toBe('miss');
    await new Promise((resolve) => setTimeout(resolve, 25));
    expect((await ask(base)).cache).toBe('miss');
  });

  it('does not keep errors', async () => {
    const { provider, ask } = await open();
    provider.setFaults([{ name: 'status' }]);
    expect((await ask(base)).status).toBe(502);
    provider.setFaults([]);
    expect([await ask(base), await ask(base)].map(({ status, cache }) => [status, cache])).toEqual([
      [200, 'miss'],
      [200, 'hit'],
    ]);
  });

  it('identical cold requests that come together make one upstream call', async () => {
    const { provider, ask } = await open();
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(base)));
    expect(provider.count().received).toBe(1);
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(all.filter(({ cache }) => cache === 'miss')).toHaveLength(1);
  });
});

describe('routing', () => {
  const open = async () => {
    const [one, two] = [await stage.provider({ name: 'one' }), await stage.provider({ name: 'two' })];
    const providers = [upstream('one', one.url, 3, ['small', 'large']), upstream('two', two.url, 1, ['small'])];
    const gateway = await stage.gateway({ providers });
    const ask = async (headers = {}, body = chat('hello', { model: 'small' })) => {
      const { status, headers: got, reading } = await send(gateway.url, { body, headers });
      return { status, served: got.get('x-upstream-provider'), decision: got.get('x-route-decision'), reading };
    };
    return { one, two, gateway, ask };
  };

  it('follows weights, preference, policy and models', async () => {
    const { one, two, ask } = await open();
    await Promise.all(Array.from({ length: 80 }, () => ask()));
    expect(one.count().received).toBeGreaterThan(48);
    expect(two.count().received).toBeGreaterThan(8);
    expect(await ask({ 'x-provider-preference': 'two' })).toMatchObject({ served: 'two', decision: 'preference' });
    expect(await ask({ 'x-route-policy': 'primary' })).toMatchObject({ served: 'one', decision: 'primary' });
    const large = chat('hello', { model: 'large' });
    expect(await ask({ 'x-provider-preference': 'two' }, large)).toMatchObject({ served: 'one' });
    expect(await ask({}, chat('hello', { model: 'unknown' }))).toMatchObject({ status: 404 });
  });

  it.each([
    ['status', 500],
    ['status', 429],
    ['reset', undefined],
    ['cut', undefined],
  ] as const)('asks the next provider after %s %s', async (name, status) => {
    const { one, two, ask } = await open();
    one.setFaults([{ name, status }]);
    expect(await ask({ 'x-route-policy': 'failover' })).toMatchObject({
      status: 200,
      served: 'two',
      decision: 'failover',
      reading: { outcome: { kind: 'ok' } },
    });
    expect([one.count().received, two.count().received]).toEqual([1, 1]);
  });

  it('gives up on a silent provider, and does not retry what the client did wrong', async () => {
    const silent = await stage.provider({ name: 'silent', faults: [{ name: 'silence' }] });
    const picky = await stage.provider({ name: 'picky', models: ['other'] });
    const providers = [upstream('silent', silent.url), upstream('picky', picky.url), upstream('nowhere', NOWHERE)];
    const gateway = await stage.gateway({ providers, upstreamTimeout: fromMillis(30) });
    const received = await send(gateway.url, { body: chat('x'), headers: { 'x-route-policy': 'failover' } });
    expect([received.status, received.headers.get('x-upstream-provider')]).toEqual([404, 'picky']);
    await until(() => silent.count().abortedByClient === 1);
    expect(gateway.count().upstreamCalls).toBe(2);
  });

  it.each([
    ['nobody answers', undefined, 503, 'upstream_unavailable'],
    ['the last one fails', 500, 502, 'upstream_error'],
  ] as const)('when %s: %s → %i', async (_, status, expected, code) => {
    const failing = await stage.provider({ faults: [{ name: status === undefined ? 'reset' : 'status', status }] });
    const gateway = await stage.gateway({
      providers: [upstream('nowhere', NOWHERE), upstream('failing', failing.url)],
    });
    const received = await send(gateway.url, { body: chat('x'), headers: { 'x-route-policy': 'failover' } });
    expect([received.status, received.json]).toMatchObject([expected, { error: { code } }]);
  });

  it('passes on a 429 of every provider, with the wait that the last one promised', async () => {
    const provider = await stage.provider({
      limit: { requests: 1, window: fromSeconds(40), algorithm: 'token-bucket' },
    });
    const gateway = await stage.gateway({ providers: [upstream('sim', provider.url)] });
    await send(gateway.url, { body: chat('x') });
    const received = await send(gateway.url, { body: chat('x') });
    expect([received.status, received.headers.get('retry-after')]).toEqual([429, '40']);
  });
});

describe('streams', () => {
  it.each(['chat', 'responses', 'messages'] as const)('%s are passed on byte by byte', async (endpoint) => {
    const provider = await stage.provider();
    const gateway = await stage.gateway({ providers: [upstream('sim', provider.url)] });
    const body = { model: 'm', stream: true, max_tokens: 8, messages: [{ role: 'user', content: 'x' }], input: 'x' };
    const [direct, through] = [
      await send(provider.url, { endpoint, body }),
      await send(gateway.url, { endpoint, body }),
    ];
    const stable = (text: string) => text.replace(/"(id|item_id|created|created_at)":("[^"]*"|\d+)/g, '');
    expect(stable(through.text)).toBe(stable(direct.text));
    expect(through.reading.outcome).toEqual({ kind: 'ok' });
    expect(through.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(Number(through.headers.get('x-upstream-latency-ms'))).toBeGreaterThan(0);
    expect(through.headers.get('server-timing')).toMatch(/^gateway;dur=[\d.]+, upstream;dur=[\d.]+$/);
  });

  it('arrive while the provider is still sending', async () => {
    const provider = await stage.provider({ outputTokens: 5_000 });
    const gateway = await stage.gateway({ providers: [upstream('sim', provider.url)] });
    const abort = new AbortController();
    const request = { method: 'POST', body: JSON.stringify(chat('x', { stream: true })), signal: abort.signal };
    const response = await fetch(gateway.url + PATHS.chat, request);
    await response.body!.getReader().read();
    expect(provider.count().inFlight).toBe(1);
    abort.abort();
    await until(() => provider.count().inFlight === 0);
    expect(provider.count().abortedByClient).toBe(1);
  });

  it('that break off upstream break off for the client too', async () => {
    const provider = await stage.provider({ faults: [{ name: 'cut' }] });
    const gateway = await stage.gateway({ providers: [upstream('sim', provider.url)] });
    await expect(async () => {
      const response = await fetch(gateway.url + PATHS.chat, {
        method: 'POST',
        body: JSON.stringify(chat('x', { stream: true })),
      });
      await response.text();
    }).rejects.toThrow();
  });
});

describe('cancel', () => {
  it.each([
    ['plain', { enabled: false, ttl: micros(1) }],
    ['cacheable', CACHE],
  ])('of a %s request ends its upstream call', async (_, cache) => {
    const provider = await stage.provider({ faults: [{ name: 'silence' }] });
    const gateway = await stage.gateway({ providers: [upstream('sim', provider.url)], cache });
    const abort = new AbortController();
    const left = send(gateway.url, { body: chat('x'), signal: abort.signal });
    await until(() => provider.count().inFlight === 1);
    abort.abort();
    await expect(left).rejects.toThrow();
    await until(() => provider.count().inFlight === 0);
    expect(provider.count().abortedByClient).toBe(1);
  });

  it('of one client does not end the call that another one waits for', async () => {
    const provider = await stage.provider({ latency: { p50: fromMillis(300), p95: fromMillis(300) } });
    const gateway = await stage.gateway({ providers: [upstream('sim', provider.url)], cache: CACHE });
    const abort = new AbortController();
    const leaving = send(gateway.url, { body: chat('x'), signal: abort.signal });
    await until(() => provider.count().inFlight === 1);
    const staying = send(gateway.url, { body: chat('x') });
    setTimeout(() => abort.abort(), 100);
    await expect(leaving).rejects.toThrow();
    expect((await staying).status).toBe(200);
    expect(provider.count()).toMatchObject({ received: 1, ok: 1 });
  });
});

describe('start', () => {
  it('needs a provider', async () => {
    await expect(stage.gateway({ providers: [] })).rejects.toMatchObject({ code: 'config' });
  });
});
