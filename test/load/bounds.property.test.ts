import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seedOf } from '../../src/config/random.ts';
import { runLoad } from '../../src/load/run-load.ts';
import type { LoadPlan, Plan } from '../../src/model/plan.ts';
import { createSchedule, isOpen } from '../../src/plan/schedule.ts';
import { blocksOf, droppedOf, endedOf, requestsOf, totalCounts } from '../../src/stats/measurement.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createScriptedTransport } from '../support/scripted-transport.ts';
import { answer, plans, usage } from './arbitrary-plans.ts';

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
