import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LimitAlgorithm, Limiter } from '../../src/adapters/provider/limiter.ts';
import type { ProbeRun } from '../../src/model/probe.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { type LimitedGateway, probeLimit } from '../support/limited-gateway.ts';

const ALGORITHMS: readonly LimitAlgorithm[] = ['fixed-window', 'sliding-window', 'token-bucket'];

const valuesOf = (run: ProbeRun): Record<string, number | string> =>
  Object.fromEntries(
    Object.entries(readProbe(run).values).map(([subject, value]) => [
      subject,
      value.kind === 'measured' ? value.value : value.reason,
    ]),
  );
const seenIn = (run: ProbeRun): readonly string[] =>
  readProbe(run).sights.flatMap(({ kind, text }) => (kind === 'bad' ? [text] : []));
const stepsOf = (run: ProbeRun): readonly string[] => [...new Set(run.calls.map(({ step }) => step))];

/** Any limiter, in any phase, behind any provider that is quicker than its window. */
const limiters: fc.Arbitrary<LimitedGateway> = fc
  .record({
    algorithm: fc.constantFrom(...ALGORITHMS),
    requests: fc.integer({ min: 2, max: 80 }),
    windowMs: fc.integer({ min: 1_000, max: 60_000 }),
    phase: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    latency: fc.double({ min: 0, max: 0.4, noNaN: true }),
  })
  .map(({ algorithm, requests, windowMs, phase, latency }) => {
    const window = micros(windowMs * 1_000);
    return {
      limit: { algorithm, requests, window },
      phase: Math.floor(phase * window),
      latency: Math.floor(Math.min(latency * window, 2e6)),
    };
  });

/** 20 in 10 s, 4 s into a window, 200 ms an answer. */
const aGateway = (overrides: Partial<LimitedGateway> = {}): LimitedGateway => ({
  limit: { requests: 20, window: fromSeconds(10), algorithm: 'fixed-window' },
  phase: 4_000_000,
  latency: 200_000,
  ...overrides,
});
const TWENTY = { limit: 20, window: fromSeconds(10) };
const HEALTHY = {
  'limit.admitted': 20,
  'limit.unexpected_status': 0,
  'limit.missing_retry_after': 0,
  'limit.headers_wrong': 0,
};

describe('the rate-limit probe', () => {
  it('finds that any honest limiter admits what it says, and tells the truth about the wait', async () => {
    await fc.assert(
      fc.asyncProperty(limiters, async (gateway) => {
        const { requests: limit, window } = gateway.limit;
        const run = await probeLimit(gateway, { limit, window });
        const values = valuesOf(run);
        expect(run.incomplete).toBeUndefined();
        expect(values).toMatchObject({ ...HEALTHY, 'limit.admitted': limit, 'limit.sustained': limit });
        expect(values['limit.retry_after_error']).toBeLessThan(1_000_000);
        expect(seenIn(run)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('catches every limiter that is 30 % too loose', async () => {
    await fc.assert(
      fc.asyncProperty(limiters, async (gateway) => {
        const { requests: limit, window } = gateway.limit;
        const requests = Math.round(limit * 1.3);
        const run = await probeLimit({ ...gateway, limit: { ...gateway.limit, requests } }, { limit, window });
        const admitted = valuesOf(run)['limit.admitted'];
        expect(admitted).toBeGreaterThanOrEqual(requests);
        // What a loose bucket brings back while it is used up is no more than its surplus of a window.
        expect(admitted).toBeLessThanOrEqual(
          gateway.limit.algorithm === 'token-bucket' ? 2 * requests - limit : requests,
        );
      }),
      { numRuns: 60 },
    );
  });

  it.each(ALGORITHMS)('takes little more than two windows of a %s of 60 s', async (algorithm) => {
    const limit = { requests: 60, window: fromSeconds(60), algorithm };
    const run = await probeLimit(aGateway({ limit, phase: 1_000_000 }), { limit: 60, window: limit.window });
    expect(run.duration).toBeLessThan(fromSeconds(125));
    expect(run.calls.length).toBeLessThan(300);
    expect(valuesOf(run)).toMatchObject({ 'limit.admitted': 60 });
  });

  it.each<[string, Partial<LimitedGateway>, object, string | undefined]>([
    ['another status', { status: 500 }, { ...HEALTHY, 'limit.unexpected_status': 50 }, 'status 500'],
    [
      'no retry-after',
      { silent: true },
      { 'limit.retry_after_error': 'no rejection had a Retry-After; let the gateway send one, or leave this SLO out' },
      'when to come again',
    ],
    [
      'a fifth of the wait',
      { waitFactor: 0.2 },
      { ...HEALTHY, 'limit.retry_after_error': expect.any(Number) },
      'too short',
    ],
    [
      'ten times the wait',
      { waitFactor: 10 },
      { ...HEALTHY, 'limit.retry_after_error': expect.any(Number) },
      'too long',
    ],
    ['fewer than promised', { limit: { requests: 12, window: fromSeconds(10) } }, { 'limit.admitted': 12 }, '8 fewer'],
    [
      'no limit at all',
      { limit: { requests: 1e9, window: fromSeconds(10) } },
      { 'limit.admitted': 30 },
      'nothing was rejected',
    ],
  ])('tells a gateway with %s', async (_, gateway, values, sight) => {
    const run = await probeLimit(aGateway(gateway), TWENTY);
    expect(valuesOf(run)).toMatchObject(values);
    expect(seenIn(run).join('\n')).toContain(sight);
  });

  it('says how far a promise is off', async () => {
    const errors = await Promise.all(
      [0.2, 1, 10].map(async (waitFactor) => valuesOf(await probeLimit(aGateway({ waitFactor }), TWENTY))),
    );
    const [short, honest, long] = errors.map((values) => Number(values['limit.retry_after_error']) / 1e6);
    // Of a wait of 9.5 s, 2 s are promised; of one of 6 s at the most, 100 s.
    expect(short).toBeGreaterThan(7);
    expect(short).toBeLessThan(8);
    expect(honest).toBeLessThan(1);
    expect(long).toBeGreaterThan(80);
  });

  it('is fair to a limiter that counts what it rejects: it falls silent', async () => {
    const run = await probeLimit(aGateway({ limiter: punishing(20, fromSeconds(10)) }), TWENTY);
    expect(valuesOf(run)).toMatchObject(HEALTHY);
    expect(seenIn(run)).toEqual([]);
    expect(run.marks.map(({ text }) => text).join()).toContain('silent for a whole window');
  });

  it.each([0, 2.5, 9.9])(
    'is fair to a counter that slides by halves of two windows, %f s into one',
    async (seconds) => {
      const gateway = aGateway({ phase: seconds * 1e6, limiter: slidingCounter(60, fromSeconds(10)) });
      const admitted = valuesOf(await probeLimit(gateway, { limit: 60, window: fromSeconds(10) }))['limit.admitted'];
      expect(admitted).toBeGreaterThanOrEqual(57);
      expect(admitted).toBeLessThanOrEqual(60);
    },
  );

  it.each([
    [1, 20, 20],
    [2, 20, 40],
    [1.5, 20, 30],
    [0.5, 10, 10],
  ])('sees a bucket that fills %f times as fast as it should', async (factor, admitted, sustained) => {
    const run = await probeLimit(aGateway({ limiter: bucket(20, (factor * 20) / 10e6) }), TWENTY);
    const values = valuesOf(run);
    expect(values['limit.admitted']).toBe(admitted);
    expect(Math.abs(Number(values['limit.sustained']) - sustained)).toBeLessThan(2);
    expect(seenIn(run).some((text) => text.includes('empty bucket'))).toBe(factor > 1);
  });

  it('sees a bucket that holds more than one window brings back', async () => {
    const deep = (capacity: number) => probeLimit(aGateway({ limiter: bucket(capacity, 20 / 10e6) }), TWENTY);
    expect(valuesOf(await deep(20))['limit.admitted']).toBe(20);
    expect(valuesOf(await deep(40))['limit.admitted']).toBe(40);
    expect(seenIn(await deep(40))).toEqual([expect.stringContaining('20 more than the limit says')]);
  });

  it('does not begin where the bounds leave no room, and says so', async () => {
    const few = await probeLimit(aGateway(), TWENTY, { requests: 100 });
    expect([few.calls, few.skipped[0]?.reason]).toEqual([
      [],
      'it needs up to 184 requests, and limits.requests leaves 100; raise it',
    ]);
    expect(valuesOf(few)['limit.admitted']).toContain('limits.requests leaves 100');
    const short = await probeLimit(aGateway(), TWENTY, { duration: fromSeconds(15) });
    expect([short.calls, short.skipped[0]?.reason]).toEqual([
      [],
      'it needs about 21s, and limits.duration leaves 15s; raise it',
    ]);
  });

  it('stays within concurrency, and does not guess where that makes a burst longer than a window', async () => {
    const held = await probeLimit(aGateway({ latency: 500_000 }), TWENTY, { concurrency: 5 });
    expect(valuesOf(held)).toMatchObject({ 'limit.admitted': 20 });
    const slow = await probeLimit(aGateway({ latency: 2_000_000 }), TWENTY, { concurrency: 5 });
    expect(valuesOf(slow)['limit.admitted']).toContain('a higher limits.concurrency');
  });

  it('ends with a bound that is met on the way', async () => {
    const run = await probeLimit(aGateway({ latency: 3_000_000 }), TWENTY, { duration: fromSeconds(22) });
    expect(run.incomplete).toBe('limits.duration was reached; raise it');
  });

  it('asks as often as needed, and no more once there is no limit', async () => {
    expect(stepsOf(await probeLimit(aGateway(), TWENTY))).toEqual(['use-up', 'ask', 'ask-more', 'measure', 'retry']);
    const unlimited = await probeLimit(aGateway({ limit: { requests: 1e9, window: fromSeconds(10) } }), TWENTY);
    expect(stepsOf(unlimited)).toEqual(['use-up']);
  });
});

describe('what the rate-limit probe shows', () => {
  it('is a timeline of what was sent and what came', async () => {
    const { timeline } = readProbe(await probeLimit(aGateway(), TWENTY));
    expect(timeline.map(({ at, text }) => `${(at / 1e6).toFixed(2)} ${text}`)).toEqual([
      '0.00 burst to use the allowance up (32 requests): 20 admitted, 12 rejected with 429; Retry-After 6 s',
      '0.45 asked whether it is back (23 requests over 5.54 s): rejected with 429; Retry-After 1 s to 6 s',
      '6.25 asked whether it is back: admitted',
      '6.45 asked for more than a bucket can have refilled (3 requests): admitted',
      '6.65 burst to measure the allowance (30 requests): 16 admitted, 14 rejected with 429; Retry-After 10 s',
      '15.55 asked around the moment that Retry-After promised: rejected with 429; Retry-After 1 s',
      '16.75 asked around the moment that Retry-After promised: admitted',
    ]);
  });

  it('is the limit in numbers', async () => {
    const { sights } = readProbe(await probeLimit(aGateway(), TWENTY));
    expect(sights.map(({ text }) => text)).toEqual([
      '20 of 34 requests were admitted within one window of 10 s, as the limit says; the allowance came back all at once, as that of a window does',
      'Retry-After told the truth on 50 rejections, to within a second',
      'What is left by the headers agrees with what happened on 91 responses',
      '95 % of the rejections came within 2 ms',
    ]);
  });
});

/** A full bucket, into which so many requests a µs come back; it says nothing of what is left. */
const bucket = (capacity: number, rate: number): Limiter => {
  let level = capacity;
  let last: number | undefined;
  return (_, now) => {
    level = Math.min(capacity, level + (now - (last ?? now)) * rate);
    last = now;
    const admitted = level >= 1;
    if (admitted) level -= 1;
    const retryAfter = micros(admitted ? 0 : (1 - level) / rate);
    return { admitted, limit: capacity, remaining: Math.floor(level), reset: retryAfter, retryAfter };
  };
};

/** A sliding window in which rejected requests count as well. */
const punishing = (requests: number, window: number): Limiter => {
  let seen: number[] = [];
  return (_, now) => {
    seen = [...seen.filter((at) => now - at < window), now];
    const admitted = seen.length <= requests;
    const retryAfter = micros(seen.at(-requests)! + window - now);
    return { admitted, limit: requests, remaining: Math.max(0, requests - seen.length), reset: retryAfter, retryAfter };
  };
};

/** The approximation of a sliding window that weighs the count of the window before by what of it is still in sight. */
const slidingCounter = (requests: number, window: number): Limiter => {
  const counts = new Map<number, number>();
  return (_, now) => {
    const current = Math.floor(now / window);
    const weight = 1 - (now % window) / window;
    const used = (counts.get(current) ?? 0) + (counts.get(current - 1) ?? 0) * weight;
    const admitted = used + 1 <= requests;
    if (admitted) counts.set(current, (counts.get(current) ?? 0) + 1);
    const remaining = Math.floor(requests - used - (admitted ? 1 : 0));
    return { admitted, limit: requests, remaining, reset: micros(window), retryAfter: micros(1) };
  };
};
