import { describe, expect, it } from 'vitest';
import { createLimiter, type LimitSpec } from '../../../src/adapters/provider/limiter.ts';
import { fromSeconds, micros } from '../../../src/model/units.ts';

const outcomes = (spec: LimitSpec, seconds: readonly number[]) => {
  const limiter = createLimiter(spec);
  return seconds.map((at) => {
    const { admitted, remaining, reset, retryAfter } = limiter('key', fromSeconds(at));
    return [admitted, remaining, reset / 1e6, retryAfter / 1e6];
  });
};

describe('limiter', () => {
  it('a fixed window admits its allowance, then says when the next window opens', () => {
    const spec: LimitSpec = { requests: 2, window: fromSeconds(10) };
    expect(outcomes(spec, [11, 12, 17, 19.5, 20])).toEqual([
      [true, 1, 9, 0],
      [true, 0, 8, 8],
      [false, 0, 3, 3],
      [false, 0, 0.5, 0.5],
      [true, 1, 10, 0],
    ]);
  });

  it('a sliding window admits its allowance in any window, and each admission comes back when it is a window old', () => {
    const spec: LimitSpec = { requests: 2, window: fromSeconds(10), algorithm: 'sliding-window' };
    expect(outcomes(spec, [11, 18, 19.5, 21, 22, 28])).toEqual([
      [true, 1, 10, 0],
      [true, 0, 10, 3],
      [false, 0, 8.5, 1.5],
      [true, 0, 10, 7],
      [false, 0, 9, 6],
      [true, 0, 10, 3],
    ]);
  });

  it('a token bucket refills evenly and holds no more than its allowance', () => {
    const spec: LimitSpec = { requests: 2, window: fromSeconds(10), algorithm: 'token-bucket' };
    expect(outcomes(spec, [0, 0, 1, 5, 60, 60, 60])).toEqual([
      [true, 1, 5, 0],
      [true, 0, 10, 5],
      [false, 0, 9, 4],
      [true, 0, 10, 5],
      [true, 1, 5, 0],
      [true, 0, 10, 5],
      [false, 0, 10, 5],
    ]);
  });

  it.each(['fixed-window', 'sliding-window', 'token-bucket'] as const)(
    '%s: the promised wait is honest, and keys are apart',
    (algorithm) => {
      const limiter = createLimiter({ requests: 3, window: fromSeconds(7), algorithm });
      const start = fromSeconds(100.5);
      while (limiter('busy', start).admitted);
      const { retryAfter } = limiter('busy', start);
      expect(limiter('idle', start).admitted).toBe(true);
      expect(limiter('busy', micros(start + retryAfter - 1_000)).admitted).toBe(false);
      expect(limiter('busy', micros(start + retryAfter + 1)).admitted).toBe(true);
    },
  );
});
