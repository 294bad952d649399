import type { Histogram } from '../../src/model/histogram.ts';
import type { Block, Slice } from '../../src/model/measurement.ts';
import type { ProbeCall, ProbeRun } from '../../src/model/probe.ts';
import type { Report } from '../../src/model/report.ts';
import type { Run, ScenarioRun } from '../../src/model/run.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import type { RegressionFinding } from '../../src/model/verdict.ts';
import { HistogramRecorder } from '../../src/stats/histogram.ts';
import { pageTrend } from './page-trend.ts';
import { aCall, anUpstreamCall, aProbeRun } from './probe-builders.ts';
import {
  counts,
  errorRate,
  generatorBlock,
  latencies,
  regressionFinding,
  report,
  run,
  scenarioRun,
  sloFinding,
  stored,
  verdict,
} from './report-builders.ts';
import { seeded } from './seeded.ts';

/** How large the report is, and its stored baseline. */
export interface PageReportSize {
  readonly scenarios: number;
  readonly tenants: number;
  readonly blocks?: number;
  readonly baselineRuns?: number;
  /** Earlier runs that are remembered; none = no trend. */
  readonly nights?: number;
}

/** Scenarios with numbers of their own; making them takes longer than rendering them. */
const DISTINCT = 3;

const MODELS = ['chat', 'faq-cache', 'embeddings', 'quota', 'failover'];

/** A failed run of many scenarios with everything that the page can draw: a slow second half, a burst of errors, two modes of a cache. */
export const pageReport = ({
  scenarios,
  tenants,
  blocks = 40,
  baselineRuns = 5,
  nights = 0,
}: PageReportSize): Report => {
  const names = Array.from({ length: scenarios }, (_, index) => scenarioName(index));
  const made = (seed: number, slower: number): readonly ScenarioRun[] => {
    const distinct = Array.from({ length: Math.min(scenarios, DISTINCT) }, (_, index) =>
      busyScenario({ tenants, blocks, slower, seed: seed * 100 + index }),
    );
    return names.map((name, index) => ({ ...distinct[index % DISTINCT]!, name }));
  };
  const compared: Run[] = Array.from({ length: baselineRuns }, (_, index) =>
    run({ id: `base-${index}`, scenarios: made(index + 2, 1) }),
  );
  const candidate = run({
    scenarios: made(1, 1.22),
    probes: [busyProbe()],
    generator: {
      ...run().generator,
      blocks: Array.from({ length: 12 }, (_, at) => generatorBlock(at, 0.3 + (at % 5) / 4)),
    },
  });
  return report({
    run: candidate,
    compared,
    trend: nights === 0 ? undefined : pageTrend(candidate, nights),
    verdict: verdict({
      status: 'fail',
      reasons: [{ status: 'fail', scenario: names[0], text: `p95 is 23 % higher than in the baseline` }],
      baseline: baselineRuns === 0 ? { kind: 'absent', reason: 'no earlier run is stored' } : stored(baselineRuns),
      slos: names.flatMap((scenario, index) =>
        [
          sloFinding({
            scenario,
            status: index === 0 ? 'fail' : 'pass',
            observed: fromMillis(index === 0 ? 2_712 : 1_240),
          }),
          errorRate(0.004 + index / 10_000, { scenario, close: index === 1, interval: [0.001, 0.012] }),
          sloFinding({
            scenario,
            text: 'ttft.p95 < 800ms',
            status: 'inconclusive',
            observed: undefined,
            interval: undefined,
            samples: 12,
            reason: 'p95 needs 60 samples, there are 12',
          }),
        ].slice(0, index === 0 ? 3 : 2),
      ),
      regressions: names.flatMap((scenario, index) => changesOf(scenario, index)),
    }),
  });
};

const scenarioName = (index: number): string =>
  index < MODELS.length ? MODELS[index]! : `${MODELS[index % MODELS.length]}-${Math.floor(index / MODELS.length)}`;

const changesOf = (scenario: string, index: number): readonly RegressionFinding[] => [
  regressionFinding({
    scenario,
    baseline: fromMillis(1_010),
    candidate: fromMillis(1_240),
    change: index === 0 ? 0.228 : 0.04,
    interval: index === 0 ? [0.14, 0.32] : [-0.06, 0.13],
    detectable: 0.08,
    status: index === 0 ? 'fail' : 'pass',
  }),
  regressionFinding({
    scenario,
    metric: 'ttft.p95',
    baseline: fromMillis(560),
    candidate: fromMillis(471),
    change: -0.16,
    interval: [-0.22, -0.11],
    detectable: 0.07,
  }),
  regressionFinding({
    scenario,
    metric: 'p50',
    baseline: fromMillis(500),
    candidate: fromMillis(610),
    change: 0.21,
    interval: [0.02, 0.61],
    detectable: 0.3,
    status: 'inconclusive',
    reason: 'the interval is too wide to decide',
    needed: { pairs: 60, requests: 4_200, duration: fromSeconds(90) },
  }),
  regressionFinding({
    scenario,
    metric: 'error_rate',
    unit: 'ratio',
    baseline: 0.004,
    candidate: 0.0068,
    change: 0.0028,
    interval: [-0.002, 0.008],
    detectable: 0.006,
  }),
];

interface Busy {
  readonly tenants: number;
  readonly blocks: number;
  readonly slower: number;
  readonly seed: number;
}

const busyScenario = ({ tenants, blocks, slower, seed }: Busy): ScenarioRun => {
  const ids = tenants === 0 ? [undefined] : Array.from({ length: tenants }, (_, index) => `tenant-${index + 1}`);
  const slices = ids.map((tenant, index): Slice => {
    const random = seeded(seed * 1_000 + index);
    return {
      tenant,
      blocks: Array.from({ length: blocks }, (_, block) =>
        busyBlock({ random, block, blocks, slower: slower * (1 + index / 12) }),
      ),
    };
  });
  return scenarioRun({
    stream: true,
    load: '20/s for 60 s',
    duration: fromSeconds(60),
    slices,
    failures: [
      {
        errorClass: 'upstream',
        status: 502,
        detail: 'bad gateway: provider "primary" reset the connection',
        count: 31,
        requestId: 'req_8f31',
      },
      {
        errorClass: 'timeout',
        status: undefined,
        detail: 'no complete response within 30 s',
        count: 4,
        requestId: undefined,
      },
    ],
  });
};

/** A heavy-tailed sample of `count` times, µs. */
const sample = (random: () => number, count: number, medianMs: number): Histogram => {
  const recorder = new HistogramRecorder();
  for (let i = 0; i < count; i++) {
    const share = Math.min(0.9999, Math.max(0.0001, random()));
    recorder.record(medianMs * 1_000 * (share / (1 - share)) ** 0.28);
  }
  return recorder.snapshot();
};

const busyBlock = ({
  random,
  block,
  blocks,
  slower,
}: {
  readonly random: () => number;
  readonly block: number;
  readonly blocks: number;
  readonly slower: number;
}): Block => {
  const half = block >= blocks / 2;
  const errors = block > blocks * 0.6 && block < blocks * 0.7 ? 4 : 0;
  const throttled = block > blocks * 0.8 ? 3 + Math.floor(random() * 4) : 0;
  const ok = 28 - errors - throttled;
  const median = 480 * slower * (half ? 1.25 : 1);
  const hits = Math.round(ok * 0.4);
  return {
    index: block,
    start: fromSeconds((60 / blocks) * block),
    duration: fromSeconds(60 / blocks),
    counts: counts({
      ok,
      good: ok,
      throttled,
      errors: errors > 0 ? { upstream: errors } : {},
      dropped: block === blocks - 1 ? { connection: 2 } : {},
      status: { 200: ok, ...(throttled > 0 ? { 429: throttled } : {}), ...(errors > 0 ? { 502: errors } : {}) },
      providers: { openai: half ? 8 : 14, anthropic: half ? ok - 12 : ok - 14, bedrock: half ? 4 : 0 },
      models: { 'gpt-4o-mini': 14, 'claude-3-5-sonnet': ok - 14 },
      cache: { hit: hits, miss: ok - hits },
      tokens: { prompt: ok * 120, completion: ok * 90, estimated: 1 },
    }),
    histograms: {
      latency: sample(random, ok, median),
      service: sample(random, ok, median * 0.99),
      ttft: sample(random, ok, median / 3),
      itl: sample(random, ok, 12),
      hit: sample(random, hits, 38),
      miss: sample(random, ok - hits, median),
      lag: latencies(28, 0.06 + random() / 10),
    },
  };
};

/** A cache probe with every kind of call: prompts, their repeats, a crowd at one moment, an error, a refusal, a call hung up on. */
const busyProbe = (): ProbeRun => {
  const calls: ProbeCall[] = [];
  const send = (step: string, atMs: number, tookMs: number, more: Partial<ProbeCall> = {}): void => {
    const id = calls.length;
    calls.push(
      aCall({
        id,
        step,
        group: id % 8,
        request: id,
        released: fromMillis(atMs),
        end: fromMillis(atMs + tookMs),
        requestId: `req_${id}`,
        ...more,
      }),
    );
  };
  for (let i = 0; i < 8; i++) send('prime', i * 150, 310 + 12 * i, { cache: 'miss', provider: 'primary' });
  for (let i = 0; i < 8; i++) send('repeat', 1_700 + i * 60, 14 + i, { cache: i === 3 ? 'miss' : 'hit' });
  for (let i = 0; i < 16; i++) send('crowd', 2_500, 420 + 7 * i, { cache: 'miss' });
  send('change', 3_200, 30, { outcome: { kind: 'throttled' }, status: 429 });
  send('change', 3_300, 600, {
    outcome: { kind: 'error', errorClass: 'upstream', detail: '502' },
    status: 502,
    variant: 'model',
  });
  send('change', 3_400, 120, { hungUp: true });
  return aProbeRun({
    scenario: 'cache-behaviour',
    spec: {
      kind: 'cache',
      prompts: 8,
      crowd: 16,
      settle: fromMillis(200),
      ttl: undefined,
      changes: ['model'],
      otherModel: undefined,
      bypass: [],
    },
    duration: fromSeconds(4),
    calls,
    upstream: calls.filter(({ step }) => step !== 'repeat').map((call) => anUpstreamCall(call)),
    marks: [
      { at: fromMillis(2_450), text: 'a crowd of 16 is released' },
      { at: fromMillis(3_150), text: 'provider primary answers 502' },
    ],
    skipped: [{ part: 'expiry', reason: 'the configuration gives no ttl' }],
  });
};
