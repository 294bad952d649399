import type { Histogram } from '../../src/model/histogram.ts';
import type { Block, Counts, Metric, Slice } from '../../src/model/measurement.ts';
import type { Report } from '../../src/model/report.ts';
import type { GeneratorBlock, Run, ScenarioRun } from '../../src/model/run.ts';
import { fromMillis, fromSeconds, ratio } from '../../src/model/units.ts';
import type { RegressionFinding, SloFinding, Verdict } from '../../src/model/verdict.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { HistogramRecorder } from '../../src/stats/histogram.ts';
import { NO_COUNTS } from '../../src/stats/measurement.ts';

/**
 * A histogram of `count` values that follow a log-logistic curve around `p50Ms`: right-skewed as latencies are, and the
 * same every time.
 */
export const latencies = (count: number, p50Ms: number, spread = 0.3): Histogram => {
  const key = `${count} ${p50Ms} ${spread}`;
  const made = MADE.get(key) ?? makeLatencies(count, p50Ms, spread);
  MADE.set(key, made);
  return made;
};

/** Builders are called in loops; the same histogram need not be counted again. */
const MADE = new Map<string, Histogram>();

const makeLatencies = (count: number, p50Ms: number, spread: number): Histogram => {
  const recorder = new HistogramRecorder();
  for (let i = 0; i < count; i++) {
    const share = (i + 0.5) / count;
    recorder.record(p50Ms * 1_000 * (share / (1 - share)) ** spread);
  }
  return recorder.snapshot();
};

export const counts = (overrides: Partial<Counts> = {}): Counts => ({ ...NO_COUNTS, ...overrides });

/** One block of 15 s whose latency has that median; `ok` of its requests succeeded. */
export const block = (
  ok: number,
  p50Ms: number,
  more: {
    readonly counts?: Partial<Counts>;
    readonly histograms?: Partial<Record<Metric, Histogram>>;
    readonly index?: number;
  } = {},
): Block => ({
  index: more.index ?? 0,
  start: fromSeconds(15 * (more.index ?? 0)),
  duration: fromSeconds(15),
  counts: counts({ ok, good: ok, status: ok > 0 ? { 200: ok } : {}, ...more.counts }),
  histograms: ok > 0 ? { latency: latencies(ok, p50Ms), service: latencies(ok, p50Ms), ...more.histograms } : {},
});

export const slice = (blocks: readonly Block[], tenant?: string): Slice => ({ tenant, blocks });

export const scenarioRun = (overrides: Partial<ScenarioRun> = {}): ScenarioRun => ({
  name: 'chat',
  endpoint: 'chat',
  stream: false,
  load: '20/s for 30 s',
  closed: false,
  duration: fromSeconds(30),
  warmupRequests: 100,
  stepRates: [],
  slices: [slice([block(300, 500), block(300, 520, { index: 1 })])],
  failures: [],
  ...overrides,
});

/** Ten seconds of the generator, its event loop late by that median. */
export const generatorBlock = (index: number, lateMs: number): GeneratorBlock => ({
  start: fromSeconds(10 * index),
  duration: fromSeconds(10),
  released: 230,
  lag: latencies(230, 0.08),
  loopDelay: latencies(1_000, lateMs),
  gc: latencies(8, 0.9),
  cpu: 0.2,
  steal: 0.004,
});

export const run = (overrides: Partial<Run> = {}): Run => ({
  id: 'run-1',
  createdAt: '2026-11-20T10:00:00.000Z',
  toolVersion: '0.1.0',
  origin: {
    repository: 'acme/gateway',
    commit: '0123456789abcdef0123456789abcdef01234567',
    ref: 'refs/pull/7/merge',
    workflowRunId: 42,
  },
  environment: {
    os: 'Linux 6.8',
    arch: 'x64',
    cpuModel: 'AMD EPYC 7763',
    cores: 4,
    memoryBytes: 16 * 2 ** 30,
    node: '24.19.0',
    image: 'ubuntu-24.04',
  },
  configDigest: '5f2b9c0d1e4a7b8c5f2b9c0d1e4a7b8c5f2b9c0d1e4a7b8c5f2b9c0d1e4a7b8c',
  seed: 'a1b2c3',
  gateway: 'https://preview.example.com',
  dialect: 'generic',
  bounds: {
    requests: 6_000,
    duration: fromSeconds(240),
    concurrency: 200,
    tokens: 500_000,
    abort: { errorRate: ratio(0.5), over: fromSeconds(5) },
  },
  used: { requests: 700, duration: fromSeconds(35), concurrency: 18, tokens: 84_000 },
  ending: { kind: 'complete' },
  scenarios: [scenarioRun()],
  probes: [],
  generator: {
    ...NO_HEALTH,
    lag: latencies(700, 0.08),
    loopDelay: latencies(3_500, 0.3),
    gc: latencies(24, 0.9),
    cpu: 0.22,
    steal: 0.004,
    floor: { latency: latencies(150, 0.31), lag: latencies(150, 0.04) },
    blocks: [generatorBlock(0, 0.3), generatorBlock(1, 1.4), generatorBlock(2, 0.3)],
  },
  ...overrides,
});

export const sloFinding = (overrides: Partial<SloFinding> = {}): SloFinding => ({
  scenario: 'chat',
  tenant: undefined,
  text: 'p95 < 2.5s',
  subject: { kind: 'quantile', metric: 'latency', quantile: 0.95 },
  relation: { operator: '<', limit: fromMillis(2_500) },
  unit: 'us',
  status: 'pass',
  observed: fromMillis(1_240),
  interval: [fromMillis(1_190), fromMillis(1_310)],
  close: false,
  samples: 600,
  reason: undefined,
  ...overrides,
});

export const errorRate = (observed: number | undefined, overrides: Partial<SloFinding> = {}): SloFinding =>
  sloFinding({
    text: 'error_rate < 1%',
    subject: { kind: 'rate', of: 'error' },
    relation: { operator: '<', limit: 0.01 },
    unit: 'ratio',
    observed,
    interval: undefined,
    ...overrides,
  });

export const regressionFinding = (overrides: Partial<RegressionFinding> = {}): RegressionFinding => ({
  scenario: 'chat',
  tenant: undefined,
  metric: 'p95',
  against: 'window',
  unit: 'us',
  baseline: fromMillis(1_210),
  candidate: fromMillis(1_240),
  change: 0.025,
  interval: [-0.02, 0.07],
  detectable: 0.09,
  strength: 'none',
  needed: undefined,
  status: 'pass',
  gating: true,
  reason: undefined,
  ...overrides,
});

/** A stored baseline of that many runs. */
export const stored = (runs: number): Verdict['baseline'] => ({
  kind: 'stored',
  runs: Array.from({ length: runs }, (_, index) => ({
    id: `base-${index}`,
    createdAt: `2026-11-${String(19 - index).padStart(2, '0')}T02:00:00.000Z`,
    commit: `${index}bcdef0123456789abcdef0123456789abcdef01`,
  })),
  advisory: runs < 5,
  machines: 'alike',
});

export const verdict = (overrides: Partial<Verdict> = {}): Verdict => ({
  status: 'pass',
  reasons: [],
  slos: [sloFinding(), errorRate(0.002)],
  regressions: [],
  knees: [],
  baseline: { kind: 'none', reason: 'No baseline was given.' },
  ...overrides,
});

export const report = (overrides: Partial<Report> = {}): Report => ({
  run: run(),
  verdict: verdict(),
  compared: [],
  key: 'default',
  profile: 'pr',
  configPath: '.github/gatemark.yml',
  reproduce: 'npx gatemark run --config .github/gatemark.yml --gateway-url https://preview.example.com --seed a1b2c3',
  detailsUrl: 'https://github.com/acme/gateway/actions/runs/42',
  warnings: [],
  ...overrides,
});
