import fc from 'fast-check';
import type { Arrival } from '../../src/model/arrival.ts';
import type { LoadPlan, Plan } from '../../src/model/plan.ts';
import { fromMillis, type Micros, micros } from '../../src/model/units.ts';
import { aPlan, aScenario, aTenant, someBounds } from '../support/plan-builders.ts';
import type { Answer } from '../support/scripted-transport.ts';

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

/** How a gateway treats a request. */
export const answer: fc.Arbitrary<Answer> = fc.oneof(
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

/** A chat answer's body that reports one prompt token and so many of completion. */
export const usage = (completion: number): NonNullable<Answer['chunks']> => [
  [
    0,
    JSON.stringify({
      choices: [{ message: { content: 'x' } }],
      usage: { prompt_tokens: 1, completion_tokens: completion },
    }),
  ],
];

/** Plans of every kind of load, two scenarios each, in a row or at once, with bounds that bind and bounds that do not. */
export const plans: fc.Arbitrary<Plan> = fc
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
