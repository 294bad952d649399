import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createServerSpec, type ServerSpec } from '../../../src/adapters/provider/server-spec.ts';
import { startInThread } from '../../../src/adapters/provider/server-thread.ts';
import { micros } from '../../../src/model/units.ts';
import { chat, createStage, quickProvider, send } from './exchange.ts';

const WORKER = new URL('../../../src/entry/provider-worker.ts', import.meta.url);
const stage = createStage();
afterEach(stage.stopAll);

const start = async (spec: ServerSpec) => stage.keep(await startInThread(WORKER, spec));
const portOf = (url: string) => Number(new URL(url).port);
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

describe('startInThread', () => {
  it('runs providers and a gateway, answers questions about them, and frees their ports', async () => {
    const servers = await startInThread(WORKER, {
      providers: [quickProvider({ name: 'one' }), quickProvider({ name: 'two' })],
      gateway: {
        listen: { host: '127.0.0.1', port: 0 },
        seed: 'test',
        providers: [
          { name: 'one', weight: 1 },
          { name: 'two', weight: 0 },
        ],
      },
    });
    expect(servers.url).toBe(servers.gateway);
    expect((await send(servers.url, { body: chat('hello gm-x') })).status).toBe(200);
    expect(await servers.ask('calls', { provider: 'one' })).toMatchObject([{ nonces: ['gm-x'], status: 200 }]);
    await servers.ask('setFaults', { provider: 'one', faults: [{ name: 'status' }] });
    await servers.ask('clear', { provider: 'one' });
    expect((await send(servers.url, { body: chat('hello') })).headers.get('x-upstream-provider')).toBe('two');
    await servers.ask('setGatewayFault', { fault: 'no-failover' });
    expect((await send(servers.url, { body: chat('hello') })).status).toBe(502);
    expect(await servers.ask('count', { provider: 'one' })).toMatchObject({ received: 2, failed: 2 });
    expect(await servers.ask('gatewayCount', {})).toMatchObject({
      requests: 3,
      upstreamCalls: 4,
      status: { 200: 2, 502: 1 },
    });
    await expect(servers.ask('count', { provider: 'three' })).rejects.toMatchObject({ code: 'usage' });
    const ports = [servers.url, ...Object.values(servers.providers)].map(portOf);
    await servers.stop();
    expect(await Promise.all(ports.map(isFree))).toEqual([true, true, true]);
    await expect(servers.ask('gatewayCount', {})).rejects.toMatchObject({ code: 'internal' });
    await servers.stop();
  });

  it('times calls on the clock of the thread that asks', async () => {
    const servers = await start({ providers: [quickProvider({ name: 'one' })] });
    const before = Number(process.hrtime.bigint() / 1_000n);
    await send(servers.url, { body: chat('hello') });
    const after = Number(process.hrtime.bigint() / 1_000n);
    const [call] = await servers.ask('calls', { provider: 'one' });
    expect(call!.received).toBeGreaterThanOrEqual(before);
    expect(call!.firstByte!).toBeLessThanOrEqual(after);
  });

  it('rejects with the reason when one server cannot start, and leaves none behind', async () => {
    const taken = await stage.provider();
    const listen = { host: '127.0.0.1', port: portOf(taken.url) };
    const free = await stage.provider();
    await free.stop();
    const first = { host: '127.0.0.1', port: portOf(free.url) };
    const failed = startInThread(WORKER, {
      providers: [quickProvider({ name: 'first', listen: first }), quickProvider({ name: 'second', listen })],
    });
    await expect(failed).rejects.toMatchObject({ code: 'io', hint: expect.stringContaining('Another process') });
    expect(await isFree(first.port)).toBe(true);
  });

  it('rejects when the gateway names a provider that is nowhere', async () => {
    const gateway = { listen: { host: '127.0.0.1', port: 0 }, seed: 's', providers: [{ name: 'ghost', weight: 1 }] };
    await expect(startInThread(WORKER, { providers: [], gateway })).rejects.toMatchObject({ code: 'config' });
  });

  it('rejects when the thread crashes', async () => {
    const missing = new URL('./no-such-worker.ts', import.meta.url);
    await expect(startInThread(missing, { providers: [] })).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('createServerSpec', () => {
  it('gives every provider that is to be started draws of its own from the seed of the run', () => {
    const provider = (name: string) => ({
      name,
      listen: { host: '127.0.0.1', port: 0 },
      latency: { p50: micros(300_000), p95: micros(700_000) },
      outputTokens: 120,
      tokenInterval: micros(12_000),
    });
    const spec = createServerSpec(
      [{ kind: 'started', ...provider('a') }, { kind: 'running' }, { kind: 'started', ...provider('b') }],
      '42',
    );
    expect(spec.providers.map(({ name, seed }) => [name, seed])).toEqual([
      ['a', '42 a'],
      ['b', '42 b'],
    ]);
    expect(spec.providers[0]).toEqual({ ...provider('a'), seed: '42 a' });
  });
});
