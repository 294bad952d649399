import { describe, expect, it } from 'vitest';
import { fromSeconds, ratio } from '../../src/model/units.ts';
import { foresee, type PlannedScenario } from '../../src/verdict/foresee.ts';
import { buildRun, buildScenario } from '../support/build-run.ts';
import { buildLive } from './build-live.ts';
import { buildPolicy, measure } from './build-policy.ts';

const policy = buildPolicy([], { regression: { metrics: [measure('p95')], confidence: ratio(0.99) } });

const planned = (requests: number): PlannedScenario => ({
  name: 'chat',
  requests,
  duration: fromSeconds(requests / 20),
  pairs: 30,
});

const foreseen = (run: Parameters<typeof foresee>[0]['run'], requests: number, more = {}) =>
  foresee({ run, otherSide: undefined, planned: [planned(requests)], policy, ...more })[0]!;

describe('what a comparison could find', () => {
  const { run, other } = buildLive({ seed: 1, pairs: 40, perBlock: 100, sigma: 0.5 });

  it('is what sampling leaves of it: the error of two quantiles, and what it takes to be sure and to find it', () => {
    const { detectable, value, metric, unit } = foreseen(run, 4_000);
    // ln p95 of lognormal times: σ·√(0.95·0.05)/φ(1.645)/√n = 0.5·0.2179/0.1031/63.2 = 0.0167, of two gateways 0.0236;
    // t with 29 degrees of freedom: 2.46 + 0.85.
    expect(Math.log1p(detectable!)).toBeGreaterThan(0.0236 * 3.3 * 0.75);
    expect(Math.log1p(detectable!)).toBeLessThan(0.0236 * 3.3 * 1.3);
    expect([metric, unit, value! / 1_000 > 400]).toEqual(['p95', 'us', true]);
  });

  it('halves with four times as many requests, and says how many find the change that matters', () => {
    const [one, four] = [foreseen(run, 1_000), foreseen(run, 4_000)];
    expect(Math.log1p(one.detectable!) / Math.log1p(four.detectable!)).toBeCloseTo(2, 6);
    expect(four.matters).toBe(0.1);
    expect(one.needed!.requests / four.needed!.requests).toBeCloseTo(1, 2);
    expect(Math.log1p(foreseen(run, one.needed!.requests).detectable!)).toBeCloseTo(Math.log(1.1), 3);
    expect(one.needed!.duration / 1_000_000).toBeCloseTo(one.needed!.requests / 20, 0);
  });

  it('of both sides of a comparison shows less where both had the same weather', () => {
    const stormy = buildLive({
      seed: 2,
      pairs: 40,
      perBlock: 100,
      sigma: 0.1,
      weather: (slot) => 1 + (slot >> 1) / 20,
    });
    const alone = foreseen(stormy.run, 4_000);
    const together = foreseen(stormy.run, 4_000, { otherSide: stormy.other });
    expect(together.detectable!).toBeLessThan(alone.detectable! / 2);
    expect(foreseen(run, 4_000, { otherSide: other }).reason).toBeUndefined();
  });

  it('of a share is in points, also of one that is better when higher', () => {
    const cached = buildLive({
      seed: 3,
      pairs: 30,
      perBlock: 100,
      candidate: { hitRate: 0.5 },
      baseline: { hitRate: 0.5 },
    });
    const metrics = [measure('cache.hit_rate')];
    const more = { policy: buildPolicy([], { regression: { metrics, confidence: ratio(0.99) } }) };
    // √(2 · 0.25/3,000) = 1.3 points, times 3.3.
    for (const otherSide of [undefined, cached.other]) {
      const { detectable, matters, unit } = foreseen(cached.run, 3_000, { ...more, otherSide });
      expect([unit, matters]).toEqual(['ratio', 0.005]);
      expect(detectable).toBeGreaterThan(0.03);
      expect(detectable).toBeLessThan(0.06);
    }
  });

  it.each<[string, Parameters<typeof foresee>[0]['run'], RegExp]>([
    ['another scenario', buildRun({ scenarios: [buildScenario({ name: 'other' })] }), /no such scenario/],
    [
      'too few samples',
      buildRun({ scenarios: [buildScenario({ blocks: buildScenario().slices[0]!.blocks.slice(0, 3) })] }),
      /^60 samples are too few, it needs 100$/,
    ],
    ['no sample', buildRun({ scenarios: [buildScenario({ blocks: [] })] }), /./],
  ])('is not known from %s', (_, stored, reason) => {
    expect(foreseen(stored, 1_000)).toMatchObject({ detectable: undefined, reason: expect.stringMatching(reason) });
  });

  it('leaves out what a scenario cannot have', () => {
    const metrics = ['p95', 'ttft.p95'].map(measure);
    const both = foresee({
      run,
      otherSide: undefined,
      planned: [planned(1_000)],
      policy: buildPolicy([], { regression: { metrics } }),
    });
    expect(both.map(({ metric }) => metric)).toEqual(['p95']);
  });
});
