import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import type { Relation } from '../../src/model/slo.ts';
import { fromSeconds } from '../../src/model/units.ts';
import type { RegressionFinding } from '../../src/model/verdict.ts';
import { isImprovement, tightness } from '../../src/report/finding-order.ts';
import { betterDirection, metricWords, subjectName } from '../../src/report/metric-text.ts';
import { viewReport } from '../../src/report/report-view.ts';
import { quantile } from '../../src/stats/histogram.ts';
import { aProbeRun } from '../support/probe-builders.ts';
import {
  block,
  latencies,
  regressionFinding,
  report,
  run,
  scenarioRun,
  slice,
  sloFinding,
} from '../support/report-builders.ts';
import { onlyProbes } from './probe-states.ts';
import { STATES } from './states.ts';

it('is computed once for a report', () => {
  const state = report();
  expect(viewReport(state)).toBe(viewReport(state));
  expect(viewReport(report())).not.toBe(viewReport(state));
});

describe('the view', () => {
  it('adds tenants up from their blocks, percentiles from the pooled histogram', () => {
    const state = report({
      run: run({
        scenarios: [scenarioRun({ slices: [slice([block(90, 100)], 'a'), slice([block(10, 2_000)], 'b')] })],
      }),
    });
    const [scenario] = viewReport(state).scenarios;
    expect(scenario!.requests).toBe(100);
    expect(scenario!.tenants.map(({ tenant, requests }) => [tenant, requests])).toEqual([
      ['a', 90],
      ['b', 10],
    ]);
    expect(scenario!.metrics.latency!.p50).toBeLessThan(quantile(latencies(90, 100), 0.6)!);
    expect(scenario!.metrics.latency!.max).toBe(scenario!.tenants[1]!.metrics.latency!.max);
  });

  it('takes the error rate of what was sent: what was dropped is no request that went well', () => {
    const some = block(80, 100, { counts: { errors: { gateway: 20 }, dropped: { connection: 100 } } });
    const state = report({ run: run({ scenarios: [scenarioRun({ slices: [slice([some])] })] }) });
    expect(viewReport(state).scenarios[0]).toMatchObject({ requests: 200, errors: 20, dropped: 100, errorShare: 0.2 });
  });

  it('knows no rate of nothing', () => {
    const empty = viewReport(
      report({ run: run({ scenarios: [scenarioRun({ slices: [slice([])], duration: fromSeconds(0) })] }) }),
    ).scenarios[0]!;
    expect(empty).toMatchObject({
      requests: 0,
      errorShare: undefined,
      throughput: undefined,
      hitRate: undefined,
      metrics: {},
    });
  });

  it('sorts changes by what a reader should do about them', () => {
    const { changes } = viewReport(STATES.fail!);
    expect(changes.failing.map(({ metric }) => metric)).toEqual(['ttft.p95', 'p95']);
    expect(changes.notable.map(({ metric }) => metric)).toEqual(['p50']);
    expect(changes.undecided.map(({ scenario }) => scenario)).toEqual(['embeddings']);
  });

  it('says what probes sent and found, and of measured requests only where some were asked for', () => {
    const facts = (state: Report) => viewReport(state).facts.filter((fact) => /probe|measured/.test(fact));
    const silent = aProbeRun({ scenario: 'quota', spec: { kind: 'rate-limit', limit: 9, window: fromSeconds(2) } });
    expect(facts(STATES.pass!)).toEqual(['888 requests measured in 35 s']);
    expect(facts(STATES.probes!)).toEqual([
      '600 requests measured in 35 s',
      '1 probe sent 5 requests and found nothing wrong',
    ]);
    expect(facts(onlyProbes(STATES.probes!))).toEqual(['1 probe sent 5 requests in 35 s and found nothing wrong']);
    expect(facts(STATES['only-probes']!)).toEqual(['3 probes sent 15 requests in 35 s and found 2 things wrong']);
    expect(facts(report({ run: run({ scenarios: [], probes: [silent] }) }))).toEqual([
      '1 probe sent 0 requests in 35 s and could tell nothing',
    ]);
    expect(facts(report({ run: run({ scenarios: [] }) }))).toEqual(['0 requests measured in 35 s']);
  });

  it('does not say twice what a row or the headline says', () => {
    expect(viewReport(STATES.fail!).reasons).toEqual([]);
    expect(viewReport(STATES.inconclusive!).reasons).toEqual([]);
    expect(viewReport(STATES.nothing!).notes).toEqual([]);
    expect(viewReport(STATES.cancelled!).notes).toEqual([]);
    expect(viewReport(STATES.bounded!).notes).toEqual([
      'limits.requests ended the burst before its schedule did: what follows is the part that ran.',
    ]);
  });
});

describe('how close an SLO is to its limit', () => {
  it.each<[Relation, number | undefined, number]>([
    [{ operator: '<', limit: 200 }, 100, 0.5],
    [{ operator: '<=', limit: 200 }, 300, 1.5],
    [{ operator: '>=', limit: 0.9 }, 0.45, 2],
    [{ operator: '>', limit: 10 }, 0, Number.POSITIVE_INFINITY],
    [{ operator: '<', limit: 0 }, 0, 1],
    [{ operator: 'in', low: 40, high: 60 }, 50, 0],
    [{ operator: 'in', low: 40, high: 60 }, 65, 1.5],
    [{ operator: 'in', low: 40, high: 60 }, 35, 1.5],
    [{ operator: '==', limit: 0 }, 1, Number.POSITIVE_INFINITY],
    [{ operator: '!=', limit: 0 }, 1, 0],
    [{ operator: '<', limit: 200 }, undefined, 0],
  ])('%j of %s is %s', (relation, observed, expected) =>
    expect(tightness(sloFinding({ relation, observed }))).toBe(expected),
  );
});

describe('an improvement', () => {
  it.each<[string, Partial<RegressionFinding>, boolean]>([
    ['faster beyond doubt', { change: -0.2, interval: [-0.3, -0.1] }, true],
    ['faster, perhaps', { change: -0.2, interval: [-0.5, 0.1] }, false],
    ['too small to speak of', { change: -0.02, interval: [-0.03, -0.01] }, false],
    ['slower', { change: 0.2, interval: [0.1, 0.3] }, false],
    ['more throughput', { metric: 'throughput', unit: 'per-second', change: 0.2, interval: [0.1, 0.3] }, true],
    ['fewer errors', { metric: 'error_rate', unit: 'ratio', change: -0.02, interval: [-0.03, -0.01] }, true],
    [
      'a share has no better side',
      { metric: 'provider.share.openai', unit: 'ratio', change: 0.2, interval: [0.1, 0.3] },
      false,
    ],
    ['no interval', { change: -0.2, interval: undefined }, false],
  ])('%s', (_, overrides, expected) => expect(isImprovement(regressionFinding(overrides))).toBe(expected));
});

describe('names of metrics', () => {
  it.each([
    [subjectName({ kind: 'quantile', metric: 'latency', quantile: 0.999 }), 'p99.9', 'p99.9'],
    [subjectName({ kind: 'quantile', metric: 'ttft', quantile: 1 }), 'ttft.max', 'TTFT max'],
    [subjectName({ kind: 'cache-delta', quantile: 0.5 }), 'cache.delta.p50', 'cache delta p50'],
    [subjectName({ kind: 'rate', of: 'hit' }), 'cache.hit_rate', 'cache hit rate'],
    [subjectName({ kind: 'tally', of: { status: 502 } }), 'status.502', 'status 502'],
    [subjectName({ kind: 'tally', of: { errorClass: 'auth' } }), 'auth_errors', 'auth errors'],
    [
      subjectName({ kind: 'share', of: 'provider', name: 'open.ai_1' }),
      'provider.share.open.ai_1',
      'share of provider open.ai_1',
    ],
    [subjectName({ kind: 'per-second', of: 'tokens' }), 'tokens_per_second', 'tokens per second'],
    [subjectName({ kind: 'probe', name: 'limit.admitted' }), 'limit.admitted', 'limit admitted'],
  ])('%s', (name, expected, words) => {
    expect(name).toBe(expected);
    expect(metricWords(name)).toBe(words);
  });

  it('know which way is better', () => {
    expect(
      ['p95', 'throughput', 'cache.hit_rate', 'error_rate', 'model.share.x'].map((metric) =>
        betterDirection(metric, metric === 'p95' ? 'us' : 'ratio'),
      ),
    ).toEqual([-1, 0, 1, -1, 0]);
    expect(betterDirection('throughput', 'per-second')).toBe(1);
  });
});
