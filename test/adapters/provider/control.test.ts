import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createInstruments, greetProviders } from '../../../src/adapters/provider/control-client.ts';
import { fromMillis, fromSeconds } from '../../../src/model/units.ts';
import type { ProviderFault } from '../../../src/model/upstream.ts';
import { chat, createStage, send, until } from './exchange.ts';

const stage = createStage();
afterEach(stage.stopAll);

const control = (url: string, path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${new URL(url).origin}/_gatemark${path}`, init);

// Read by hand: what is said over the wire is the contract, whoever speaks it.
const answered = async (url: string, path: string): Promise<Answered> =>
  (await control(url, path)).json() as Promise<Answered>;

/** The fields of all answers. */
interface Answered {
  readonly now: number;
  readonly calls: readonly { readonly index: number; readonly nonces: readonly string[] }[];
  readonly next: number;
  readonly inFlight: number;
}

const planting = (url: string, faults: unknown): Promise<Response> =>
  control(url, '/faults', { method: 'PUT', body: typeof faults === 'string' ? faults : JSON.stringify(faults) });

/** A server that is no provider, and answers everything alike. */
const stranger = async (status: number, body: string): Promise<string> => {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stage.keep({ stop: () => new Promise((resolve) => server.close(() => resolve())) });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('what a provider says about itself', () => {
  it('is asked below /_gatemark, at the root of its port, whatever the base path and the keys of its API', async () => {
    const { url } = await stage.provider({ name: 'primary', requirePath: '/openai', keys: ['secret'] });
    const introduction = await answered(url, '');
    expect(introduction).toMatchObject({ kind: 'gatemark-provider', version: 1, name: 'primary' });
    const clock = Number(process.hrtime.bigint()) / 1_000;
    expect(Math.abs(introduction.now - clock)).toBeLessThan(fromSeconds(2));
  });

  it('has calls by index and by nonce, in the order of their arrival; control calls are not among them', async () => {
    const { url } = await stage.provider();
    for (const nonce of ['gm-a', 'gm-b', 'gm-a', 'gm-c']) await send(url, { body: chat(`hello ${nonce}`) });
    const indexes = async (query: string): Promise<number[]> => {
      const { calls } = await answered(url, `/calls${query}`);
      return calls.map(({ index }) => index);
    };
    expect(await indexes('')).toEqual([0, 1, 2, 3]);
    expect(await indexes('?since=2')).toEqual([2, 3]);
    expect(await indexes('?nonce=gm-a')).toEqual([0, 2]);
    expect(await indexes('?nonce=gm-a&since=1')).toEqual([2]);
    expect(await indexes('?limit=2')).toEqual([0, 1]);
    expect(await answered(url, '/count')).toMatchObject({ received: 4, ok: 4, inFlight: 0 });
  });

  it('has calls in the order of their ends, each once, and says how many were lost on the way', async () => {
    const { url } = await stage.provider({
      logSize: 3,
      latency: { p50: fromSeconds(0), p95: fromSeconds(0) },
      // So that the stream outlasts a call beside it on a busy machine, too.
      tokenInterval: fromMillis(40),
    });
    const ended = async (since: number, limit = 10) => answered(url, `/ended?since=${since}&limit=${limit}`);
    expect(await ended(0)).toEqual({ calls: [], next: 0, missed: 0 });
    const slow = send(url, { body: chat('hello gm-slow', { stream: true }) });
    await until(async () => (await answered(url, '/count')).inFlight === 1);
    await send(url, { body: chat('hello gm-quick') });
    await slow;
    await until(async () => (await ended(0)).next === 2);
    const both = await ended(0);
    expect(both.calls.map(({ index, nonces }) => [index, nonces])).toEqual([
      [1, ['gm-quick']],
      [0, ['gm-slow']],
    ]);
    expect(await ended(0, 1)).toMatchObject({ calls: [{ index: 1 }], next: 1, missed: 0 });
    for (const nonce of ['gm-c', 'gm-d', 'gm-e']) await send(url, { body: chat(nonce) });
    await until(async () => (await ended(2)).next === 5);
    expect(await ended(1)).toMatchObject({ calls: [{ index: 2 }, { index: 3 }, { index: 4 }], next: 5, missed: 1 });
    expect(await ended(9)).toEqual({ calls: [], next: 5, missed: 0 });
  });

  it('forgets its calls, not their numbers', async () => {
    const { url } = await stage.provider();
    await send(url, { body: chat('one') });
    expect((await control(url, '/calls', { method: 'DELETE' })).status).toBe(204);
    await send(url, { body: chat('two') });
    const { calls } = await answered(url, '/calls');
    expect(calls).toMatchObject([{ index: 1 }]);
    expect(await answered(url, '/count')).toMatchObject({ received: 1 });
  });

  it.each([
    ['GET', '/nothing', 404, { error: 'there is nothing at /_gatemark/nothing' }],
    ['GET', '/constructor', 404, {}],
    ['POST', '/calls', 405, { error: 'POST is not possible here', allowed: ['GET', 'DELETE'] }],
    ['GET', '/faults', 405, { allowed: ['PUT', 'DELETE'] }],
    ['GET', '/calls?since=-1', 400, { error: 'since: must be a whole number, 0 or more' }],
    ['GET', '/calls?sinse=1', 400, { error: 'Unrecognized key: "sinse"' }],
    ['GET', '/ended?limit=x', 400, { error: 'limit: must be a whole number, 0 or more' }],
  ])('%s %s is refused with %i', async (method, path, status, body) => {
    const { url } = await stage.provider();
    const response = await control(url, path, { method });
    expect([response.status, await response.json()]).toMatchObject([status, body]);
  });
});

describe('faults on command', () => {
  it('replaces them all, from the next call on', async () => {
    const { url } = await stage.provider();
    const status = async (): Promise<number> => (await send(url, { body: chat('x') })).status;
    expect((await planting(url, [{ name: 'status', status: 529 }])).status).toBe(204);
    expect(await status()).toBe(529);
    await planting(url, [{ name: 'status', share: 0 }]);
    expect(await status()).toBe(200);
    await planting(url, [{ name: 'status' }]);
    expect(await status()).toBe(503);
    await planting(url, []);
    expect(await status()).toBe(200);
  });

  it.each<[string, unknown, string]>([
    ['not JSON', '{', 'must be a JSON list of faults'],
    ['no list', { name: 'status' }, 'must be a JSON list of faults'],
    ['an unknown fault', [{ name: 'late' }], '[0].name: Invalid option'],
    ['an unknown field', [{ name: 'slow', by: 3 }], '[0]: Unrecognized key: "by"'],
    ['a field of another fault', [{ name: 'reset', status: 500 }], '[0].status: does not go with reset'],
    ['a share above 1', [{ name: 'reset' }, { name: 'slow', share: 2 }], '[1].share: Too big'],
    ['a status that is no error', [{ name: 'status', status: 200 }], '[0].status: Too small'],
  ])('refuses what is none, and keeps those it has: %s', async (_, faults, reason) => {
    const { url } = await stage.provider();
    await planting(url, [{ name: 'status', status: 500 }]);
    const response = await planting(url, faults);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringContaining(reason) });
    expect((await send(url, { body: chat('x') })).status).toBe(500);
  });
});

describe('createInstruments', () => {
  const two = async () => {
    const providers = await Promise.all(['a', 'b'].map((name) => stage.provider({ name, requirePath: `/${name}` })));
    return { providers, instruments: createInstruments(providers.map(({ name, url }) => ({ name, url }))) };
  };

  it('has the calls of all providers, as each of them saw them', async () => {
    const { providers, instruments } = await two();
    const [a, b] = providers;
    await send(b!.url, { body: chat('hello gm-1') });
    await send(a!.url, { body: chat('hello gm-2', { stream: true }) });
    await send(a!.url, { body: chat('hello gm-1') });
    expect(instruments.providers).toEqual(['a', 'b']);
    const calls = await instruments.calls({});
    expect(calls).toEqual([
      ...a!.calls().map((call) => rounded({ ...call, provider: 'a' })),
      ...b!.calls().map((call) => rounded({ ...call, provider: 'b' })),
    ]);
    const places = async (query: Parameters<typeof instruments.calls>[0]) =>
      (await instruments.calls(query)).map(({ provider, index }) => `${provider}${index}`);
    expect(await places({ nonce: 'gm-1' })).toEqual(['a1', 'b0']);
    expect(await places({ provider: 'a', since: 1 })).toEqual(['a1']);
    expect(await places({ provider: 'b' })).toEqual(['b0']);
  });

  it('plants every field of a fault', async () => {
    const { providers, instruments } = await two();
    const fault: ProviderFault = { name: 'status', status: 500, share: 1 as never, until: fromSeconds(60) };
    await instruments.setFaults('b', [fault]);
    expect((await send(providers[0]!.url, { body: chat('x') })).status).toBe(200);
    expect((await send(providers[1]!.url, { body: chat('x') })).status).toBe(500);
    await instruments.setFaults('b', [{ ...fault, from: fromSeconds(59) }]);
    expect((await send(providers[1]!.url, { body: chat('x') })).status).toBe(200);
  });

  it('gives a provider the faults back that it was started with', async () => {
    const { name, url } = await stage.provider({ faults: [{ name: 'status', status: 529 }] });
    const instruments = createInstruments([{ name, url }]);
    await instruments.setFaults(name, []);
    expect((await send(url, { body: chat('x') })).status).toBe(200);
    await instruments.restoreFaults(name);
    expect((await send(url, { body: chat('x') })).status).toBe(529);
  });

  it('rejects for a provider that is not there, an index without one, a refusal, and one that has gone', async () => {
    const { providers, instruments } = await two();
    await expect(instruments.calls({ provider: 'c' })).rejects.toMatchObject({ code: 'usage' });
    await expect(instruments.calls({ since: 3 })).rejects.toMatchObject({ code: 'usage' });
    const wrong = [{ name: 'slow', factor: -1 }] as const;
    await expect(instruments.setFaults('a', wrong)).rejects.toMatchObject({
      code: 'io',
      message: `${new URL(providers[0]!.url).origin}/_gatemark/faults answered with status 400`,
    });
    await stage.stopAll();
    await expect(instruments.calls({})).rejects.toMatchObject({ code: 'io' });
  });
});

describe('greetProviders', () => {
  it('is content with providers, and with none', async () => {
    const { name, url } = await stage.provider();
    await greetProviders([{ name, url }]);
    await greetProviders([]);
  });

  it.each([
    ['another server', 200, '{"object":"list"}', 'did not answer as a simulated provider does'],
    ['a server without such a page', 404, '', 'answered with status 404'],
    [
      'a provider of another version',
      200,
      '{"kind":"gatemark-provider","version":2,"name":"x","now":1}',
      'did not answer as a simulated provider does',
    ],
  ])('names the one that is none: %s', async (_, status, body, reason) => {
    const good = await stage.provider();
    const url = await stranger(status, body);
    await expect(greetProviders([good, { name: 'other', url }])).rejects.toMatchObject({
      code: 'unmeasurable',
      message: `other is no simulated provider: ${url}/_gatemark ${reason}`,
      hint: expect.stringContaining('gatemark provider'),
    });
  });

  it('names the one that does not answer', async () => {
    const gone = await stage.provider({ name: 'gone' });
    await stage.stopAll();
    await expect(greetProviders([gone])).rejects.toMatchObject({
      code: 'unmeasurable',
      message: `gone is no simulated provider: ${gone.url}/_gatemark does not answer (connect ECONNREFUSED ${new URL(gone.url).host})`,
    });
  });
});

/** Times travel as whole µs. */
const rounded = (call: object): object =>
  Object.fromEntries(
    Object.entries(call).map(([key, value]) => [key, typeof value === 'number' ? Math.round(value) : value]),
  );
