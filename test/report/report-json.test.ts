import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SloFinding } from '../../src/model/verdict.ts';
import { renderReportJson } from '../../src/report/report-json.ts';
import { reportJsonSchema, reportJsonSchemaDocument } from '../../src/report/report-json-schema.ts';
import { aShare, COMMON_START } from '../support/build-fleet.ts';
import {
  regressionFinding,
  report,
  run,
  scenarioRun,
  slice,
  sloFinding,
  stored,
  verdict,
} from '../support/report-builders.ts';
import { STATES } from './states.ts';

const parsed = (state: (typeof STATES)[string]) => reportJsonSchema.parse(JSON.parse(renderReportJson(state)));
const committed = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/report.schema.json'), 'utf8'));

describe('report.json', () => {
  it.each(Object.entries(STATES))('of %s is valid, by the zod schema and by the committed one', (_, state) => {
    const text = renderReportJson(state);
    expect(reportJsonSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
    expect(z.fromJSONSchema(committed).safeParse(JSON.parse(text)).error).toBeUndefined();
    expect(text).not.toContain('null');
  });

  it('is rejected by the committed schema when a key is missing, unknown or of another type', () => {
    const schema = z.fromJSONSchema(committed);
    const good = JSON.parse(renderReportJson(STATES.pass!));
    for (const bad of [
      { ...good, verdict: 'maybe' },
      { ...good, extra: 1 },
      { ...good, slos: undefined },
      { ...good, schemaVersion: 2 },
    ])
      expect(schema.safeParse(JSON.parse(JSON.stringify(bad))).success).toBe(false);
  });

  it('tells the shares of a load by number, and what each region saw', () => {
    const { fleet } = parsed(STATES.fleet!);
    expect(fleet).toMatchObject({
      count: 4,
      missing: [3],
      shares: [
        { number: 1, count: 4, region: 'eu-west', lateMs: 0 },
        { number: 2, lateMs: 400 },
        { number: 4, region: 'us-east' },
      ],
      leftOut: [{ number: 3, reason: 'sent nothing (no route)' }],
      regions: [
        { scenario: 'chat', region: 'eu-west', shares: 2, requests: 400, errorRate: 0, latencyMs: { count: 400 } },
        { scenario: 'chat', region: 'us-east', shares: 1, requests: 203, errorRate: 0.014778 },
      ],
    });
  });

  it('of one share says which', () => {
    expect(parsed(report({ run: run({ share: aShare(1, { region: 'eu' }) }) }))).toMatchObject({
      share: { number: 2, count: 8, region: 'eu', aimedAt: COMMON_START, startedAt: COMMON_START },
    });
  });

  it('has probes among its scenarios, counted as loads are, and what they found', () => {
    const { scenarios, slos } = parsed(STATES['bad-probes']!);
    const [rescue, flow, quota] = scenarios.slice(-3);
    expect(rescue).toMatchObject({
      name: 'rescue',
      load: 'failover probe',
      requests: 5,
      ok: 2,
      errors: { upstream: 3 },
      status: { 200: 2, 502: 3 },
      providers: { anthropic: 1, openai: 1 },
      latencyMs: { count: 2, p50: 50.015 },
      failures: [{ class: 'upstream', status: 502, count: 3, requestId: 'req-1' }],
      probe: {
        kind: 'failover',
        values: {
          'failover.rescued': { value: 0.25, unit: 'ratio', samples: 4, interval: [0.006309, 0.80588] },
          'failover.added.p95': { unit: 'ms', samples: 1 },
          'failover.midstream.hidden': { reason: 'no stream was cut; set stream: true in the scenario' },
        },
        timeline: [{ atMs: 990, text: 'openai answers with status 503' }, { atMs: 1_000, call: 0 }, { atMs: 1_990 }],
        skipped: [{ part: 'cut', reason: 'the scenario asks for no stream' }],
      },
    });
    expect(rescue!.probe!.sights[0]).toMatchObject({
      kind: 'bad',
      calls: [1, 2, 3],
      requestIds: ['req-1', 'req-2', 'req-3'],
    });
    expect(Object.keys(rescue!.tenants)).toEqual(['free', 'pro']);
    expect(rescue!.tenants.free).toMatchObject({ requests: 3, ok: 2 });
    expect(flow).toMatchObject({
      stream: true,
      ok: 8,
      errors: { truncated: 2 },
      ttftMs: { count: 8 },
      itlMs: { count: 80 },
      tokens: { prompt: 80, completion: 110, estimated: 0 },
    });
    expect(flow!.ttftMs!.p50).toBeCloseTo(40, 0);
    expect(quota).toMatchObject({ requests: 0, probe: { incomplete: 'limits.requests was reached' } });
    expect(slos.find(({ text }) => text === 'failover.rescued >= 99%')).toMatchObject({
      scenario: 'rescue',
      verdict: 'fail',
    });
  });

  it('has a committed schema that is generated from the zod schema', () => {
    expect(committed).toEqual(reportJsonSchemaDocument());
  });

  it('says what the contract promises, in milliseconds and shares', () => {
    const { scenarios, slos, regressions, generator, bounds } = parsed(STATES.fail!);
    const chat = scenarios[0]!;
    expect(chat).toMatchObject({
      name: 'chat',
      requests: 588,
      ok: 560,
      throttled: 24,
      dropped: 0,
      errors: { timeout: 4 },
      status: { 200: 560, 429: 24 },
      providers: { openai: 300, anthropic: 260 },
      cache: { hits: 120, misses: 400, bypassed: 40 },
    });
    expect(chat.throughput).toBeCloseTo(560 / 30, 5);
    expect(chat.errorRate).toBeCloseTo(4 / 588, 5);
    expect(chat.cache?.hitRate).toBeCloseTo(120 / 520, 5);
    expect(chat.latencyMs.count).toBe(560);
    expect(chat.latencyMs.p50).toBeGreaterThan(1_000);
    expect(chat.latencyMs.p50).toBeLessThan(1_300);
    expect(Object.keys(chat.tenants)).toEqual(['free', 'pro']);
    expect(chat.tenants.free!.requests).toBe(294);
    expect(slos[0]).toEqual({
      scenario: 'chat',
      text: 'p95 < 2.5s',
      unit: 'ms',
      observed: 3_100,
      interval: [2_930, 3_280],
      close: false,
      samples: 600,
      verdict: 'fail',
    });
    expect(regressions[0]).toMatchObject({
      metric: 'p95',
      baseline: 2_480,
      candidate: 3_100,
      change: 0.25,
      interval: [0.16, 0.34],
      verdict: 'fail',
    });
    expect(generator).toMatchObject({ healthy: true, dropped: 0, cpu: 0.22, steal: 0.004, gcMs: { count: 24 } });
    expect(generator.floor).toMatchObject({ latencyMs: { count: 150, p50: 0.308 }, lagMs: { p50: 0.039 } });
    expect(generator.blocks.map((each) => [each.startMs, each.durationMs, each.requestsPerSecond])).toEqual([
      [0, 10_000, 23],
      [10_000, 10_000, 23],
      [20_000, 10_000, 23],
    ]);
    expect(parsed(STATES.invalid!).generator).toMatchObject({
      healthy: false,
      problems: [expect.stringMatching(/^chat: generator saturated/)],
    });
    expect(parsed(STATES.nothing!).generator).toMatchObject({ healthy: true, blocks: [] });
    expect(parsed(STATES.nothing!).generator.floor).toBeUndefined();
    expect(bounds.requests).toEqual({ limit: 6_000, used: 700 });
  });

  it("has the gateway's own time, and how many requests it is of, where providers told theirs", () => {
    const [chat, embeddings] = parsed(STATES.overhead!).scenarios;
    expect(chat).toMatchObject({
      overheadMs: { count: 290, p50: expect.closeTo(6, 0) },
      overheadTtftMs: { count: 290, p50: expect.closeTo(4, 0) },
      declaredOverheadMs: { count: 300, p50: expect.closeTo(5, 0) },
      upstream: { hasNonce: true, joined: 290, hits: 0, unseen: 10 },
    });
    expect(Object.keys(embeddings!)).not.toEqual(expect.arrayContaining(['overheadMs']));
    expect(embeddings!.upstream).toBeUndefined();
  });

  it('pools percentiles over tenants and never averages them', () => {
    const { latencyMs, tenants } = parsed(STATES.fail!).scenarios[0]!;
    const average = (tenants.free!.latencyMs.p99! + tenants.pro!.latencyMs.p99!) / 2;
    expect(latencyMs.p99).not.toBeCloseTo(average, 0);
    expect(latencyMs.max).toBe(tenants.pro!.latencyMs.max);
  });

  it('leaves out what could not be measured: no zero, no null', () => {
    const state = report({
      run: run({ scenarios: [scenarioRun({ slices: [slice([])] })] }),
      verdict: verdict({
        slos: [
          sloFinding({ observed: Number.NaN, interval: [Number.NaN, 1], status: 'inconclusive', reason: 'No sample.' }),
        ],
        regressions: [
          regressionFinding({ baseline: undefined, change: Number.POSITIVE_INFINITY, interval: undefined }),
        ],
      }),
    });
    const json = JSON.parse(renderReportJson(state));
    expect(json.scenarios[0].latencyMs).toEqual({ count: 0 });
    expect(json.scenarios[0]).not.toHaveProperty('errorRate');
    expect(json.scenarios[0]).not.toHaveProperty('cache');
    expect(json.scenarios[0]).not.toHaveProperty('ttftMs');
    expect(json.slos[0]).not.toHaveProperty('observed');
    expect(json.slos[0]).not.toHaveProperty('interval');
    expect(json.regressions[0]).not.toHaveProperty('change');
    expect(json.regressions[0]).not.toHaveProperty('baseline');
  });

  it('keeps names that mean something to JavaScript', () => {
    const { tenants } = JSON.parse(renderReportJson(STATES.hostile!)).scenarios[0];
    expect(Object.hasOwn(tenants, '__proto__')).toBe(true);
  });

  it.each<[SloFinding['unit'], number, number, string]>([
    ['us', 1_500, 1.5, 'ms'],
    ['ratio', 0.25, 0.25, 'ratio'],
    ['count', 3, 3, 'count'],
    ['per-second', 12.5, 12.5, 'per-second'],
  ])('converts %s', (unit, observed, expected, name) => {
    const { slos } = parsed(
      report({ verdict: verdict({ slos: [sloFinding({ unit, observed, interval: undefined })] }) }),
    );
    expect(slos[0]).toMatchObject({ observed: expected, unit: name });
  });

  it('names the runs of a stored baseline', () => {
    const { baseline } = parsed(report({ verdict: verdict({ baseline: stored(2) }) }));
    expect(baseline).toMatchObject({ kind: 'stored', advisory: true, runs: [{ id: 'base-0' }, { id: 'base-1' }] });
  });
});
