import { describe, expect, it } from 'vitest';
import { connectionsFor, expectedLength } from '../../src/load/expected-length.ts';
import { FailureGroups } from '../../src/load/failure-groups.ts';
import { createLatencyLimits, type RequestTimes } from '../../src/load/latency-limits.ts';
import type { Arrival } from '../../src/model/arrival.ts';
import type { Slo } from '../../src/model/slo.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { describeArrival } from '../../src/plan/describe-arrival.ts';
import { aLoad, anArrival, aPlan, someBounds, someUsers } from '../support/plan-builders.ts';

describe('describeArrival', () => {
  const stages = [
    { to: 5, over: fromSeconds(10) },
    { to: 50, over: fromSeconds(30) },
  ];
  it.each<[Arrival, string]>([
    [anArrival(20, 30), '20/s for 30s'],
    [{ ...anArrival(20, 30), process: 'poisson' } as Arrival, '20/s (Poisson) for 30s'],
    [{ kind: 'ramping-rate', stages, process: 'uniform' }, 'ramp to 5/s over 10s, then 50/s over 30s'],
    [someUsers(25, [1, 3], 60), '25 users thinking 1s to 3s for 1m'],
    [someUsers(1, [0, 0], 60), '1 user without think time for 1m'],
    [
      { kind: 'ramping-users', stages, think: { min: fromSeconds(1), max: fromSeconds(1) } },
      'ramp to 5 users over 10s, then 50 users over 30s thinking 1s',
    ],
    [{ kind: 'steps', from: 10, to: 200, by: 10, hold: fromSeconds(5) }, 'steps from 10/s to 200/s by 10/s, 5s each'],
  ])('%j is "%s"', (arrival, expected) => {
    expect(describeArrival(arrival)).toBe(expected);
  });
});

describe('expectedLength', () => {
  const first = aLoad({ name: 'first', warmup: fromSeconds(2) });
  const second = aLoad({ name: 'second', after: 'first' });
  it.each([
    ['one load', [first], 3_600, 12],
    ['a chain', [first, second], 3_600, 22],
    ['two together', [first, aLoad({ name: 'second' })], 3_600, 12],
    ['a bound', [first, second], 15, 15],
    ['no load', [], 15, 0],
  ])('of %s', (_name, loads, duration, seconds) => {
    expect(expectedLength(aPlan({ loads, bounds: someBounds({ duration: fromSeconds(duration) }) }))).toBe(
      fromSeconds(seconds),
    );
  });
});

it.each<[Arrival, number]>([
  [anArrival(0.2), 1],
  [anArrival(20), 20],
  [anArrival(20_000), 256],
  [someUsers(25), 25],
  [{ kind: 'steps', from: 10, to: 45, by: 10, hold: fromSeconds(5) }, 40],
  [{ kind: 'ramping-rate', stages: [{ to: 7, over: fromSeconds(1) }], process: 'uniform' }, 7],
])('connectionsFor %j is %d', (arrival, expected) => {
  expect(connectionsFor(aLoad({ arrival }))).toBe(expected);
});

describe('failure groups', () => {
  const failure = (detail: string, status = 500) =>
    ({ errorClass: 'gateway', status, detail, requestId: undefined }) as const;

  it('put like ones together, the most frequent first, with the first example', () => {
    const groups = new FailureGroups();
    groups.add({ ...failure('a'), requestId: 'r1' });
    groups.add({ ...failure('a'), requestId: 'r2' });
    for (let i = 0; i < 3; i++) groups.add(failure('b'));
    groups.add(failure('b', 501));
    expect(groups.result().map(({ detail, status, count, requestId }) => [detail, status, count, requestId])).toEqual([
      ['b', 500, 3, undefined],
      ['a', 500, 2, 'r1'],
      ['b', 501, 1, undefined],
    ]);
  });

  it('stay few however many unlike ones there are', () => {
    const groups = new FailureGroups();
    for (let i = 0; i < 5_000; i++) groups.add(failure(`id ${i}`));
    const result = groups.result();
    expect(result.length).toBe(20);
    expect(result[0]).toMatchObject({ detail: 'other details', count: 4_800 });
  });
});

describe('latency limits', () => {
  const slo = (metric: string, operator: string, limit: number, tenant?: string) =>
    ({
      text: '',
      tenant,
      subject: { kind: 'quantile', metric, quantile: 0.95 },
      unit: 'us',
      relation: { operator, limit },
    }) as Slo;
  const times = (overrides: Partial<RequestTimes> = {}): RequestTimes => ({
    latency: 100,
    ttft: undefined,
    longestGap: undefined,
    tpot: undefined,
    cache: undefined,
    ...overrides,
  });
  it.each<[string, Slo[], RequestTimes, boolean]>([
    ['no SLO', [], times(), true],
    ['below', [slo('latency', '<', 101)], times(), true],
    ['at an open limit', [slo('latency', '<', 100)], times(), false],
    ['at a closed limit', [slo('latency', '<=', 100)], times(), true],
    ['above one of two', [slo('latency', '<', 500), slo('ttft', '<', 50)], times({ ttft: 60 }), false],
    ['a metric that the request has not', [slo('ttft', '<', 50)], times(), true],
    ['the longest gap', [slo('itl', '<', 50)], times({ longestGap: 51 }), false],
    ['hits only', [slo('hit', '<', 50)], times({ cache: 'miss' }), true],
    ['a slow hit', [slo('hit', '<', 50)], times({ cache: 'hit' }), false],
    ['another tenant', [slo('latency', '<', 50, 'pro')], times(), true],
    ['its tenant', [slo('latency', '<', 50, 'free')], times(), false],
    ['a lower limit', [slo('latency', '>', 500)], times(), true],
  ])('%s', (_name, slos, sample, expected) => {
    expect(createLatencyLimits(slos, 'free')(sample)).toBe(expected);
  });
});
