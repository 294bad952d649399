import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import { runLoad } from '../../src/load/run-load.ts';
import type { Arrival } from '../../src/model/arrival.ts';
import type { Bounds } from '../../src/model/plan.ts';
import { fromMillis } from '../../src/model/units.ts';
import { blocksOf, endedOf, totalCounts } from '../../src/stats/measurement.ts';
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

/** Both gateways on real sockets, counted at the servers. */
const compare = async (arrival: Arrival, bounds: Partial<Bounds>) => {
  const [one, other] = [await startServer(answerAfter(5)), await startServer(answerAfter(12))];
  const clock = createSystemClock();
  const scenario = aScenario({ path: '/x', headers: [['x-nonce', [{ kind: 'nonce' }]]] });
  const targetOf = ({ url }: { readonly url: string }) => ({ url, ca: undefined });
  const plan = aPlan({
    target: targetOf(one),
    baseline: { target: targetOf(other), scenarios: [scenario], probes: [] },
    pairs: 6,
    scenarios: [scenario],
    bounds: someBounds(bounds),
    loads: [aLoad({ arrival, warmup: fromMillis(100) })],
  });
  const transport = createSocketTransport(plan.target, clock);
  const baselineTransport = createSocketTransport(plan.baseline!.target, clock);
  const ports = { clock, transport, baselineTransport };
  try {
    const result = await runLoad(plan, ports, new AbortController().signal, () => {});
    return { result, one, other };
  } finally {
    await Promise.all([transport.close(), baselineTransport.close()]);
  }
};

describe('two gateways on loopback', () => {
  it.each<[string, Arrival, Partial<Bounds>, string]>([
    ['a rate', anArrival(100, 0.6), {}, 'complete'],
    ['a rate under requests', anArrival(200, 0.6), { requests: 77 }, 'bounded'],
    ['a rate under duration', anArrival(100, 1), { duration: fromMillis(900) }, 'bounded'],
    ['a rate under concurrency', anArrival(300, 0.6), { concurrency: 2 }, 'complete'],
    ['users under requests', someUsers(4, [0, 0.01], 0.6), { requests: 90 }, 'bounded'],
    [
      'a ramp',
      { kind: 'ramping-rate', process: 'poisson', stages: [{ to: 200, over: fromMillis(600) }] },
      { requests: 1_000 },
      'complete',
    ],
  ])(
    '%s: what the servers counted is what was reported, within the bounds of both',
    async (_, arrival, limits, ending) => {
      const { result, one, other } = await compare(arrival, limits);
      const bounds = someBounds(limits);
      const received = one.seen.requests + other.seen.requests;
      expect(received).toBeLessThanOrEqual(bounds.requests);
      expect(result.used.requests).toBe(received);
      expect(Math.max(one.seen.peak, other.seen.peak)).toBeLessThanOrEqual(bounds.concurrency);
      const [candidate] = result.scenarios;
      const ended = endedOf(totalCounts(blocksOf(candidate!.slices, undefined)));
      expect(candidate!.warmupRequests + ended).toBe(one.seen.requests);
      expect(result.ending.kind).toBe(ending);
    },
  );
});
