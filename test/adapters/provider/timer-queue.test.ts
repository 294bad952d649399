import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { monotonicNow } from '../../../src/adapters/provider/monotonic.ts';
import { createTimerQueue } from '../../../src/adapters/provider/timer-queue.ts';
import { micros } from '../../../src/model/units.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'hrtime'] }));
afterEach(() => void vi.useRealTimers());

describe('timer queue', () => {
  it('runs everything in the order of its deadlines, each within half a millisecond before and one after', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50_000 }), { maxLength: 60 }), (delays) => {
        const queue = createTimerQueue();
        const start = monotonicNow();
        const ran: { delay: number; at: number }[] = [];
        for (const delay of delays)
          queue.schedule(micros(start + delay), () => ran.push({ delay, at: monotonicNow() - start }));
        vi.advanceTimersByTime(60);
        expect(ran.map(({ delay }) => delay)).toEqual([...delays].sort((one, other) => one - other));
        for (const { delay, at } of ran) {
          expect(at - delay).toBeGreaterThanOrEqual(-500);
          expect(at - delay).toBeLessThanOrEqual(1_000);
        }
      }),
    );
  });

  it('does not run what was cancelled, nor anything after it was closed', () => {
    const queue = createTimerQueue();
    const ran: string[] = [];
    const cancel = queue.schedule(micros(monotonicNow() + 1_000), () => ran.push('cancelled'));
    queue.schedule(micros(monotonicNow() + 2_000), () => ran.push('kept'));
    cancel();
    vi.advanceTimersByTime(10);
    queue.schedule(micros(monotonicNow() + 1_000), () => ran.push('closed'));
    queue.close();
    vi.advanceTimersByTime(10);
    expect(ran).toEqual(['kept']);
  });

  it('runs what a callback schedules, also when it is due at once', () => {
    const queue = createTimerQueue();
    const ran: string[] = [];
    queue.schedule(micros(monotonicNow() + 1_000), () => {
      ran.push('first');
      queue.schedule(monotonicNow(), () => ran.push('second'));
    });
    vi.advanceTimersByTime(5);
    expect(ran).toEqual(['first', 'second']);
  });
});
