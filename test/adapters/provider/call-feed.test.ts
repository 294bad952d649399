import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../../src/adapters/http/socket-transport.ts';
import { createCallFeed } from '../../../src/adapters/provider/call-feed.ts';
import { monotonicNow } from '../../../src/adapters/provider/monotonic.ts';
import { runLoad } from '../../../src/load/run-load.ts';
import { fromMillis, fromSeconds } from '../../../src/model/units.ts';
import { quantile } from '../../../src/stats/histogram.ts';
import { blocksOf, pooled } from '../../../src/stats/measurement.ts';
import { aLoad, anArrival, aPlan, aScenario } from '../../support/plan-builders.ts';
import { chat, createStage, PATHS, send, until } from './exchange.ts';

const stage = createStage();
afterEach(stage.stopAll);

const INSTANT = { p50: fromSeconds(0), p95: fromSeconds(0) };

/** A server whose requests `handle` answers. */
const serve = async (handle: Parameters<typeof createServer>[1]): Promise<string> => {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stage.keep({
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('createCallFeed', () => {
  it('tells every call once, after its end, and none from before it was opened', async () => {
    const providers = await Promise.all(
      ['a', 'b'].map((name) => stage.provider({ name, latency: INSTANT, tokenInterval: fromMillis(40) })),
    );
    const [a, b] = providers;
    await send(a!.url, { body: chat('hello gm-before') });
    await until(() => a!.count().inFlight === 0);
    const feed = createCallFeed(providers.map(({ name, url }) => ({ name, url })));
    await feed.open();
    expect(await feed.next()).toEqual({ calls: [], missed: 0 });
    const slow = send(a!.url, { body: chat('hello gm-slow', { stream: true }) });
    await until(() => a!.count().inFlight === 1);
    await send(b!.url, { body: chat('hello gm-b') });
    await until(() => b!.count().inFlight === 0);
    const first = await feed.next();
    expect(first).toMatchObject({ calls: [{ provider: 'b', nonces: ['gm-b'], status: 200 }], missed: 0 });
    expect(Math.abs(first.calls[0]!.end! - monotonicNow())).toBeLessThan(fromSeconds(2));
    await slow;
    await until(() => a!.count().inFlight === 0);
    expect((await feed.next()).calls).toMatchObject([{ provider: 'a', nonces: ['gm-slow'], index: 1 }]);
    expect(await feed.next()).toEqual({ calls: [], missed: 0 });
  });

  it('reads more than a page, and says what had left the log', async () => {
    const { name, url } = await stage.provider({ latency: INSTANT, logSize: 300 });
    const feed = createCallFeed([{ name, url }]);
    await feed.open();
    for (let sent = 0; sent < 320; sent += 20)
      await Promise.all(Array.from({ length: 20 }, () => send(url, { body: chat('x') })));
    await until(async () =>
      (await fetch(`${url}/_gatemark/count`).then((answer) => answer.text())).includes('"inFlight":0'),
    );
    const { calls, missed } = await feed.next();
    expect([calls.length, missed]).toEqual([300, 20]);
  });

  it('goes on with a provider that was started again', async () => {
    const provider = await stage.provider({ latency: INSTANT });
    const { name, url } = provider;
    await send(url, { body: chat('x') });
    await send(url, { body: chat('x') });
    const feed = createCallFeed([{ name, url }]);
    await feed.open();
    await provider.stop();
    await expect(feed.next()).rejects.toMatchObject({ code: 'io' });
    const port = Number(new URL(url).port);
    await stage.provider({ latency: INSTANT, listen: { host: '127.0.0.1', port } });
    expect(await feed.next()).toEqual({ calls: [], missed: 0 });
    await send(url, { body: chat('hello gm-again') });
    await until(async () => (await feed.next()).calls.some(({ nonces }) => nonces[0] === 'gm-again'));
  });

  it('shifts the times of a provider with another clock to its own', async () => {
    const ahead = 3_600_000_000;
    const url = await serve((request, response) => {
      const now = monotonicNow() + ahead;
      const call = {
        index: 0,
        received: now,
        path: '/',
        bodyHash: '',
        nonces: [],
        stream: false,
        abortedByClient: false,
      };
      const isRead = request.url!.endsWith('limit=0');
      const ended = { calls: isRead ? [] : [{ ...call, end: now + 5_000 }], next: 1, missed: 0 };
      const introduction = { kind: 'gatemark-provider', version: 1, name: 'far', now };
      response.end(JSON.stringify(request.url === '/_gatemark' ? introduction : ended));
    });
    const feed = createCallFeed([{ name: 'far', url }]);
    await feed.open();
    const [call] = (await feed.next()).calls;
    expect(Math.abs(call!.received - monotonicNow())).toBeLessThan(fromSeconds(1));
    expect([call!.end! - call!.received, call!.firstByte]).toEqual([5_000, undefined]);
  });
});

describe('the overhead of a real gateway', () => {
  it('is what it does, not what its provider does', async () => {
    // 80 ms at the provider, 30 ms in the gateway.
    const provider = await stage.provider({ latency: { p50: fromMillis(80), p95: fromMillis(80) } });
    const gateway = await serve((request, response) => {
      setTimeout(() => {
        const options = { method: 'POST', headers: request.headers };
        const onward = httpRequest(`${provider.url}${request.url}`, options, (answer) => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        });
        request.pipe(onward);
      }, 30);
    });
    const plan = aPlan({
      target: { url: gateway, ca: undefined },
      instruments: [{ name: provider.name, url: provider.url }],
      loads: [aLoad({ arrival: anArrival(50, 1) })],
      scenarios: [
        aScenario({
          endpoint: 'chat',
          method: 'POST',
          path: PATHS.chat!,
          body: {
            object: [
              ['model', { template: ['m'] }],
              ['messages', { array: [{ template: [{ kind: 'nonce' }] }] }],
            ],
          },
        }),
      ],
    });
    const clock = createSystemClock();
    const transport = createSocketTransport(plan.target, clock);
    const ports = { clock, transport, upstream: createCallFeed(plan.instruments) };
    const { scenarios } = await runLoad(plan, ports, new AbortController().signal, () => {});
    await transport.close();
    expect(scenarios[0]!.upstream).toEqual({ hasNonce: true, joined: 50, hits: 0, unseen: 0 });
    const blocks = blocksOf(scenarios[0]!.slices, undefined);
    expect(quantile(pooled(blocks, 'latency'), 0.5)! / 1_000).toBeGreaterThan(109);
    const overhead = quantile(pooled(blocks, 'overhead'), 0.5)! / 1_000;
    expect(overhead).toBeGreaterThan(29);
    expect(overhead).toBeLessThan(70);
  });
});
