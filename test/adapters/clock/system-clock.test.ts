import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/adapters/clock/system-clock.ts';
import { fromMillis, micros } from '../../../src/model/units.ts';

const clock = createSystemClock();

describe('now', () => {
  it('is whole µs of the system clock, and never goes back', () => {
    let last = clock.now();
    for (let i = 0; i < 10_000; i++) {
      const now = clock.now();
      expect(Number.isInteger(now) && now >= last).toBe(true);
      last = now;
    }
    const before = Number(process.hrtime.bigint()) / 1_000;
    const now = clock.now();
    const after = Number(process.hrtime.bigint()) / 1_000;
    expect(now).toBeGreaterThan(before - 1_000);
    expect(now).toBeLessThan(after + 1_000);
  });

  it('has the same origin in every thread', async () => {
    const source = `
      import { parentPort } from 'node:worker_threads';
      const { createSystemClock } = await import(${JSON.stringify(new URL('../../../src/adapters/clock/system-clock.ts', import.meta.url).href)});
      parentPort.postMessage(createSystemClock().now());`;
    const before = clock.now();
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
    const there = await new Promise<number>((resolve) => worker.once('message', resolve));
    expect(there).toBeGreaterThan(before - 1_000);
    expect(there).toBeLessThan(clock.now() + 1_000);
  });
});

describe('schedule', () => {
  it('calls in the order of the times, never early and never at once', async () => {
    const start = clock.now();
    const calls: { index: number; early: number }[] = [];
    const delays = [12_300, 0, 700, 5_050, 5_000, 2_500, -1_000, 900];
    delays.forEach((delay, index) => {
      const at = micros(start + delay);
      clock.schedule(at, () => calls.push({ index, early: at - clock.now() }));
    });
    expect(calls).toEqual([]);
    while (calls.length < delays.length) await sleep(2);
    expect(calls.every(({ early }) => early <= 0)).toBe(true);
    const order = calls.map(({ index }) => delays[index]!);
    expect(order.indexOf(12_300)).toBe(delays.length - 1);
    expect(order.indexOf(2_500)).toBeLessThan(order.indexOf(12_300));
  });

  it('can be cancelled at any time, also after the call', async () => {
    let calls = 0;
    const cancels = [0, 300, 1_500, 5_000].map((delay) => clock.schedule(micros(clock.now() + delay), () => calls++));
    for (const cancel of cancels) cancel();
    const late = clock.schedule(clock.now(), () => calls++);
    await sleep(15);
    late();
    expect(calls).toBe(1);
  });

  it('holds under many at once', async () => {
    const start = clock.now();
    let early = 0;
    let left = 2_000;
    await new Promise<void>((resolve) => {
      for (let i = 0; i < 2_000; i++) {
        const at = micros(start + i * 25);
        clock.schedule(at, () => {
          if (clock.now() < at) early += 1;
          left -= 1;
          if (left === 0) resolve();
        });
      }
    });
    expect(early).toBe(0);
    expect(clock.now()).toBeGreaterThanOrEqual(start + fromMillis(49));
  });
});

it('date is the wall time', () => {
  expect(Math.abs(clock.date().getTime() - Date.now())).toBeLessThan(1_000);
});
