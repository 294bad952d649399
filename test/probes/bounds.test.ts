import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import type { Bounds } from '../../src/model/plan.ts';
import { fromMillis } from '../../src/model/units.ts';
import { Budget } from '../../src/plan/budget.ts';
import type { Choreography } from '../../src/probes/prober.ts';
import { runProbes } from '../../src/probes/run-probes.ts';
import { answerAfter, startCountingServer } from '../support/counting-server.ts';
import { aPlan, someBounds } from '../support/plan-builders.ts';
import { aProbePlan } from '../support/probe-builders.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** Two crowds of twelve, hung up on in part, and a pause in between. */
const greedy: Choreography = async (prober) => {
  const crowd = () =>
    Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        prober.call({
          step: 'crowd',
          request: prober.fresh(),
          ...(index % 4 === 0 ? { hangUp: { from: 'written', after: fromMillis(5) } as const } : {}),
        }),
      ),
    );
  await prober.warm(12);
  await crowd();
  await prober.sleep(fromMillis(100));
  await crowd();
};

describe('bounds, counted at the server', () => {
  it.each<[string, Partial<Bounds>, number, string | undefined]>([
    ['none', {}, 24, undefined],
    ['requests', { requests: 17 }, 17, 'limits.requests was reached; raise it'],
    ['fewer requests than the first crowd', { requests: 5 }, 5, 'limits.requests was reached; raise it'],
    ['concurrency', { concurrency: 3 }, 24, undefined],
    ['duration', { duration: fromMillis(60) }, 12, 'limits.duration was reached; raise it'],
  ])('%s', async (_name, bounds, requests, incomplete) => {
    const { url, seen, stop } = await startCountingServer(answerAfter(20));
    cleanups.push(stop);
    const plan = aPlan({
      target: { url, ca: undefined },
      loads: [],
      bounds: someBounds(bounds),
      probes: [aProbePlan()],
    });
    const clock = createSystemClock();
    const transport = createSocketTransport(plan.target, clock);
    const budget = new Budget(plan.bounds);
    const ports = { clock, transport, budget, instruments: undefined, onProgress: () => {} };
    const { probes } = await runProbes(
      plan,
      { ...ports, choreographies: { isolation: greedy } },
      new AbortController().signal,
    );
    await transport.close();
    expect(seen.requests).toBe(requests);
    expect(seen.peak).toBeLessThanOrEqual(plan.bounds.concurrency);
    expect(budget.used.requests).toBe(requests);
    expect(budget.inFlight).toBe(0);
    expect(probes[0]!.calls).toHaveLength(requests);
    expect(probes[0]!.calls.filter(({ hungUp }) => hungUp)).toHaveLength(Math.ceil(requests / 4));
    expect(probes[0]!.incomplete).toBe(incomplete);
  });
});
