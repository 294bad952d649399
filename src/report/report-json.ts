import type { Report } from '../model/report.ts';
import type { ScenarioRun } from '../model/run.ts';
import type { SloUnit } from '../model/slo.ts';
import type { BaselineState, RegressionFinding, SloFinding } from '../model/verdict.ts';
import type { GeneratorBlockView, GeneratorView } from './generator-view.ts';
import { reasonSentence } from './headline.ts';
import type { ReportJson } from './report-json-schema.ts';
import { type ReportView, type ScenarioView, viewReport } from './report-view.ts';
import type { Quantiles, SliceView } from './slice-view.ts';

/** The version of the contract; a change of meaning raises it. */
export const REPORT_SCHEMA_VERSION = 1;

/**
 * `report.json`: indented, with a newline at the end. A number that could not be measured is absent. Total; valid by
 * `reportJsonSchema`.
 */
export const renderReportJson = (report: Report): string =>
  `${JSON.stringify(toReportJson(viewReport(report)), null, 2)}\n`;

/** At most six decimals; undefined for what is no number, so that JSON leaves it out and never says `null`. */
const figure = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) ? undefined : Number(value.toFixed(6)) + 0;

/** µs to ms, three decimals: all that the histograms hold. */
const milliseconds = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : figure(Math.round(value) / 1_000);

const quantitiesIn =
  (unit: SloUnit) =>
  (value: number | undefined): number | undefined =>
    unit === 'us' ? milliseconds(value) : figure(value);

const pair = (
  interval: readonly [number, number] | undefined,
  convert: (value: number) => number | undefined,
): [number, number] | undefined => {
  const [low, high] = (interval ?? []).map(convert);
  return low === undefined || high === undefined ? undefined : [low, high];
};

const quantilesJson = (quantiles: Quantiles | undefined): ReportJson['generator']['lagMs'] => ({
  count: quantiles?.count ?? 0,
  p50: milliseconds(quantiles?.p50),
  p90: milliseconds(quantiles?.p90),
  p95: milliseconds(quantiles?.p95),
  p99: milliseconds(quantiles?.p99),
  p999: milliseconds(quantiles?.p999),
  max: milliseconds(quantiles?.max),
  mean: milliseconds(quantiles?.mean),
});

type SliceJson = ReportJson['scenarios'][number]['tenants'][string];

const cacheJson = ({ counts: { cache }, hitRate, metrics }: SliceView): SliceJson['cache'] =>
  cache.hit === undefined && cache.miss === undefined && cache.bypass === undefined
    ? undefined
    : {
        hits: cache.hit ?? 0,
        misses: cache.miss ?? 0,
        bypassed: cache.bypass ?? 0,
        hitRate: figure(hitRate),
        hitMs: quantilesJson(metrics.hit),
        missMs: quantilesJson(metrics.miss),
      };

const sliceJson = (slice: SliceView, stream: boolean): SliceJson => {
  const { counts, metrics } = slice;
  const streamed = (quantiles: Quantiles | undefined) => (stream ? quantilesJson(quantiles) : undefined);
  return {
    requests: slice.requests,
    ok: counts.ok,
    throttled: counts.throttled,
    dropped: slice.dropped,
    droppedBy: { ...counts.dropped },
    errors: { ...counts.errors },
    errorRate: figure(slice.errorShare),
    status: { ...counts.status },
    throughput: figure(slice.throughput),
    tokensPerSecond: figure(slice.tokensPerSecond),
    tokens: { ...counts.tokens },
    latencyMs: quantilesJson(metrics.latency),
    serviceMs: quantilesJson(metrics.service),
    ttftMs: streamed(metrics.ttft),
    itlMs: streamed(metrics.itl),
    tpotMs: streamed(metrics.tpot),
    overheadMs: metrics.overhead && quantilesJson(metrics.overhead),
    overheadTtftMs: metrics['ttft-overhead'] && quantilesJson(metrics['ttft-overhead']),
    declaredOverheadMs: metrics['declared-overhead'] && quantilesJson(metrics['declared-overhead']),
    cache: cacheJson(slice),
    providers: { ...counts.providers },
    models: { ...counts.models },
  };
};

const scenarioJson = (view: ScenarioView, run: ScenarioRun): ReportJson['scenarios'][number] => ({
  name: view.name,
  load: view.load,
  closed: view.closed,
  stream: view.stream,
  durationMs: milliseconds(run.duration) ?? 0,
  warmupRequests: run.warmupRequests,
  ...sliceJson(view, view.stream),
  tenants: Object.fromEntries(view.tenants.map((tenant) => [tenant.tenant, sliceJson(tenant, view.stream)])),
  failures: view.failures.map(({ errorClass, ...failure }) => ({ class: errorClass, ...failure })),
  upstream: run.upstream,
  knee: view.knee && {
    rate: figure(view.knee.rate),
    steps: view.knee.steps.map((step) => ({ ...step, failed: [...step.failed] })),
  },
});

const UNITS = { us: 'ms', ratio: 'ratio', count: 'count', 'per-second': 'per-second' } as const;

const sloJson = (finding: SloFinding): ReportJson['slos'][number] => {
  const convert = quantitiesIn(finding.unit);
  return {
    scenario: finding.scenario,
    tenant: finding.tenant,
    text: finding.text,
    unit: UNITS[finding.unit],
    observed: convert(finding.observed),
    interval: pair(finding.interval, convert),
    close: finding.close,
    samples: finding.samples,
    verdict: finding.status,
    reason: finding.reason,
  };
};

const regressionJson = (finding: RegressionFinding): ReportJson['regressions'][number] => {
  const convert = quantitiesIn(finding.unit);
  return {
    scenario: finding.scenario,
    tenant: finding.tenant,
    metric: finding.metric,
    against: finding.against,
    unit: UNITS[finding.unit],
    baseline: convert(finding.baseline),
    candidate: convert(finding.candidate),
    change: figure(finding.change),
    interval: pair(finding.interval, figure),
    detectable: figure(finding.detectable),
    strength: finding.strength,
    needed: finding.needed && {
      pairs: finding.needed.pairs,
      requests: finding.needed.requests,
      durationMs: milliseconds(finding.needed.duration) ?? 0,
    },
    gating: finding.gating,
    verdict: finding.status,
    reason: finding.reason,
  };
};

const baselineJson = (state: BaselineState): ReportJson['baseline'] =>
  state.kind === 'stored' ? { ...state, runs: state.runs.map((run) => ({ ...run })) } : { ...state };

const boundsJson = ({ bounds, used }: Report['run']): ReportJson['bounds'] => ({
  requests: { limit: bounds.requests, used: used.requests },
  durationMs: { limit: milliseconds(bounds.duration), used: milliseconds(used.duration) ?? 0 },
  concurrency: { limit: bounds.concurrency, used: used.concurrency },
  tokens: { limit: bounds.tokens, used: used.tokens },
});

const generatorJson = ({ generator, scenarios }: ReportView): ReportJson['generator'] => ({
  ...vitalsJson(generator),
  dropped: scenarios.reduce((sum, { counts }) => sum + (counts.dropped.connection ?? 0), 0),
  healthy: generator.problems.length === 0,
  problems: [...generator.problems],
  floor: generator.floor && {
    latencyMs: quantilesJson(generator.floor.latency),
    lagMs: quantilesJson(generator.floor.lag),
  },
  blocks: generator.blocks.map((block) => ({
    startMs: milliseconds(block.start * 1_000_000) ?? 0,
    durationMs: milliseconds(block.seconds * 1_000_000) ?? 0,
    requestsPerSecond: figure(block.rate),
    ...vitalsJson(block),
  })),
});

const vitalsJson = ({ lag, loopDelay, gc, cpu, steal }: GeneratorView | GeneratorBlockView) => ({
  lagMs: quantilesJson(lag),
  loopDelayMs: quantilesJson(loopDelay),
  gcMs: quantilesJson(gc),
  cpu: figure(cpu),
  steal: figure(steal),
});

const runJson = ({ run, ...report }: Report): ReportJson['run'] => ({
  id: run.id,
  createdAt: run.createdAt,
  toolVersion: run.toolVersion,
  configPath: report.configPath,
  configDigest: run.configDigest,
  profile: report.profile,
  key: report.key,
  seed: run.seed,
  gateway: run.gateway,
  dialect: run.dialect,
  reproduce: report.reproduce,
  ...run.origin,
});

const toReportJson = (view: ReportView): ReportJson => {
  const { run, verdict, warnings } = view.report;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    verdict: verdict.status,
    reasons: verdict.reasons.map(reasonSentence),
    scenarios: view.scenarios.map((scenario, index) => scenarioJson(scenario, run.scenarios[index]!)),
    slos: verdict.slos.map(sloJson),
    regressions: verdict.regressions.map(regressionJson),
    baseline: baselineJson(verdict.baseline),
    generator: generatorJson(view),
    bounds: boundsJson(run),
    ending: { ...run.ending },
    notMeasured: run.notMeasured.map(({ scenario, reason }) => ({ scenario, reason })),
    warnings: [...warnings],
    run: runJson(view.report),
    environment: { ...run.environment },
  };
};
