import type { Histogram } from '../../src/model/histogram.ts';
import type { Block, Counts, Metric } from '../../src/model/measurement.ts';
import type { Run, ScenarioRun } from '../../src/model/run.ts';
import { fromSeconds, micros, ratio } from '../../src/model/units.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { HistogramRecorder } from '../../src/stats/histogram.ts';
import { NO_COUNTS } from '../../src/stats/measurement.ts';

/** A histogram of these values, µs. */
export const histogramOf = (values: readonly number[]): Histogram => {
  const recorder = new HistogramRecorder();
  for (const value of values) recorder.record(value);
  return recorder.snapshot();
};

/** A histogram of these values, ms. */
export const histogramOfMs = (values: readonly number[]): Histogram =>
  histogramOf(values.map((value) => value * 1_000));

export const countsOf = (overrides: Partial<Counts> = {}): Counts => ({ ...NO_COUNTS, ...overrides });

/** One second of a scenario; `ms` gives the values of each metric. `ok` and `good` follow `ms.latency` unless counts say otherwise. */
export const buildBlock = (
  index: number,
  content: {
    readonly counts?: Partial<Counts>;
    readonly ms?: Partial<Record<Metric, readonly number[]>>;
    readonly seconds?: number;
  } = {},
): Block => {
  const { counts, ms = {}, seconds = 1 } = content;
  const ok = ms.latency?.length ?? 0;
  return {
    index,
    start: fromSeconds(index * seconds),
    duration: fromSeconds(seconds),
    counts: countsOf({ ok, good: ok, status: ok === 0 ? {} : { 200: ok }, ...counts }),
    histograms: Object.fromEntries(Object.entries(ms).map(([metric, values]) => [metric, histogramOfMs(values)])),
  };
};

/** Ten blocks of a second with twenty requests each, 100 to 119 ms, unless told otherwise. */
export const buildScenario = (
  overrides: Partial<ScenarioRun> & { readonly blocks?: readonly Block[] } = {},
): ScenarioRun => {
  const { blocks = Array.from({ length: 10 }, (_, i) => steadyBlock(i)), ...rest } = overrides;
  return {
    name: 'chat',
    endpoint: 'chat',
    stream: false,
    load: '20/s for 10 s',
    closed: false,
    duration: micros(blocks.reduce((sum, block) => sum + block.duration, 0)),
    warmupRequests: 0,
    stepRates: [],
    slices: [{ tenant: undefined, blocks }],
    failures: [],
    ...rest,
  };
};

export const steadyBlock = (index: number): Block =>
  buildBlock(index, { ms: { latency: Array.from({ length: 20 }, (_, i) => 100 + i) } });

/** A finished, healthy run of one scenario. */
export const buildRun = (overrides: Partial<Run> = {}): Run => ({
  id: 'run-1',
  createdAt: '2026-01-02T03:04:05.000Z',
  toolVersion: '0.1.0',
  origin: { repository: 'acme/gateway', commit: 'abc123', ref: 'refs/heads/main', workflowRunId: 42 },
  environment: {
    os: 'linux',
    arch: 'x64',
    cpuModel: 'Test CPU',
    cores: 4,
    memoryBytes: 16_000_000_000,
    node: '24.0.0',
    image: 'ubuntu24',
  },
  configDigest: 'd'.repeat(64),
  seed: 'seed',
  gateway: 'http://127.0.0.1:8080',
  dialect: 'generic',
  bounds: {
    requests: 6_000,
    duration: fromSeconds(240),
    concurrency: 200,
    tokens: 500_000,
    abort: { errorRate: ratio(0.5), over: fromSeconds(5) },
  },
  used: { requests: 200, duration: fromSeconds(10), concurrency: 4, tokens: 0 },
  ending: { kind: 'complete' },
  scenarios: [buildScenario()],
  probes: [],
  generator: NO_HEALTH,
  ...overrides,
});
