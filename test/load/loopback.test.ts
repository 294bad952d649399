import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import { runLoad } from '../../src/load/run-load.ts';
import type { Arrival } from '../../src/model/arrival.ts';
import type { Bounds, Plan } from '../../src/model/plan.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import type { LoadResult } from '../../src/ports/load-runner.ts';
import { countAbove, countOf } from '../../src/stats/histogram.ts';
import { blocksOf, endedOf, pooled, totalCounts } from '../../src/stats/measurement.ts';
import { answerAfter, startCountingServer } from '../support/counting-server.ts';
import { aLoad, anArrival, aPlan, aScenario, someBounds, someUsers } from '../support/plan-builders.ts';

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const startServer = async (listener: RequestListener) => {
  const server = await startCountingServer(listener);
  cleanups.push(server.stop);
  return server;
};

const planFor = (url: string, arrival: Arrival, overrides: Partial<Plan> = {}): Plan =>
  aPlan({ target: { url, ca: undefined }, loads: [aLoad({ arrival })], ...overrides });

/** The engine with its real clock and transport, in the thread of the server: bounds do not depend on threads. */
const run = async (plan: Plan): Promise<LoadResult> => {
  const clock = createSystemClock();
  const transport = createSocketTransport(plan.target, clock);
  try {
    return await runLoad(plan, { clock, transport }, new AbortController().signal, () => {});
  } finally {
    await transport.close();
  }
};

const mainOf = (result: LoadResult) => result.scenarios[0]!;
const countsOf = (result: LoadResult) => totalCounts(blocksOf(mainOf(result).slices, undefined));

describe('bounds, counted at the server', () => {
  const stages = (to: number) => [
    { to, over: fromMillis(400) },
    { to: 1, over: fromMillis(300) },
  ];
  const think = { min: fromMillis(1), max: fromMillis(10) };
  it.each<[string, Arrival, Partial<Bounds>, Bounds['requests'] | undefined]>([
    ['a rate under requests', anArrival(200, 0.6), { requests: 50 }, 50],
    ['a rate under concurrency', anArrival(200, 0.6), { concurrency: 3 }, undefined],
    [
      'a Poisson process under duration',
      { kind: 'constant-rate', rate: 300, process: 'poisson', duration: fromSeconds(2) },
      { duration: fromMillis(400) },
      undefined,
    ],
    ['users under requests', someUsers(20, [0, 0], 0.6), { requests: 77, concurrency: 9 }, 77],
    ['users under duration', someUsers(5, [0.001, 0.01], 3), { duration: fromMillis(400) }, undefined],
    [
      'a ramp',
      { kind: 'ramping-rate', stages: stages(300), process: 'uniform' },
      { concurrency: 2, requests: 60 },
      undefined,
    ],
    ['a ramp of users', { kind: 'ramping-users', stages: stages(12), think }, { concurrency: 4 }, undefined],
    ['steps', { kind: 'steps', from: 50, to: 200, by: 50, hold: fromMillis(150) }, { requests: 40 }, 40],
  ])('%s', async (_name, arrival, bounds, exactly) => {
    const { url, seen } = await startServer(answerAfter(20));
    const plan = planFor(url, arrival, { bounds: someBounds(bounds) });
    const result = await run(plan);
    expect(seen.requests).toBeLessThanOrEqual(plan.bounds.requests);
    if (exactly !== undefined) expect(seen.requests).toBe(exactly);
    expect(seen.peak).toBeLessThanOrEqual(plan.bounds.concurrency);
    // The bound is exact on the generator's clock; what travels may take as long as this machine is busy.
    expect(seen.last - seen.first).toBeLessThan(plan.bounds.duration / 1_000 + 1_000);
    expect(result.used.requests).toBe(seen.requests);
    expect(endedOf(countsOf(result))).toBe(seen.requests);
    expect(countsOf(result).errors).toEqual({});
    expect(seen.inFlight).toBe(0);
  });
});

describe('over real connections', () => {
  it('shows a stall of 1 s at 100/s as about 100 delayed requests', async () => {
    let stalledUntil = 0;
    let requests = 0;
    const { url } = await startServer((_request, response) => {
      requests += 1;
      if (requests === 40) stalledUntil = performance.now() + 1_000;
      setTimeout(() => response.end('ok'), Math.max(0, stalledUntil - performance.now()));
    });
    const result = await run(planFor(url, anArrival(100, 2.4)));
    expect(countsOf(result).ok).toBe(240);
    // Those that came in the first 900 ms of it waited 100 ms or more.
    const delayed = countAbove(pooled(mainOf(result).slices[0]!.blocks, 'latency'), 100_000);
    expect(delayed).toBeGreaterThan(80);
    expect(delayed).toBeLessThan(160);
  });

  it('times out a slow answer from its release on', async () => {
    const { url } = await startServer(answerAfter(5_000));
    const plan = planFor(url, anArrival(20, 0.5), { scenarios: [aScenario({ timeout: fromMillis(150) })] });
    const result = await run(plan);
    expect(countsOf(result)).toMatchObject({ ok: 0, errors: { timeout: 10 } });
  });

  it('goes on where a server closes its connections', async () => {
    let requests = 0;
    const { url, seen } = await startServer((_request, response) => {
      requests += 1;
      if (requests % 3 === 0) response.setHeader('connection', 'close');
      response.end('ok');
    });
    const result = await run(planFor(url, someUsers(4, [0.001, 0.003], 30), { bounds: someBounds({ requests: 90 }) }));
    expect(countsOf(result)).toMatchObject({ ok: 90, errors: {} });
    expect(seen.requests).toBe(90);
  });

  it('counts a gateway that dies under load, request by request', async () => {
    let requests = 0;
    const { url } = await startServer((request, response) => {
      requests += 1;
      if (requests % 2 === 0) request.socket.destroy();
      else response.end('ok');
    });
    const result = await run(planFor(url, anArrival(100, 0.5)));
    expect(countsOf(result)).toMatchObject({ ok: 25, errors: { connect: 25 } });
    expect(mainOf(result).failures[0]).toMatchObject({
      errorClass: 'connect',
      detail: expect.stringMatching(/closed/),
    });
  });
});

describe('before the first arrival', () => {
  const fixture = (name: string): string =>
    readFileSync(resolve(import.meta.dirname, '../fixtures/http', `${name}.pem`), 'utf8');

  /** What a TLS server sees, in order: a handshake that is done, or a request with its path. */
  const startTlsServer = async () => {
    const seen: string[] = [];
    const server = createHttpsServer(
      // In TLS 1.2 the server is done before the client is, so that its order of events tells.
      { key: fixture('loopback.key'), cert: fixture('loopback.cert'), maxVersion: 'TLSv1.2' },
      (request, response) => {
        seen.push(`request ${request.url}`);
        setTimeout(() => response.end('ok'), 20);
      },
    );
    server.on('secureConnection', () => seen.push('handshake'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { seen, url: `https://localhost:${(server.address() as AddressInfo).port}` };
  };

  it.each<[string, Arrival, number]>([
    ['one a request of a second', anArrival(12, 0.5), 12],
    ['one a user', someUsers(5, [0, 0], 0.3), 5],
  ])('names are resolved and TLS is done: connections, %s', async (_name, arrival, connections) => {
    const { seen, url } = await startTlsServer();
    const plan = planFor(url, arrival, { target: { url, ca: fixture('loopback.cert') } });
    const result = await run(plan);
    expect(seen.indexOf('request /')).toBe(connections);
    expect(seen.slice(0, connections)).toEqual(Array(connections).fill('handshake'));
    expect(seen.slice(connections)).not.toContain('handshake');
    // Each connection's time is known, as its own metric, in the load's first block; no request waited for one.
    const [first, ...others] = blocksOf(mainOf(result).slices, undefined);
    expect(countOf(first!.histograms.connect!)).toBe(connections);
    expect(others.filter((block) => block.histograms.connect !== undefined)).toEqual([]);
    expect(countsOf(result).errors).toEqual({});
  });

  it('the connections of a load that starts behind another are opened before it starts, too', async () => {
    const { seen, url } = await startTlsServer();
    const result = await run(
      planFor(url, anArrival(), {
        target: { url, ca: fixture('loopback.cert') },
        loads: [
          aLoad({ name: 'a', arrival: anArrival(2, 0.5) }),
          aLoad({ name: 'b', arrival: anArrival(8, 0.5), after: 'a', members: [{ scenario: 'b', weight: 1 }] }),
        ],
        scenarios: [aScenario(), aScenario({ name: 'b', path: '/b' })],
      }),
    );
    expect(seen.lastIndexOf('handshake')).toBeLessThan(seen.indexOf('request /b'));
    expect(seen.filter((each) => each === 'handshake').length).toBe(8);
    expect(countOf(pooled(result.scenarios[1]!.slices[0]!.blocks, 'connect'))).toBe(6);
  });
});
