import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/model/measurement.ts';
import type { Policy } from '../../src/model/policy.ts';
import { judgeSlo } from '../../src/verdict/judge-slo.ts';
import { samplesNeeded } from '../../src/verdict/min-samples.ts';
import { buildBlock, buildScenario, steadyBlock } from '../support/build-run.ts';
import { MIN_SAMPLES, measure, slo } from './build-policy.ts';

const judgeOn = (text: string, blocks?: readonly Block[], minSamples: Policy['minSamples'] = MIN_SAMPLES) =>
  judgeSlo(slo(text), { scenario: buildScenario(blocks === undefined ? {} : { blocks }), knee: undefined, minSamples });

/** 500 requests of 50 to 150 ms, evenly. */
const even = Array.from({ length: 10 }, (_, block) =>
  buildBlock(block, { ms: { latency: Array.from({ length: 50 }, (_, i) => 50 + 2 * i + block / 5) } }),
);

describe('judgeSlo', () => {
  const rows: readonly (readonly [text: string, status: string, close: boolean])[] = [
    ['p95 < 200ms', 'pass', false],
    ['p95 < 146ms', 'pass', true],
    ['p95 < 144ms', 'fail', true],
    ['p95 < 100ms', 'fail', false],
    ['p50 in 90ms..110ms', 'pass', false],
    ['error_rate < 1%', 'pass', false],
    ['error_rate < 0.1%', 'pass', true],
    ['status.500 == 0', 'pass', false],
    ['throughput >= 40/s', 'pass', false],
  ];
  it.each(rows)('%s: %s, close: %s', (text, status, close) => {
    expect(judgeOn(text, even)).toMatchObject({ status, close, reason: undefined });
  });

  it('shows what it is based on', () => {
    const finding = judgeOn('p95 < 200ms', even);
    expect(finding).toMatchObject({
      scenario: 'chat',
      tenant: undefined,
      text: 'p95 < 200ms',
      unit: 'us',
      samples: 500,
    });
    expect(finding.observed).toBeGreaterThan(140_000);
    expect(finding.interval![0]).toBeLessThan(finding.observed!);
    expect(finding.interval![1]).toBeGreaterThan(finding.observed!);
  });

  it('one error is enough to fail a count of none', () => {
    const one = buildBlock(0, { counts: { ok: 0, errors: { gateway: 1 }, status: { 500: 1 } } });
    expect(judgeOn('status.500 == 0', [one])).toMatchObject({ status: 'fail', observed: 1 });
    expect(judgeOn('auth_errors == 0', [one])).toMatchObject({ status: 'pass', observed: 0, samples: 1 });
  });

  describe('with too little', () => {
    const sixty = [0, 1, 2].map(steadyBlock); // 20 a second

    it('is inconclusive, says what it would take, and still shows the number', () => {
      const finding = judgeOn('p95 < 1ms', sixty);
      expect(finding).toMatchObject({ status: 'inconclusive', samples: 60, close: false });
      expect(finding.reason).toBe('it needs 100 samples, got 60; at 20/s add 2 s to load.duration');
      expect(finding.observed).toBeDefined();
    });

    it('judges what needs fewer samples', () => {
      expect(judgeOn('p50 < 1s', sixty).status).toBe('pass');
      expect(judgeOn('max < 1s', sixty).status).toBe('pass');
      expect(judgeOn('p99 < 1s', sixty).status).toBe('inconclusive');
    });

    it('takes the policy over the defaults', () => {
      expect(judgeOn('p95 < 1s', sixty, [{ quantile: 0, samples: 60 }]).status).toBe('pass');
    });

    it('of nothing is inconclusive and never a pass', () => {
      expect(judgeOn('error_rate < 1%', [])).toMatchObject({ status: 'inconclusive', observed: undefined, samples: 0 });
      expect(judgeOn('status.500 == 0', [])).toMatchObject({ status: 'inconclusive' });
    });

    it('a delta needs its samples on both sides', () => {
      const lopsided = buildBlock(0, {
        counts: { cache: { hit: 200, miss: 3 } },
        ms: { latency: [5], hit: Array(200).fill(2), miss: [90, 95, 99] },
      });
      expect(judgeOn('cache.delta.p50 > 50ms', [lopsided])).toMatchObject({ status: 'inconclusive', samples: 3 });
    });
  });

  it('does not take comfort in the latency of the few that succeeded', () => {
    const mostlyDown = even.map((block) => ({ ...block, counts: { ...block.counts, errors: { gateway: 450 } } }));
    const finding = judgeOn('p95 < 1s', mostlyDown);
    expect(finding).toMatchObject({ status: 'inconclusive' });
    expect(finding.reason).toMatch(/only 10 % of the requests succeeded/);
    expect(judgeOn('p95 < 1ms', mostlyDown).status).toBe('fail');
    const mostlyThrottled = even.map((block) => ({ ...block, counts: { ...block.counts, throttled: 450 } }));
    expect(judgeOn('p95 < 1s', mostlyThrottled).status).toBe('pass');
  });
});

describe('samplesNeeded', () => {
  const rows: readonly (readonly [subject: string, needed: number])[] = [
    ['p10', 20],
    ['p50', 20],
    ['p90', 50],
    ['p95', 100],
    ['p97.5', 100],
    ['p99', 500],
    ['p99.9', 5_000],
    ['max', 1],
    ['cache.delta.p95', 100],
    ['error_rate', 1],
  ];
  it.each(rows)('%s needs %i', (subject, needed) => {
    expect(samplesNeeded(measure(subject).subject, MIN_SAMPLES)).toBe(needed);
    expect(samplesNeeded(measure(subject).subject, MIN_SAMPLES.toReversed())).toBe(needed);
  });

  it('without a table is one', () => {
    expect(samplesNeeded(measure('p99').subject, [])).toBe(1);
  });
});
