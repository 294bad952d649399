import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seedOf } from '../../src/config/random.ts';
import { runLoad } from '../../src/load/run-load.ts';
import type { Arrival } from '../../src/model/arrival.ts';
import type { LoadPlan, Plan } from '../../src/model/plan.ts';
import { fromMillis, type Micros, micros } from '../../src/model/units.ts';
import { createSchedule, isOpen } from '../../src/plan/schedule.ts';
import { blocksOf, droppedOf, endedOf, requestsOf, totalCounts } from '../../src/stats/measurement.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { aPlan, aScenario, aTenant, someBounds } from '../support/plan-builders.ts';
import { type Answer, createScriptedTransport } from '../support/scripted-transport.ts';

const millis = (min: number, max: number): fc.Arbitrary<Micros> => fc.integer({ min, max }).map(fromMillis);
const process = fc.constantFrom('uniform' as const, 'poisson' as const);
const stages = (to: number) =>
  fc.array(fc.record({ to: fc.integer({ min: 0, max: to }), over: millis(200, 1_500) }), {
    minLength: 1,
    maxLength: 3,
  });
const think = fc.tuple(millis(0, 300), millis(0, 300)).map(([min, more]) => ({ min, max: micros(min + more) }));

const arrival: fc.Arbitrary<Arrival> = fc.oneof(
  fc.record({
    kind: fc.constant('constant-rate' as const),
    rate: fc.integer({ min: 1, max: 60 }),
    process,
    duration: millis(300, 3_000),
  }),
  fc.record({ kind: fc.constant('ramping-rate' as const), stages: stages(60), process }),
  fc.record({
    kind: fc.constant('constant-users' as const),
    users: fc.integer({ min: 1, max: 8 }),
    think,
    duration: millis(300, 3_000),
  }),
  fc.record({ kind: fc.constant('ramping-users' as const), stages: stages(8), think }),
  fc.record({
    kind: fc.constant('steps' as const),
    from: fc.integer({ min: 1, max: 20 }),
    to: fc.constant(40),
    by: fc.integer({ min: 10, max: 20 }),
    hold: millis(200, 800),
  }),
);

const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 400_000 }).map((after) => ({ after })) },
  { weight: 1, arbitrary: fc.constant({ silent: true }) },
  {
    weight: 1,
    arbitrary: fc.record({ after: fc.integer({ min: 0, max: 50_000 }), status: fc.constantFrom(429, 500) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      after: fc.integer({ min: 0, max: 50_000 }),
      atOnce: fc.boolean(),
      failure: fc.constant({ kind: 'connect' as const, detail: 'refused' }),
    }),
  },
);

const usage = (completion: number): NonNullable<Answer['chunks']> => [
  [
    0,
    JSON.stringify({
      choices: [{ message: { content: 'x' } }],
      usage: { prompt_tokens: 1, completion_tokens: completion },
    }),
  ],
];

const plans: fc.Arbitrary<Plan> = fc
  .record({
    arrivals: fc.array(fc.record({ arrival, warmup: millis(0, 400) }), { minLength: 1, maxLength: 3 }),
    chained: fc.boolean(),
    tenants: fc.integer({ min: 0, max: 2 }),
    timeout: millis(100, 2_000),
    requests: fc.integer({ min: 1, max: 120 }),
    duration: millis(100, 5_000),
    concurrency: fc.integer({ min: 1, max: 12 }),
    tokens: fc.option(fc.integer({ min: 1, max: 1_500 }), { nil: undefined }),
  })
  .map(({ arrivals, chained, tenants, timeout, ...bounds }) => {
    const scenario = (name: string) =>
      aScenario({
        name,
        path: `/${name}`,
        endpoint: 'chat',
        timeout,
        maxCompletionTokens: 20,
        tenants: Array.from({ length: tenants }, (_, index) => aTenant({ id: `t${index}` })),
        expect: { status: [200, 429], headers: [], body: [] },
      });
    const loads = arrivals.map(
      (each, index): LoadPlan => ({
        ...each,
        name: `load${index}`,
        after: chained && index > 0 ? `load${index - 1}` : undefined,
        blocks: 7,
        members: [
          { scenario: `a${index}`, weight: 2 },
          { scenario: `b${index}`, weight: 1 },
        ],
      }),
    );
    const scenarios = loads.flatMap((_, index) => [scenario(`a${index}`), scenario(`b${index}`)]);
    return aPlan({ loads, scenarios, bounds: someBounds(bounds) });
  });

/** Arrivals of the measured phase of a load, straight from its schedule. */
const scheduled = (plan: Plan, load: LoadPlan): number => {
  if (!isOpen(load.arrival)) throw new Error('users have no schedule');
  const schedule = createSchedule({
    arrival: load.arrival,
    warmup: load.warmup,
    seed: seedOf(plan.seed, `arrivals ${load.name}`),
  });
  let count = 0;
  for (let at = schedule.next(); at !== undefined; at = schedule.next()) if (at >= load.warmup) count += 1;
  return count;
};

it('no bound is ever passed, and every arrival is accounted for exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(
      plans,
      fc.array(answer, { minLength: 1, maxLength: 20 }),
      fc.nat(19),
      async (plan, answers, cost) => {
        const clock = createFakeClock();
        const transport = createScriptedTransport(clock, (_request, index) => ({
          headers: ['content-type', 'application/json'],
          chunks: usage(cost),
          ...answers[index % answers.length]!,
        }));
        const result = await clock.runUntil(
          runLoad(plan, { clock, transport }, new AbortController().signal, () => {}),
        );
        const { bounds } = plan;

        expect(transport.sent.length).toBeLessThanOrEqual(bounds.requests);
        expect(transport.peak).toBeLessThanOrEqual(bounds.concurrency);
        const first = transport.sent[0]?.at ?? 0;
        for (const { at } of transport.sent) expect(at - first).toBeLessThan(bounds.duration);
        expect(result.used.tokens).toBeLessThanOrEqual(bounds.tokens ?? Number.POSITIVE_INFINITY);
        expect(result.used.requests).toBe(transport.sent.length);
        expect(result.used.concurrency).toBeLessThanOrEqual(bounds.concurrency);
        // A request that fails inside its send is in flight for the engine until the next turn, and never was for the gateway.
        expect(result.used.concurrency).toBeGreaterThanOrEqual(transport.peak);

        const counts = new Map(
          result.scenarios.map((each) => [each.name, totalCounts(blocksOf(each.slices, undefined))]),
        );
        const sent = result.scenarios.reduce((sum, { name, warmupRequests }) => {
          const { dropped } = counts.get(name)!;
          return sum + warmupRequests + endedOf(counts.get(name)!) + (dropped.cancelled ?? 0);
        }, 0);
        expect(sent).toBe(transport.sent.length);
        plan.loads.forEach((load, index) => {
          const parts = [counts.get(`a${index}`)!, counts.get(`b${index}`)!];
          const total = parts.reduce((sum, each) => sum + requestsOf(each), 0);
          if (isOpen(load.arrival)) expect(total).toBe(scheduled(plan, load));
          if (result.ending.kind === 'complete') {
            const cut = parts.reduce((sum, each) => sum + droppedOf(each) - (each.dropped.connection ?? 0), 0);
            expect(cut).toBe(0);
          }
        });

        expect(transport.inFlight).toBe(0);
        expect(clock.pending()).toBe(0);
      },
    ),
    { numRuns: 150, seed: 20260102 },
  );
}, 60_000);
