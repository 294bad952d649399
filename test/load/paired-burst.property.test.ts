import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runLoad } from '../../src/load/run-load.ts';
import type { Plan } from '../../src/model/plan.ts';
import { blocksOf, endedOf, requestsOf, totalCounts } from '../../src/stats/measurement.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createScriptedTransport } from '../support/scripted-transport.ts';
import { answer, plans, usage } from './arbitrary-plans.ts';

const NONCE = { object: [['n', { template: [{ kind: 'nonce' }] }]] } as const;

const comparisons = fc.tuple(plans, fc.integer({ min: 1, max: 12 })).map(([plan, pairs]): Plan => {
  const scenarios = plan.scenarios.map((scenario) => ({ ...scenario, method: 'POST', body: NONCE }));
  const target = { url: 'http://127.0.0.1:2', ca: undefined };
  return { ...plan, scenarios, baseline: { target, scenarios, probes: [] }, pairs };
});

const answers = fc.array(answer, { minLength: 1, maxLength: 20 });

it('two gateways: the same requests in the same order, shared bounds never passed, whole pairs only', async () => {
  await fc.assert(
    fc.asyncProperty(comparisons, answers, answers, fc.nat(19), async (plan, forOne, forOther, cost) => {
      const clock = createFakeClock();
      const gateway = (script: typeof forOne) =>
        createScriptedTransport(clock, (_request, index) => ({
          headers: ['content-type', 'application/json'],
          chunks: usage(cost),
          ...script[index % script.length]!,
        }));
      const [candidate, baseline] = [gateway(forOne), gateway(forOther)];
      const ports = { clock, transport: candidate, baselineTransport: baseline };
      const result = await clock.runUntil(runLoad(plan, ports, new AbortController().signal, () => {}));
      const { bounds } = plan;

      const all = [...candidate.sent, ...baseline.sent].toSorted((one, other) => one.at - other.at);
      expect(all.length).toBeLessThanOrEqual(bounds.requests);
      expect(result.used.requests).toBe(all.length);
      expect(Math.max(candidate.peak, baseline.peak)).toBeLessThanOrEqual(bounds.concurrency);
      expect(result.used.concurrency).toBeLessThanOrEqual(bounds.concurrency);
      for (const { at } of all) expect(at - all[0]!.at).toBeLessThan(bounds.duration);
      expect(result.used.tokens).toBeLessThanOrEqual(bounds.tokens ?? Number.POSITIVE_INFINITY);

      // Users of the faster side send more; what is at the same place on both sides is the same request.
      const isOpen = result.scenarios.every(({ closed }) => !closed);
      const [one, other] = [candidate.sent, baseline.sent].map((sent) => sent.map(({ request }) => request.body));
      const shared = Math.min(one!.length, other!.length);
      if (isOpen && !result.scenarios.some(hasDropped)) expect(one!.slice(0, shared)).toEqual(other!.slice(0, shared));

      for (const { name, duration, slices } of result.baseline!.scenarios) {
        const run = result.scenarios.find((each) => each.name === name)!;
        const grid = new Map(blocksOf(run.slices, undefined).map((block) => [block.index, block]));
        expect(duration).toBeLessThanOrEqual(run.duration);
        for (const block of blocksOf(slices, undefined)) {
          const partner = grid.get(block.index);
          if (!run.closed) expect([name, partner?.duration]).toEqual([name, block.duration]);
          if (!run.closed) expect(requestsOf(partner!.counts)).toBe(requestsOf(block.counts));
          expect(block.start).not.toBe(partner?.start);
        }
      }

      const counted = result.scenarios.reduce((sum, { slices, warmupRequests }) => {
        const counts = totalCounts(blocksOf(slices, undefined));
        return sum + warmupRequests + endedOf(counts) + (counts.dropped.cancelled ?? 0);
      }, 0);
      expect(counted).toBe(candidate.sent.length);
      expect(candidate.inFlight + baseline.inFlight).toBe(0);
      expect(clock.pending()).toBe(0);
    }),
    { numRuns: 150, seed: 20260103 },
  );
}, 60_000);

/** What was dropped is not sent, and need not be the same on both sides. */
const hasDropped = ({ slices }: { readonly slices: Parameters<typeof blocksOf>[0] }): boolean =>
  Object.keys(totalCounts(blocksOf(slices, undefined)).dropped).length > 0;
