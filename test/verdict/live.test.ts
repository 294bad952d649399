import { describe, expect, it } from 'vitest';
import type { RegressionFinding } from '../../src/model/verdict.ts';
import { meanInterval } from '../../src/stats/mean-interval.ts';
import { logRatios } from '../../src/verdict/compare-pairs.ts';
import { judge } from '../../src/verdict/judge.ts';
import { pairBlocks } from '../../src/verdict/pair-blocks.ts';
import { buildBlock } from '../support/build-run.ts';
import { buildLive, type LiveBurst } from './build-live.ts';
import { buildPolicy, measure } from './build-policy.ts';

const judgeLive = (burst: LiveBurst, overrides: Parameters<typeof buildPolicy>[1] = {}) => {
  const { run, other } = buildLive(burst);
  const baseline = { kind: 'live', run: other } as const;
  return judge({ run, baseline, policy: buildPolicy([], overrides) });
};

const rowOf = (findings: readonly RegressionFinding[], metric: string): RegressionFinding => {
  const found = findings.find((finding) => finding.metric === metric);
  if (found === undefined) throw new Error(`no row for ${metric}`);
  return found;
};

const gatingOn = (...metrics: string[]) => ({ regression: { metrics: metrics.map(measure) } });

describe('a live comparison', () => {
  it('passes a gateway that did not change, and says with what it was compared', () => {
    const verdict = judgeLive({ seed: 1 });
    expect(verdict).toMatchObject({
      status: 'pass',
      baseline: { kind: 'live', gateway: 'http://127.0.0.1:8081', pairs: 40 },
      reasons: [{ text: '2 comparisons with the other gateway found nothing that got worse' }],
    });
    expect(rowOf(verdict.regressions, 'p95')).toMatchObject({ against: 'live', strength: 'none', needed: undefined });
  });

  it('fails one that is a third slower, by every quantile', () => {
    const verdict = judgeLive({ seed: 2, candidate: { medianMs: 265 } });
    expect(verdict.status).toBe('fail');
    for (const metric of ['p50', 'p95']) {
      const row = rowOf(verdict.regressions, metric);
      expect(row.status).toBe('fail');
      expect(row.change).toBeGreaterThan(0.2);
      expect(row.change).toBeLessThan(0.45);
      expect(row.interval![0]).toBeGreaterThan(0);
    }
    expect(rowOf(verdict.regressions, 'p50').strength).toBe('clear');
  });

  it('sees through weather that triples everything, which requests put together do not', () => {
    const weather = (slot: number) => 1 + Math.abs(Math.sin(slot / 9)) * 2;
    const same = rowOf(judgeLive({ seed: 3, weather }).regressions, 'p50');
    expect(Math.abs(same.change!)).toBeLessThan(0.08);
    const slower = judgeLive({ seed: 3, weather, candidate: { medianMs: 260 } });
    expect(slower.status).toBe('fail');
  });

  it('does not fail by a few wild blocks, where all others got faster', () => {
    const over = (index: number) => (index % 5 === 3 ? 3 : 0.97);
    const row = rowOf(judgeLive({ seed: 4, sigma: 0.02, candidate: { over } }).regressions, 'p95');
    expect(row.interval![0]).toBeGreaterThan(0);
    expect(row.status).toBe('inconclusive');
    expect(row.reason).toMatch(/was seen, and a few blocks of time made it/);
  });

  it('knows that neighbouring pairs lean alike', () => {
    const over = (index: number) => Math.exp(0.2 * Math.sin(index / 3));
    const { run, other } = buildLive({ seed: 21, sigma: 0.1, candidate: { over } });
    const blocksOf = ({ scenarios }: typeof run) => scenarios[0]!.slices[0]!.blocks;
    const ratios = logRatios(pairBlocks(blocksOf(run), blocksOf(other)), { metric: 'latency', quantile: 0.95 });
    const [low, high] = meanInterval(ratios, 0.99)!;
    const verdict = judge({
      run,
      baseline: { kind: 'live', run: other },
      policy: buildPolicy(),
    });
    const [from, to] = rowOf(verdict.regressions, 'p95').interval!;
    expect(Math.log1p(to) - Math.log1p(from)).toBeGreaterThan(1.2 * (high - low));
  });

  it('is invalid where coming second makes a difference', () => {
    const model = { second: 1.4 };
    const verdict = judgeLive({ seed: 5, candidate: model, baseline: model });
    expect(verdict.status).toBe('invalid');
    expect(verdict.reasons[0]!.text).toMatch(
      /each gateway was \d\d(\.\d)? % slower where its block came second in a pair.*raise load\.warmup/,
    );
  });

  it('is not, where that difference is too small to matter', () => {
    const model = { second: 1.04 };
    const verdict = judgeLive({ seed: 5, sigma: 0.05, candidate: model, baseline: model });
    expect(verdict.status).toBe('pass');
  });

  it('is not fooled by a drift that goes on', () => {
    const verdict = judgeLive({ seed: 6, weather: (slot) => 1 + slot / 80 });
    expect(verdict.status).toBe('pass');
  });

  describe('p99', () => {
    it('is shown only below 200 values beyond it', () => {
      const row = rowOf(
        judgeLive({ seed: 7, candidate: { medianMs: 400 } }, gatingOn('p99', 'p95')).regressions,
        'p99',
      );
      expect(row).toMatchObject({ status: 'fail', gating: false });
      expect(row.reason).toBe(
        'shown only: 24 values a side lie beyond it, of the 200 that it takes to know how it varies',
      );
    });

    it('gates from there on', () => {
      const many = { seed: 8, perBlock: 510, candidate: { medianMs: 300 } };
      expect(rowOf(judgeLive(many, gatingOn('p99')).regressions, 'p99')).toMatchObject({
        status: 'fail',
        gating: true,
      });
    });
  });

  describe('errors', () => {
    it('that are twice as many fail, and as many pass', () => {
      const errors = (candidate: number, baseline: number) =>
        rowOf(
          judgeLive({ seed: 9, perBlock: 200, candidate: { errorRate: candidate }, baseline: { errorRate: baseline } })
            .regressions,
          'error_rate',
        );
      expect(errors(0.02, 0.005)).toMatchObject({
        status: 'fail',
        unit: 'ratio',
        strength: expect.stringMatching(/clear|likely/),
      });
      expect(errors(0.001, 0.001).status).toBe('pass');
      expect(errors(0.001, 0.03).status).toBe('pass');
    });

    it('make latencies those of different requests', () => {
      const regressed = judgeLive({ seed: 10, candidate: { errorRate: 0.2 } }, gatingOn('p95'));
      expect(regressed.status).toBe('invalid');
      expect(rowOf(regressed.regressions, 'p95').reason).toMatch(
        /% of the requests succeeded, and 100 % on the baseline gateway/,
      );
      const mended = judgeLive({ seed: 10, baseline: { errorRate: 0.2 } }, gatingOn('p95'));
      expect(mended.status).toBe('inconclusive');
    });
  });

  it('compares what a cache saves, within pairs', () => {
    const cached = (medianMs: number) => ({ medianMs, hitRate: 0.5 });
    const row = (medianMs: number) =>
      rowOf(
        judgeLive({ seed: 11, candidate: cached(medianMs), baseline: cached(200) }, gatingOn('cache.delta.p50'))
          .regressions,
        'cache.delta.p50',
      );
    expect(row(100)).toMatchObject({ status: 'fail', unit: 'us' });
    expect(row(100).change).toBeCloseTo(-0.5, 1);
    expect(row(200).status).toBe('pass');
  });

  it('compares hit rate and throughput', () => {
    const policy = gatingOn('cache.hit_rate', 'throughput');
    const worse = judgeLive(
      { seed: 12, perBlock: 200, candidate: { hitRate: 0.3, errorRate: 0.3 }, baseline: { hitRate: 0.6 } },
      policy,
    );
    expect(rowOf(worse.regressions, 'cache.hit_rate').status).toBe('fail');
    expect(rowOf(worse.regressions, 'throughput')).toMatchObject({ status: 'fail', unit: 'per-second' });
    const same = { hitRate: 0.6 };
    const unmoved = judgeLive({ seed: 12, perBlock: 400, candidate: same, baseline: same }, policy);
    expect(rowOf(unmoved.regressions, 'throughput').status).toBe('pass');
  });

  describe('with too little', () => {
    it('says what it would take', () => {
      const row = rowOf(judgeLive({ seed: 17, perBlock: 10, sigma: 0.9 }).regressions, 'p95');
      expect(row).toMatchObject({ status: 'inconclusive', gating: true });
      expect(row.needed!.requests).toBeGreaterThan(0);
      // As many pairs more as requests and time, at the same rate: 40 pairs were 800 requests and 80 s.
      expect(row.needed!.requests / 800).toBeCloseTo(row.needed!.pairs / 40, 1);
      expect(row.needed!.duration / 80e6).toBeCloseTo(row.needed!.pairs / 40, 1);
      expect(row.reason).toMatch(
        /; it finds changes from \d\d(\.\d)? % on; to decide would take about [\d,]+ more requests, \d+ (s|min) at this rate: raise load\.duration, and limits\.requests with it$/,
      );
    });

    it('pairs, is undecided', () => {
      const row = rowOf(judgeLive({ seed: 14, pairs: 9 }).regressions, 'p95');
      expect(row).toMatchObject({ status: 'inconclusive', gating: true, interval: undefined });
      expect(row.reason).toMatch(/^it takes 10 pairs of blocks/);
    });

    it('samples, is undecided', () => {
      expect(rowOf(judgeLive({ seed: 15, pairs: 10, perBlock: 8 }).regressions, 'p95').reason).toMatch(
        /needs 100 samples, got 80/,
      );
    });

    it('values on one side in many pairs, is undecided', () => {
      const { run, other } = buildLive({ seed: 16, perBlock: 30 });
      const blocks = run.scenarios[0]!.slices[0]!.blocks.map((block, i) =>
        i % 5 === 0 ? { ...block, histograms: {} } : block,
      );
      const candidate = { ...run, scenarios: [{ ...run.scenarios[0]!, slices: [{ tenant: undefined, blocks }] }] };
      const baseline = { kind: 'live', run: other } as const;
      const verdict = judge({ run: candidate, baseline, policy: buildPolicy() });
      expect(rowOf(verdict.regressions, 'p95').reason).toMatch(/^in 8 of 40 pairs of blocks only one side has a value/);
    });
  });

  it('is invalid where the other gateway answered nothing', () => {
    const { run, other } = buildLive({ seed: 17 });
    const blocks = [buildBlock(0, { counts: { errors: { connect: 30 } } })];
    const dead = { ...other, scenarios: [{ ...other.scenarios[0]!, slices: [{ tenant: undefined, blocks }] }] };
    const verdict = judge({ run, baseline: { kind: 'live', run: dead }, policy: buildPolicy() });
    expect(verdict.status).toBe('invalid');
    expect(verdict.reasons[0]!.text).toMatch(/^On the baseline gateway: The gateway answered none of 30 requests/);
  });

  it('still shows its numbers where the generator of both sides was saturated', () => {
    const { run, other } = buildLive({ seed: 1 });
    const generator = { ...run.generator, problems: ['generator saturated'] };
    const verdict = judge({
      run: { ...run, generator },
      baseline: { kind: 'live', run: { ...other, generator } },
      policy: buildPolicy(),
    });
    expect(verdict).toMatchObject({ status: 'invalid', baseline: { kind: 'live' } });
    expect(verdict.reasons.map(({ text }) => text)).toEqual(['generator saturated']);
    expect(rowOf(verdict.regressions, 'p95').interval).toBeDefined();
  });

  it('is a baseline where one is required', () => {
    const verdict = judgeLive({ seed: 1 }, { regression: { requireBaseline: true } });
    expect(verdict.status).toBe('pass');
  });

  it('seldom fails what did not change, and finds a fifth more at 4,000 requests a side', () => {
    let [falseFails, found] = [0, 0];
    const gates = 20;
    for (let i = 0; i < gates; i++) {
      const burst = { perBlock: 100, sigma: 0.7 };
      if (judgeLive({ ...burst, seed: 100 + i }).status === 'fail') falseFails += 1;
      if (judgeLive({ ...burst, seed: 500 + i, candidate: { medianMs: 240 } }).status === 'fail') found += 1;
    }
    expect(falseFails).toBeLessThanOrEqual(1);
    expect(found).toBeGreaterThanOrEqual(18);
  });
});
