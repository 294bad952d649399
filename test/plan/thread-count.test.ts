import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../src/model/arrival.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { threadCount } from '../../src/plan/thread-count.ts';
import { aLoad, anArrival, aPlan, someBounds, someUsers } from '../support/plan-builders.ts';

const ramp: Arrival = {
  kind: 'ramping-rate',
  process: 'uniform',
  stages: [
    { to: 12_000, over: fromSeconds(5) },
    { to: 10, over: fromSeconds(5) },
  ],
};

describe('threads for a plan', () => {
  it.each<readonly [name: string, arrivals: readonly Arrival[], cores: number, threads: number]>([
    ['a small load', [anArrival(20)], 8, 1],
    ['as much as one is trusted with', [anArrival(5_000)], 8, 1],
    ['a little more', [anArrival(5_001)], 8, 2],
    ['two loads together', [anArrival(4_000), anArrival(4_000)], 8, 2],
    ['the peak of a ramp', [ramp], 8, 3],
    ['the last step', [{ kind: 'steps', from: 1_000, to: 9_000, by: 4_000, hold: fromSeconds(1) }], 8, 2],
    ['users', [someUsers(900)], 8, 3],
    ['no more than the machine has cores beside one', [anArrival(50_000)], 4, 3],
    ['one on a machine of two cores', [anArrival(50_000)], 2, 1],
    ['one on a machine of one', [anArrival(50_000)], 1, 1],
    ['no load at all', [], 8, 1],
  ])('%s', (_name, arrivals, cores, threads) => {
    const loads = arrivals.map((arrival, index) => aLoad({ name: `load${index}`, arrival }));
    expect(threadCount(aPlan({ loads }), cores)).toBe(threads);
  });

  it('no more than a share of it needs', () => {
    const plan = aPlan({ loads: [aLoad({ arrival: anArrival(40_000) })], share: { index: 3, count: 4 } });
    expect(threadCount(plan, 16)).toBe(2);
  });

  it.each(['requests', 'concurrency', 'tokens'] as const)('no more than %s can be split into', (bound) => {
    const plan = aPlan({ loads: [aLoad({ arrival: anArrival(50_000) })], bounds: someBounds({ [bound]: 2 }) });
    expect(threadCount(plan, 16)).toBe(2);
  });
});
