import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeMeasured } from '../../src/archive/merge-measured.ts';
import { mergeShares } from '../../src/archive/merge-shares.ts';
import { parseRun, runToJson } from '../../src/archive/run-codec.ts';
import { runLoad } from '../../src/load/run-load.ts';
import type { Arrival } from '../../src/model/arrival.ts';
import type { Plan, ScenarioPlan } from '../../src/model/plan.ts';
import type { Run } from '../../src/model/run.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import { sharePlan } from '../../src/plan/share-plan.ts';
import type { LoadResult } from '../../src/ports/load-runner.ts';
import { aShare, shareRun } from '../support/build-fleet.ts';
import { buildRun } from '../support/build-run.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aLoad, anArrival, aPlan, aScenario, aTenant, someBounds, someUsers } from '../support/plan-builders.ts';
import { createScriptedTransport } from '../support/scripted-transport.ts';

interface Sent {
  /** µs from the start. */
  readonly at: number;
  readonly body: string | undefined;
  readonly tenant: string | undefined;
}

/** Sends a plan, or a share of it, to a gateway that answers after 10 ms. */
const send = async (plan: Plan): Promise<{ readonly sent: readonly Sent[]; readonly result: LoadResult }> => {
  const clock = createFakeClock();
  const start = clock.now();
  const transport = createScriptedTransport(
    clock,
    () => ({ after: 10_000 }),
    async () => [],
  );
  const result = await clock.runUntil(runLoad(plan, { clock, transport }, new AbortController().signal, () => {}));
  const sent = transport.sent.map(({ request, at }) => ({
    at: at - start,
    body: request.body,
    tenant: request.headers[request.headers.indexOf('x-tenant') + 1],
  }));
  return { sent, result };
};

const scenario = (name: string): ScenarioPlan =>
  aScenario({
    name,
    method: 'POST',
    tenants: ['a', 'b', 'c'].map((id) => aTenant({ id, headers: [['x-tenant', [id]]] })),
    body: {
      object: [['q', { template: [name, ' ', { kind: 'nonce' }, ' ', { kind: 'int', min: 1, max: 1_000_000 }] }]],
    },
  });

const planOf = (arrival: Arrival, overrides: Partial<Plan> = {}): Plan =>
  aPlan({
    loads: [
      aLoad({
        arrival,
        warmup: fromMillis(300),
        members: [
          { scenario: 'one', weight: 3 },
          { scenario: 'two', weight: 1 },
        ],
      }),
    ],
    scenarios: [scenario('one'), scenario('two')],
    ...overrides,
  });

const sharesOf = (plan: Plan, count: number): readonly Plan[] =>
  Array.from({ length: count }, (_, index) => sharePlan(plan, { index, count }));

const runOfShare = async (plan: Plan): Promise<Run> =>
  shareRun(aShare(plan.share!.index, plan.share!), { ...(await send(plan)).result, bounds: plan.bounds });

const byTime = (sent: readonly Sent[]): readonly Sent[] =>
  sent.toSorted((a, b) => a.at - b.at || (a.body ?? '').localeCompare(b.body ?? ''));

const openArrival: fc.Arbitrary<Arrival> = fc.oneof(
  fc.record({
    kind: fc.constant('constant-rate' as const),
    rate: fc.integer({ min: 5, max: 80 }),
    process: fc.constantFrom('uniform' as const, 'poisson' as const),
    duration: fc.constant(fromSeconds(2)),
  }),
  fc.record({
    kind: fc.constant('ramping-rate' as const),
    stages: fc.constant([{ to: 60, over: fromSeconds(2) }]),
    process: fc.constantFrom('uniform' as const, 'poisson' as const),
  }),
  fc.constant<Arrival>({ kind: 'steps', from: 10, to: 40, by: 10, hold: fromMillis(500) }),
);

describe('shares of a plan', () => {
  it('send together what the plan sends, each request once, at its time', async () => {
    await fc.assert(
      fc.asyncProperty(openArrival, fc.integer({ min: 1, max: 9 }), async (arrival, count) => {
        const whole = await send(planOf(arrival));
        const parts = await Promise.all(sharesOf(planOf(arrival), count).map(send));
        expect(byTime(parts.flatMap(({ sent }) => sent))).toEqual(byTime(whole.sent));
      }),
      { numRuns: 25 },
    );
  });

  it('measure together what the plan measures', async () => {
    const whole = await send(planOf(anArrival(50, 4)));
    const parts = await Promise.all(sharesOf(planOf(anArrival(50, 4)), 3).map(send));
    const merged = mergeMeasured(
      parts.map(({ result }) => result),
      { areShares: true },
    );
    expect(merged.scenarios).toEqual(whole.result.scenarios);
    expect(merged.used.requests).toBe(whole.result.used.requests);
  });

  it('merged are the run that one generator would have made: every block, count and histogram', async () => {
    await fc.assert(
      fc.asyncProperty(openArrival, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (arrival, count, reversed) => {
        const plan = planOf(arrival);
        const whole = buildRun({ ...(await send(plan)).result, bounds: plan.bounds });
        const parts = await Promise.all(sharesOf(plan, count).map(runOfShare));
        const merged = mergeShares((reversed ? parts.toReversed() : parts).map((run) => parseRun(runToJson(run))));
        expect(merged.scenarios).toEqual(whole.scenarios);
        expect(merged.generator.lag).toEqual(whole.generator.lag);
        expect([merged.bounds, merged.used.requests]).toEqual([whole.bounds, whole.used.requests]);
      }),
      { numRuns: 25 },
    );
  });

  it('are split again into shares of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 16, max: 90 }),
        async (machines, threads, requests) => {
          const plan = planOf(anArrival(40, 2), { bounds: someBounds({ requests }) });
          const whole = await send(plan);
          const parts = sharesOf(plan, machines).flatMap((share) => sharesOf(share, threads));
          const sent = await Promise.all(parts.map(send));
          expect(byTime(sent.flatMap((part) => part.sent))).toEqual(byTime(whole.sent));
          expect(parts.reduce((sum, part) => sum + part.bounds.requests, 0)).toBe(requests);
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each([1, 7, 60, 61, 119, 500])('a bound of %i requests cuts off the same arrivals', async (requests) => {
    const plan = planOf(anArrival(50, 2), { bounds: someBounds({ requests: Math.max(requests, 4) }) });
    const whole = await send(plan);
    const parts = await Promise.all(sharesOf(plan, 4).map(send));
    expect(byTime(parts.flatMap(({ sent }) => sent))).toEqual(byTime(whole.sent));
  });

  it('have users of their own, who send no request twice', async () => {
    const plan = planOf(someUsers(7, [0.02, 0.05], 2));
    const parts = await Promise.all(sharesOf(plan, 3).map(send));
    expect(parts.map(({ result }) => result.used.concurrency)).toEqual([3, 2, 2]);
    const bodies = parts.flatMap(({ sent }) => sent.map(({ body }) => body));
    expect(bodies.length).toBeGreaterThan(100);
    expect(new Set(bodies).size).toBe(bodies.length);
  });
});

describe('bounds of shares', () => {
  it('add up to those of the plan', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.record({
          requests: fc.integer({ min: 300, max: 1_000_000 }),
          concurrency: fc.integer({ min: 300, max: 5_000 }),
          tokens: fc.option(fc.integer({ min: 300, max: 1_000_000 }), { nil: undefined }),
        }),
        (count, bounds) => {
          const shares = sharesOf(planOf(anArrival(), { bounds: someBounds(bounds) }), count);
          for (const bound of ['requests', 'concurrency', 'tokens'] as const) {
            const parts = shares.map((share) => share.bounds[bound] ?? 0);
            expect(parts.reduce((sum, part) => sum + part, 0)).toBe(bounds[bound] ?? 0);
            expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('cannot be split into parts of nothing', () => {
    const plan = planOf(anArrival(), { bounds: someBounds({ concurrency: 3 }) });
    expect(() => sharePlan(plan, { index: 0, count: 4 })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'limits.concurrency is 3, which cannot be split into 4 shares',
      }),
    );
  });
});
