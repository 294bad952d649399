import { describe, expect, it } from 'vitest';
import type { BoundsUsed } from '../../src/model/run.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import { confirmationPlan } from '../../src/plan/confirmation-plan.ts';
import { aLoad, aPlan, aScenario, someBounds } from '../support/plan-builders.ts';

const NOTHING: BoundsUsed = { requests: 0, duration: micros(0), concurrency: 0, tokens: 0 };
const load = (name: string, after?: string) => aLoad({ name, after, members: [{ scenario: name, weight: 1 }] });
const names = ['a', 'b', 'c', 'd'];

// a and b begin together, c behind a, d behind c; 100 requests and 10 s each.
const plan = aPlan({
  scenarios: names.map((name) => aScenario({ name })),
  loads: [load('a'), load('b'), load('c', 'a'), load('d', 'c')],
  bounds: someBounds({ requests: 1_000, duration: fromSeconds(100) }),
});

describe('confirmationPlan', () => {
  const rows: readonly (readonly [
    failed: readonly string[],
    loads: readonly (readonly [string, string | undefined])[],
  ])[] = [
    [
      ['a'],
      [
        ['a', undefined],
        ['b', undefined],
      ],
    ],
    [['c'], [['c', undefined]]],
    [['d'], [['d', undefined]]],
    [
      ['a', 'd'],
      [
        ['a', undefined],
        ['b', undefined],
        ['d', 'a'],
      ],
    ],
    [
      ['c', 'd'],
      [
        ['c', undefined],
        ['d', 'c'],
      ],
    ],
  ];
  it.each(rows)('for %j sends what shares the gateway with it, in order', (scenarios, loads) => {
    const again = confirmationPlan(plan, { scenarios, used: NOTHING })!;
    expect(again.loads.map(({ name, after }) => [name, after])).toEqual(loads);
    expect(again.scenarios.map(({ name }) => name)).toEqual(loads.map(([name]) => name));
  });

  it('sends fresh requests to the same gateway, which stay comparable', () => {
    const again = confirmationPlan(plan, { scenarios: ['c'], used: NOTHING })!;
    expect(again.seed).not.toBe(plan.seed);
    expect(again).toMatchObject({ digest: plan.digest, target: plan.target, probes: [] });
  });

  it('has what the first burst left of the bounds', () => {
    const used = { requests: 400, duration: fromSeconds(40), concurrency: 9, tokens: 0 };
    const again = confirmationPlan(plan, { scenarios: ['a'], used })!;
    expect(again.bounds).toMatchObject({ requests: 600, duration: fromSeconds(60), concurrency: 1_000 });
  });

  it.each([
    ['requests', { requests: 801 }],
    ['duration', { duration: fromSeconds(91) }],
  ])('is none where %s would run out', (_bound, used) => {
    expect(confirmationPlan(plan, { scenarios: ['a'], used: { ...NOTHING, ...used } })).toBeUndefined();
  });

  it('of nothing is none', () => {
    expect(confirmationPlan(plan, { scenarios: [], used: NOTHING })).toBeUndefined();
    expect(confirmationPlan(plan, { scenarios: ['elsewhere'], used: NOTHING })).toBeUndefined();
  });
});
