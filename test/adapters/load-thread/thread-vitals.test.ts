import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { parseMachineTime, readMachineTime, stealBetween } from '../../../src/adapters/load-thread/machine-time.ts';
import { createThreadVitals } from '../../../src/adapters/load-thread/thread-vitals.ts';
import { countAbove, countOf } from '../../../src/stats/histogram.ts';

const block = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

describe('the vitals of a thread', () => {
  it('count a blocked loop for as long as it was blocked, as answers that come in that time would', async () => {
    const vitals = createThreadVitals();
    vitals.start();
    await sleep(20);
    block(105);
    await sleep(20);
    const { loopDelay, cpu } = vitals.take();
    vitals.stop();
    // Due at 10 ms each: late by 95 to 105, 85 to 95 … One look would have been one value.
    expect(countAbove(loopDelay, 40_000)).toBeGreaterThanOrEqual(5);
    expect(cpu).toBeGreaterThan(0);
  });

  it('begin anew with each look', async () => {
    const ticks = [
      { total: 100, stolen: 10 },
      { total: 100, stolen: 10 },
      { total: 200, stolen: 35 },
      { total: 200, stolen: 35 },
    ];
    const vitals = createThreadVitals(() => ticks.shift());
    vitals.start();
    await sleep(30);
    const first = vitals.take();
    const second = vitals.take();
    vitals.stop();
    expect(first.steal).toBe(0.25);
    expect(countOf(first.loopDelay)).toBeGreaterThan(0);
    expect(second.steal).toBeUndefined();
    expect(countOf(second.loopDelay)).toBe(0);
  });

  it('know the pauses for garbage collection, in a worker as well', async () => {
    const source = `
      const { parentPort } = await import('node:worker_threads');
      const { createThreadVitals } = await import(${JSON.stringify(new URL('../../../src/adapters/load-thread/thread-vitals.ts', import.meta.url).href)});
      const vitals = createThreadVitals();
      vitals.start();
      let kept = [];
      for (let i = 0; i < 3_000_000; i++) { kept.push({ i }); if (kept.length > 50_000) kept = []; }
      await new Promise((resolve) => setTimeout(resolve, 20));
      const { gc } = vitals.take();
      vitals.stop();
      parentPort.postMessage(gc.counts.reduce((sum, each) => sum + each, 0));
    `;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    const pauses = await new Promise<number>((resolve, reject) => {
      worker.on('message', resolve);
      worker.on('error', reject);
    });
    await worker.terminate();
    expect(pauses).toBeGreaterThan(0);
  });
});

describe('the time of the machine', () => {
  it.each<[string, string, ReturnType<typeof parseMachineTime>]>([
    ['as Linux says it', 'cpu  10 1 5 80 2 0 1 7 3 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n', { total: 106, stolen: 7 }],
    ['without guest times', 'cpu  1 2 3 4 5 6 7 8', { total: 36, stolen: 8 }],
    ['from before steal was counted', 'cpu  1 2 3 4 5 6 7', undefined],
    ['of one processor only', 'cpu0 1 2 3 4 5 6 7 8', undefined],
    ['empty', '', undefined],
  ])('%s', (_name, text, expected) => {
    expect(parseMachineTime(text)).toEqual(expected);
  });

  it.each<[string, Parameters<typeof stealBetween>, number | undefined]>([
    [
      'a quarter',
      [
        { total: 100, stolen: 0 },
        { total: 200, stolen: 25 },
      ],
      0.25,
    ],
    [
      'none',
      [
        { total: 100, stolen: 5 },
        { total: 200, stolen: 5 },
      ],
      0,
    ],
    [
      'taken back by the kernel',
      [
        { total: 100, stolen: 5 },
        { total: 200, stolen: 4 },
      ],
      0,
    ],
    [
      'no time between',
      [
        { total: 100, stolen: 5 },
        { total: 100, stolen: 5 },
      ],
      undefined,
    ],
    ['unknown', [undefined, { total: 100, stolen: 5 }], undefined],
  ])('stolen: %s', (_name, [from, to], expected) => {
    expect(stealBetween(from, to)).toBe(expected);
  });

  it('can be read here, or is unknown', () => {
    const time = readMachineTime();
    expect(time === undefined || time.total > time.stolen).toBe(true);
  });
});
