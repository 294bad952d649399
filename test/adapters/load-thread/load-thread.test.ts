import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createLoadThread } from '../../../src/adapters/load-thread/load-thread.ts';
import { createRandom } from '../../../src/config/random.ts';
import type { Arrival } from '../../../src/model/arrival.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Progress } from '../../../src/model/progress.ts';
import { fromMillis, fromSeconds } from '../../../src/model/units.ts';
import { sharePlan } from '../../../src/plan/share-plan.ts';
import type { LoadResult } from '../../../src/ports/load-runner.ts';
import { blocksOf, pooled, totalCounts } from '../../../src/stats/measurement.ts';
import { answerAfter, startCountingServer } from '../../support/counting-server.ts';
import { aLoad, anArrival, aPlan, someBounds, someUsers } from '../../support/plan-builders.ts';

const WORKER = new URL('../../../src/entry/load-worker.ts', import.meta.url);
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

const run = (plan: Plan, signal = new AbortController().signal, onProgress: (each: Progress) => void = () => {}) =>
  createLoadThread(WORKER).run(plan, signal, onProgress);

const mainOf = (result: LoadResult) => result.scenarios[0]!;
const countsOf = (result: LoadResult) => totalCounts(blocksOf(mainOf(result).slices, undefined));

describe('a burst in a thread of its own', () => {
  it('ends at once on an abort, and returns what there is', async () => {
    const { url, seen } = await startServer(answerAfter(30_000));
    const controller = new AbortController();
    const promise = run(planFor(url, anArrival(50, 30)), controller.signal);
    while (seen.requests < 10) await sleep(5);
    const before = performance.now();
    controller.abort('SIGINT');
    const result = await promise;
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(result.ending).toEqual({ kind: 'cancelled', signal: 'SIGINT' });
    expect(countsOf(result).dropped.cancelled).toBe(seen.requests);
    expect(mainOf(result).duration).toBeLessThan(fromSeconds(10));
  });

  it('aborted before it starts, sends nothing', async () => {
    const { url, seen } = await startServer(answerAfter(0));
    const result = await run(planFor(url, anArrival(50, 30)), AbortSignal.abort('SIGTERM'));
    expect(result.ending).toEqual({ kind: 'cancelled', signal: 'SIGTERM' });
    expect(seen.requests).toBeLessThan(10);
  });

  it('tells progress, and how the generator fared', async () => {
    const { url } = await startServer(answerAfter(5));
    const progress: Progress[] = [];
    const result = await run(planFor(url, anArrival(50, 1)), undefined, (each) => progress.push(each));
    expect(progress.at(-1)).toMatchObject({ sent: 50, ok: 50, inFlight: 0 });
    expect(progress.length).toBeGreaterThanOrEqual(3);
    expect(result.generator.lag.indexes).toBeInstanceOf(Uint32Array);
    expect(result.generator.loopDelay.indexes.length).toBeGreaterThan(0);
    expect(result.generator.cpu).toBeGreaterThan(0);
    expect(pooled(mainOf(result).slices[0]!.blocks, 'connect').counts.length).toBeGreaterThan(0);
  });
});

describe('a share of a burst', () => {
  const share = { index: 1, count: 4 };

  it('is sent in one thread or several, from the common start on', async () => {
    for (const threads of [1, 3]) {
      const { url, seen } = await startServer(answerAfter(5));
      const startAtMs = Date.now() + 2_000;
      const plan = sharePlan(planFor(url, anArrival(100, 1)), share);
      const runner = createLoadThread(WORKER, { threads: () => threads });
      const result = await runner.run({ ...plan, startAtMs }, new AbortController().signal, () => {});
      expect(seen.requests).toBe(25);
      expect(result.startedAtMs).toBeGreaterThanOrEqual(startAtMs - 1);
      expect(performance.timeOrigin + seen.first).toBeGreaterThanOrEqual(startAtMs - 1);
      expect(result.generator.floor).toBeDefined();
    }
  });

  it('begins at once, and says when, where the start is gone by', async () => {
    const { url, seen } = await startServer(answerAfter(5));
    const before = Date.now();
    const plan = { ...sharePlan(planFor(url, anArrival(100, 1)), share), startAtMs: before - 60_000 };
    const result = await run(plan);
    expect(seen.requests).toBe(25);
    expect(result.startedAtMs).toBeGreaterThanOrEqual(before);
  });
});

describe('a burst in several threads', () => {
  const runIn = (threads: number, plan: Plan, signal = new AbortController().signal) =>
    createLoadThread(WORKER, { threads: () => threads }).run(plan, signal, () => {});

  it('is one burst', async () => {
    const { url, seen } = await startServer(answerAfter(5));
    const result = await runIn(3, planFor(url, anArrival(101, 1)));
    expect(seen.requests).toBe(101);
    expect(countsOf(result).ok).toBe(101);
    expect(mainOf(result).load).toBe('101/s for 1s');
    expect(result.ending).toEqual({ kind: 'complete' });
    expect(result.generator.floor).toBeDefined();
    // They started together: the span is that of the schedule, and not that of threads one behind the other.
    expect(seen.last - seen.first).toBeLessThan(1_500);
  });

  it('is ended at once, in all of them', async () => {
    const { url, seen } = await startServer(answerAfter(30_000));
    const controller = new AbortController();
    const promise = runIn(2, planFor(url, anArrival(50, 30)), controller.signal);
    while (seen.requests < 10) await sleep(5);
    controller.abort('SIGINT');
    const result = await promise;
    expect(result.ending).toEqual({ kind: 'cancelled', signal: 'SIGINT' });
    expect(countsOf(result).dropped.cancelled).toBe(seen.requests);
  });

  it('rejects with what went wrong in one of them', async () => {
    await expect(runIn(2, planFor('http://127.0.0.1:1', anArrival()))).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('keeps every bound, counted at the server, in 20 random configurations', { timeout: 120_000 }, async () => {
    const random = createRandom('threads');
    const one = async (): Promise<void> => {
      const threads = random.int(1, 3);
      const bounds = {
        requests: random.int(20, 900),
        concurrency: random.int(3, 40),
        duration: fromMillis(random.int(150, 900)),
      };
      const arrival = random.next() < 0.6 ? anArrival(random.int(100, 2_000), 1) : someUsers(random.int(3, 60));
      const { url, seen } = await startServer(answerAfter(random.int(0, 40)));
      const result = await runIn(threads, planFor(url, arrival, { bounds: someBounds(bounds) }));
      const setting = JSON.stringify({ threads, bounds, arrival });
      expect(seen.requests, setting).toBeLessThanOrEqual(bounds.requests);
      expect(seen.requests, setting).toBe(result.used.requests);
      expect(seen.peak, setting).toBeLessThanOrEqual(bounds.concurrency);
      expect(result.used.concurrency, setting).toBeLessThanOrEqual(bounds.concurrency);
      expect(result.used.duration, setting).toBeLessThanOrEqual(bounds.duration);
      const counts = countsOf(result);
      const total = counts.ok + Object.values(counts.dropped).reduce((sum, each) => sum + (each ?? 0), 0);
      // Nothing vanishes: what the schedule had is either answered or counted as dropped.
      if (arrival.kind === 'constant-rate') expect(total, setting).toBe(arrival.rate);
    };
    for (let round = 0; round < 5; round++) await Promise.all([one(), one(), one(), one()]);
  });
});

describe('what can go wrong with the thread', () => {
  it('an unreachable gateway, with its hint', async () => {
    await expect(run(planFor('http://127.0.0.1:1', anArrival()))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/refused/),
      hint: expect.stringMatching(/up/),
    });
  });

  it('a fault inside the engine', async () => {
    const broken = planFor('http://127.0.0.1:1', anArrival(), { scenarios: [] });
    await expect(run(broken)).rejects.toMatchObject({ code: 'internal', message: expect.stringMatching(/main/) });
  });

  it.each([
    ['a crash', 'throw new Error("boom")', { code: 'internal', cause: { message: 'boom' } }],
    ['an end without a result', '', { code: 'internal', message: expect.stringMatching(/without a result/) }],
  ])('%s', async (_name, source, expected) => {
    const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
    const plan = planFor('http://127.0.0.1:1', anArrival());
    const promise = createLoadThread(url).run(plan, new AbortController().signal, () => {});
    await expect(promise).rejects.toMatchObject(expected);
  });
});
