import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import type { Run } from '../../src/model/run.ts';
import { ratio } from '../../src/model/units.ts';
import type { RegressionFinding } from '../../src/model/verdict.ts';
import { uncorrected } from '../../src/stats/family.ts';
import type { ComparedRuns } from '../../src/verdict/pair-measures.ts';
import { judgeRegressions } from '../../src/verdict/regression.ts';
import { buildBlock, buildScenario } from '../support/build-run.ts';
import { type Burst, buildBurst, buildWindow } from './build-burst.ts';
import { buildPolicy, measure } from './build-policy.ts';

const compare = (candidate: Run, window: readonly Run[], policy: Policy = buildPolicy()) =>
  judgeRegressions({ against: 'window', candidate, window, policy, isAlike: true });

const rowOf = (findings: readonly RegressionFinding[], metric: string): RegressionFinding => {
  const found = findings.find((finding) => finding.metric === metric);
  if (found === undefined) throw new Error(`no row for ${metric}`);
  return found;
};

const gatingOn = (...metrics: string[]): Policy => buildPolicy([], { regression: { metrics: metrics.map(measure) } });
const candidate = (overrides: Partial<Burst> = {}): Run => buildBurst({ seed: 100, ...overrides });

const window = buildWindow(10);

describe('judgeRegressions', () => {
  it('shows the standard measures that were measured, and gates on those of the policy', () => {
    const findings = compare(candidate(), window);
    expect(findings.map(({ metric, gating }) => [metric, gating])).toEqual([
      ['p50', false],
      ['p95', true],
      ['p99', false],
      ['error_rate', true],
      ['throttled_rate', false],
      ['throughput', false],
    ]);
  });

  it('passes a gateway that did not change', () => {
    const p95 = rowOf(compare(candidate(), window), 'p95');
    expect(p95).toMatchObject({ status: 'pass', reason: undefined, unit: 'us' });
    expect(Math.abs(p95.change!)).toBeLessThan(0.08);
    expect(p95.interval![0]).toBeLessThan(p95.change!);
    expect(p95.interval![1]).toBeGreaterThan(p95.change!);
    expect(p95.detectable).toBeGreaterThanOrEqual(0.1);
    expect(p95.candidate! / p95.baseline! - 1).toBeCloseTo(p95.change!, 9);
  });

  it('fails a gateway that is half as slow again, by all quantiles', () => {
    const findings = compare(candidate({ medianMs: 300 }), window);
    for (const metric of ['p50', 'p95', 'p99']) {
      const finding = rowOf(findings, metric);
      expect(finding).toMatchObject({ status: 'fail', reason: undefined });
      expect(finding.change).toBeGreaterThan(0.35);
      expect(finding.interval![0]).toBeGreaterThan(0);
    }
    expect(rowOf(findings, 'throughput').status).toBe('pass');
  });

  it('does not fail a gateway that became faster', () => {
    expect(rowOf(compare(candidate({ medianMs: 130 }), window), 'p95').status).toBe('pass');
  });

  it('is inconclusive where runs differ more than the change, and says what could be seen', () => {
    const noisy = buildWindow(10, { spread: 0.15 });
    const p95 = rowOf(compare(candidate({ medianMs: 270 }), noisy), 'p95');
    expect(p95).toMatchObject({ status: 'inconclusive', gating: true });
    expect(p95.reason).toMatch(
      /was seen, and chance can make as much; it finds changes from \d+(\.\d+)? % on; earlier runs differ that much/,
    );
    expect(p95.detectable).toBeGreaterThan(0.3);
  });

  it('is inconclusive where a change that matters is not excluded', () => {
    const p95 = rowOf(compare(candidate(), buildWindow(10, { spread: 0.15 })), 'p95');
    expect(p95.status).toBe('inconclusive');
    expect(p95.reason).toMatch(/^a change for the worse of up to \d\d(\.\d)? % is not excluded/);
    expect(p95.interval![1]).toBeGreaterThan(0.2);
  });

  it('leaves alone what is sure but too small to matter', () => {
    const steady = buildWindow(10, { spread: 0.001, perBlock: 200, sigma: 0.05 });
    const slower = candidate({ medianMs: 212, perBlock: 200, sigma: 0.05 });
    const p95 = rowOf(compare(slower, steady), 'p95');
    expect(p95.interval![0]).toBeGreaterThan(0);
    expect(p95.status).toBe('pass');
  });

  it('needs the absolute change as well as the relative one', () => {
    const quick = buildWindow(10, { medianMs: 2 });
    const p95 = rowOf(compare(candidate({ medianMs: 5 }), quick), 'p95');
    expect(p95.change).toBeGreaterThan(1);
    expect(p95.status).toBe('pass'); // 6 ms more, and 10 ms would matter
    const strict = buildPolicy([], { regression: { minChangeMs: 1 } });
    expect(rowOf(compare(candidate({ medianMs: 5 }), quick, strict), 'p95').status).toBe('fail');
  });

  it('asks twice the change of p99', () => {
    const steady = buildWindow(10, { spread: 0.001, perBlock: 400, sigma: 0.02 });
    const slower = candidate({ medianMs: 230, perBlock: 400, sigma: 0.02 });
    const findings = compare(slower, steady);
    expect(rowOf(findings, 'p95').status).toBe('fail');
    expect(rowOf(findings, 'p99').status).toBe('pass');
  });

  describe('rates', () => {
    const rateOf = (errors: number, of = 800): Burst => ({
      seed: 100,
      errorRate: 0,
      blocks: 20,
      perBlock: of / 20,
      counts: {},
      scenario: {
        slices: [
          {
            tenant: undefined,
            blocks: Array.from({ length: 20 }, (_, i) => {
              const failed = Math.floor(errors / 20) + (i < errors % 20 ? 1 : 0);
              return buildBlock(i, {
                ms: { latency: Array(of / 20 - failed).fill(100) },
                counts: { errors: { gateway: failed } },
              });
            }),
          },
        ],
      },
    });
    const clean = Array.from({ length: 10 }, (_, i) => buildBurst({ ...rateOf(0), seed: i + 1 }));

    it('one error more than none is not a regression', () => {
      const small = Array.from({ length: 10 }, (_, i) => buildBurst({ ...rateOf(0, 100), seed: i + 1 }));
      const finding = rowOf(compare(buildBurst(rateOf(1, 100)), small), 'error_rate');
      expect(finding.change).toBeCloseTo(0.01, 9); // twice what matters, and one request
      expect(finding.status).toBe('inconclusive');
    });

    it('a rise from none that chance does not make fails', () => {
      const finding = rowOf(compare(buildBurst(rateOf(40)), clean), 'error_rate');
      expect(finding).toMatchObject({ status: 'fail', unit: 'ratio', baseline: 0, candidate: 0.05 });
      expect(finding.change).toBeCloseTo(0.05, 9);
    });

    it('none after none passes', () => {
      expect(rowOf(compare(buildBurst(rateOf(0)), clean), 'error_rate').status).toBe('pass');
    });

    it('a fall is not a regression', () => {
      const bad = Array.from({ length: 10 }, (_, i) => buildBurst({ ...rateOf(40), seed: i + 1 }));
      expect(rowOf(compare(buildBurst(rateOf(0)), bad), 'error_rate').status).toBe('pass');
    });
  });

  describe('in the direction that is worse', () => {
    const withCache = (hit: number, seed: number): Run =>
      buildBurst({ seed, counts: { cache: { hit, miss: 40 - hit } } });

    it('a hit rate that falls fails, one that rises does not', () => {
      const earlier = Array.from({ length: 10 }, (_, i) => withCache(30 + (i % 2), i + 1));
      const policy = gatingOn('cache.hit_rate');
      expect(rowOf(compare(withCache(20, 99), earlier, policy), 'cache.hit_rate').status).toBe('fail');
      expect(rowOf(compare(withCache(39, 99), earlier, policy), 'cache.hit_rate').status).toBe('pass');
    });

    it('throughput that falls fails, and down to none too', () => {
      const policy = gatingOn('throughput');
      expect(rowOf(compare(candidate({ perBlock: 20 }), window, policy), 'throughput')).toMatchObject({
        status: 'fail',
        unit: 'per-second',
      });
      const dead = rowOf(compare(candidate({ errorRate: 1 }), window, policy), 'throughput');
      expect(dead).toMatchObject({ status: 'fail', candidate: 0, change: -1 });
      expect(rowOf(compare(candidate({ perBlock: 60 }), window, policy), 'throughput').status).toBe('pass');
    });

    it('a share of a provider may move in neither direction', () => {
      const routed = (openai: number, seed: number): Run =>
        buildBurst({ seed, counts: { providers: { openai, azure: 40 - openai } } });
      const earlier = Array.from({ length: 10 }, (_, i) => routed(19 + (i % 3), i + 1));
      const policy = gatingOn('provider.share.openai');
      for (const openai of [8, 32])
        expect(rowOf(compare(routed(openai, 99), earlier, policy), 'provider.share.openai').status).toBe('fail');
      expect(rowOf(compare(routed(20, 99), earlier, policy), 'provider.share.openai').status).not.toBe('fail');
    });

    it('a cache benefit that shrinks fails', () => {
      const delta = (missMs: number, seed: number): Run => {
        const blocks = Array.from({ length: 20 }, (_, i) =>
          buildBlock(i, {
            counts: { cache: { hit: 20, miss: 20 } },
            ms: {
              latency: [5],
              hit: Array.from({ length: 20 }, (_, j) => 40 + j / 10),
              miss: Array.from({ length: 20 }, (_, j) => missMs + (seed % 5) + j),
            },
          }),
        );
        return buildBurst({ seed, scenario: { slices: [{ tenant: undefined, blocks }] } });
      };
      const earlier = Array.from({ length: 10 }, (_, i) => delta(300, i + 1));
      const policy = gatingOn('cache.delta.p50');
      expect(rowOf(compare(delta(150, 99), earlier, policy), 'cache.delta.p50')).toMatchObject({
        status: 'fail',
        unit: 'us',
      });
      expect(rowOf(compare(delta(302, 99), earlier, policy), 'cache.delta.p50').status).toBe('pass');
      const useless = Array.from({ length: 10 }, (_, i) => delta(5, i + 1));
      expect(rowOf(compare(delta(5, 99), useless, policy), 'cache.delta.p50').reason).toMatch(/no faster than misses/);
    });
  });

  describe('without enough', () => {
    it('earlier runs, shows the change and gates on nothing', () => {
      for (const size of [1, 2, 4]) {
        const findings = compare(candidate({ medianMs: 400 }), window.slice(0, size));
        expect(findings.every((finding) => !finding.gating && finding.status === 'inconclusive')).toBe(true);
        expect(rowOf(findings, 'p95').change).toBeGreaterThan(0.7);
        expect(rowOf(findings, 'p95').reason).toMatch(`shown only: ${size} earlier run`);
      }
    });

    it('samples, is inconclusive and gates', () => {
      const p95 = rowOf(compare(candidate({ blocks: 2, perBlock: 30 }), window), 'p95');
      expect(p95).toMatchObject({ status: 'inconclusive', gating: true });
      expect(p95.reason).toMatch(/needs 100 samples, got 60/);
    });

    it('samples in the earlier runs, does not count them', () => {
      const short = buildWindow(8, { blocks: 2, perBlock: 30 });
      const p95 = rowOf(compare(candidate(), short), 'p95');
      expect(p95).toMatchObject({ status: 'inconclusive', gating: false, baseline: undefined });
      expect(p95.reason).toMatch(/no earlier run has a value to compare with: too few samples/);
    });
  });

  describe('what only one side measured', () => {
    const cached = Array.from({ length: 10 }, (_, i) =>
      buildBurst({ seed: i + 1, counts: { cache: { hit: 20, miss: 20 } } }),
    );

    it('is inconclusive with the reason when this run lost it', () => {
      const finding = rowOf(compare(candidate(), cached, gatingOn('cache.hit_rate')), 'cache.hit_rate');
      expect(finding).toMatchObject({ status: 'inconclusive', gating: true, candidate: undefined });
      expect(finding.reason).toMatch(
        /earlier runs measured it, and this one did not: the gateway declared no cache status/,
      );
    });

    it('is shown only when it is new', () => {
      const finding = rowOf(compare(cached[0]!, window, gatingOn('cache.hit_rate')), 'cache.hit_rate');
      expect(finding).toMatchObject({ status: 'inconclusive', gating: false, candidate: 0.5, baseline: undefined });
    });
  });

  describe('what no side measured', () => {
    it('is left out, unless it gates and is measured nowhere', () => {
      expect(compare(candidate(), window).some((finding) => finding.metric === 'cache.hit_rate')).toBe(false);
      const finding = rowOf(compare(candidate(), window, gatingOn('cache.hit_rate')), 'cache.hit_rate');
      expect(finding).toMatchObject({ status: 'inconclusive', gating: true });
    });

    it('is left out where a scenario of its kind cannot have it', () => {
      const findings = compare(candidate(), window, gatingOn('ttft.p95', 'knee', 'tenant(free).p95'));
      expect(findings.filter((finding) => finding.gating)).toEqual([]);
    });

    it('is left out in one scenario when another has it', () => {
      const both = (run: Run): Run => ({ ...run, scenarios: [...run.scenarios, buildScenario({ name: 'plain' })] });
      const cached = (seed: number): Run => both(buildBurst({ seed, counts: { cache: { hit: 20, miss: 20 } } }));
      const findings = compare(
        cached(99),
        Array.from({ length: 6 }, (_, i) => cached(i + 1)),
        gatingOn('cache.hit_rate'),
      );
      expect(
        findings.filter((finding) => finding.metric === 'cache.hit_rate').map((finding) => finding.scenario),
      ).toEqual(['chat']);
    });
  });

  it('compares a tenant apart where the policy names it', () => {
    const tenants = (seed: number, proMs: number): Run => {
      const free = buildBurst({ seed }).scenarios[0]!.slices[0]!.blocks;
      const pro = buildBurst({ seed: seed + 500, medianMs: proMs }).scenarios[0]!.slices[0]!.blocks;
      const slices = [
        { tenant: 'free', blocks: free },
        { tenant: 'pro', blocks: pro },
      ];
      return buildBurst({ seed, scenario: { slices } });
    };
    const earlier = Array.from({ length: 8 }, (_, i) => tenants(i + 1, 200));
    const findings = compare(tenants(99, 400), earlier, gatingOn('tenant(pro).p95', 'tenant(free).p95'));
    const gating = findings.filter((finding) => finding.gating);
    expect(gating.map(({ tenant, metric, status }) => [tenant, metric, status])).toEqual([
      ['pro', 'p95', 'fail'],
      ['free', 'p95', 'pass'],
    ]);
  });

  it('compares counts as shares of the requests', () => {
    const findings = compare(candidate({ errorRate: 0.3 }), window, gatingOn('status.500', 'auth_errors'));
    expect(rowOf(findings, 'auth_errors')).toMatchObject({ unit: 'ratio', status: 'pass', change: 0 });
  });

  describe('where success rates differ', () => {
    it('the comparison of latencies is invalid, and that of errors stands', () => {
      const findings = compare(candidate({ errorRate: 0.3, medianMs: 100 }), window);
      for (const metric of ['p50', 'p95', 'p99']) {
        expect(rowOf(findings, metric).status).toBe('invalid');
        expect(rowOf(findings, metric).reason).toMatch(/% of the requests succeeded, and 100 % in earlier runs/);
      }
      expect(rowOf(findings, 'error_rate').status).toBe('fail');
    });

    it('for the better, it is undecided', () => {
      const failing = buildWindow(10, { errorRate: 0.3 });
      expect(rowOf(compare(candidate(), failing), 'p95').status).toBe('inconclusive');
    });

    it('by less than five points, it stands', () => {
      expect(rowOf(compare(candidate({ errorRate: 0.03 }), window), 'p95').status).toBe('pass');
    });
  });

  it('takes the correction of the family that it is given', () => {
    // Just beyond what one comparison alone would take, and not what twelve do.
    const metrics = [
      'p50',
      'p90',
      'p95',
      'p99',
      'error_rate',
      'throttled_rate',
      'throughput',
      'goodput',
      'status.500',
      'status.502',
      'auth_errors',
      'max',
    ];
    const policy = buildPolicy([], {
      regression: { metrics: metrics.map(measure), minChange: ratio(0.02), minChangeMs: 0 },
    });
    const slightly = candidate({ medianMs: 217 });
    const runs: ComparedRuns = { against: 'window', candidate: slightly, window, policy, isAlike: true };
    const failing = (findings: readonly RegressionFinding[]) =>
      findings.filter((each) => each.status === 'fail').length;
    expect(failing(judgeRegressions(runs, { correct: uncorrected }))).toBeGreaterThan(failing(judgeRegressions(runs)));
  });

  it('seldom fails what did not change, and finds half as slow again, with runs that differ by a tenth', () => {
    const gates = 20;
    let [falseFails, found] = [0, 0];
    for (let i = 0; i < gates; i++) {
      const small = { blocks: 10, perBlock: 20, spread: 0.1, seed: 1_000 * i };
      const [same, ...earlier] = buildWindow(11, small);
      const slower = buildWindow(1, { ...small, seed: 1_000 * i + 500, medianMs: 330 })[0]!;
      const policy = gatingOn('p95');
      if (rowOf(compare(same!, earlier, policy), 'p95').status === 'fail') falseFails += 1;
      if (rowOf(compare(slower, earlier, policy), 'p95').status === 'fail') found += 1;
    }
    expect(falseFails).toBeLessThanOrEqual(1);
    expect(found).toBeGreaterThanOrEqual(15);
  });
});
