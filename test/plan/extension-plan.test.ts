import { describe, expect, it } from 'vitest';
import type { Bounds, Plan } from '../../src/model/plan.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { planDescription } from '../../src/plan/describe-plan.ts';
import { extensionPlan, pairsLeft, pairsToSpare } from '../../src/plan/extension-plan.ts';
import { createPairSchedule } from '../../src/plan/pair-schedule.ts';
import { aLoad, anArrival, aPlan, aScenario, someBounds } from '../support/plan-builders.ts';

const BASELINE = { target: { url: 'http://127.0.0.1:2', ca: undefined }, scenarios: [aScenario()], probes: [] };

/** 100 requests a side in 10 s, of 30 pairs; with pauses, both sides take 50 s. */
const comparison = (bounds: Partial<Bounds> = {}, overrides: Partial<Plan> = {}): Plan =>
  aPlan({ baseline: BASELINE, bounds: someBounds(bounds), loads: [aLoad({ blocks: 30 })], ...overrides });

const used = (seconds: number, requests = 200) => ({
  requests,
  duration: fromSeconds(seconds),
  concurrency: 9,
  tokens: 0,
});

describe('the pairs that a comparison may be extended by', () => {
  const steps = { kind: 'steps', from: 1, to: 5, by: 1, hold: fromSeconds(2) } as const;
  const rows: readonly (readonly [name: string, plan: Plan, pairs: number])[] = [
    ['no more than it has, in fours', comparison(), 28],
    ['as far as requests go', comparison({ requests: 300 }), 12],
    ['as far as time goes', comparison({ duration: fromSeconds(72) }), 12],
    ['none where the bounds are used up', comparison({ requests: 220 }), 0],
    ['none without a second gateway', aPlan(), 0],
    ['none with steps', comparison({}, { loads: [aLoad(), aLoad({ name: 'steps', arrival: steps })] }), 0],
    ['none without loads', comparison({}, { loads: [] }), 0],
  ];
  it.each(rows)('%s', (_name, plan, pairs) => {
    expect(pairsToSpare(plan)).toBe(pairs);
  });

  it('are fewer where the first part took more than was expected, and never more', () => {
    const plan = comparison({ duration: fromSeconds(85) });
    const length = planDescription(plan).totals.duration / 1e6;
    expect(pairsToSpare(plan)).toBe(20);
    expect(pairsLeft(plan, used(length))).toBe(20);
    expect(pairsLeft(plan, used(length + 5))).toBeLessThan(20);
    expect(pairsLeft(plan, used(1, 0))).toBe(20);
    expect(pairsLeft(plan, used(85))).toBe(0);
  });

  it('leave room for a random number of arrivals', () => {
    const arrival = { ...anArrival(), process: 'poisson' } as Plan['loads'][number]['arrival'];
    const random = comparison({ requests: 300 }, { loads: [aLoad({ arrival, blocks: 30 })] });
    expect(pairsToSpare(random)).toBeLessThan(12);
  });
});

describe('extensionPlan', () => {
  const plan = comparison({ requests: 1_000, tokens: 50 });
  const more = extensionPlan(plan, { pairs: 12, used: { ...used(50), tokens: 20 } });

  it('has so many pairs of blocks as long as before, with fresh requests, that stay comparable', () => {
    const blocks = (each: Plan) => createPairSchedule(each).segments.map(({ duration }) => duration);
    expect(blocks(more)).toHaveLength(12);
    expect(Math.max(...blocks(more)) - Math.min(...blocks(plan))).toBeLessThanOrEqual(1);
    expect(more.seed).not.toBe(plan.seed);
    expect(more).toMatchObject({ digest: plan.digest, target: plan.target, pairs: 12, probes: [] });
    expect(more.baseline).toEqual({ ...BASELINE, haveAnswered: true });
  });

  it('has what the first part left of the bounds', () => {
    expect(more.bounds).toMatchObject({ requests: 800, duration: fromSeconds(3_550), concurrency: 1_000, tokens: 30 });
  });
});
