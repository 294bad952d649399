import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createLoadThread } from '../../../src/adapters/load-thread/load-thread.ts';
import type { Arrival } from '../../../src/model/arrival.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Progress } from '../../../src/model/progress.ts';
import { fromSeconds } from '../../../src/model/units.ts';
import type { LoadResult } from '../../../src/ports/load-runner.ts';
import { blocksOf, pooled, totalCounts } from '../../../src/stats/measurement.ts';
import { answerAfter, startCountingServer } from '../../support/counting-server.ts';
import { aLoad, anArrival, aPlan } from '../../support/plan-builders.ts';

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
