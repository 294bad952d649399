import type { Report } from '../model/report.ts';
import type { ScenarioRun } from '../model/run.ts';
import type { BaselineState, RegressionFinding, SloFinding } from '../model/verdict.ts';
import { fleetJson, shareJson } from './fleet-json.ts';
import type { GeneratorBlockView, GeneratorView } from './generator-view.ts';
import { reasonSentence } from './headline.ts';
import { figure, milliseconds, pair, quantilesJson, quantitiesIn, UNITS } from './json-figures.ts';
import { probeScenarioJson } from './probe-json.ts';
import type { ReportJson } from './report-json-schema.ts';
import { type ReportView, type ScenarioView, viewReport } from './report-view.ts';
import { sliceJson } from './slice-json.ts';
import { trendJson } from './trend-json.ts';

/** The version of the contract; a change of meaning raises it. */
export const REPORT_SCHEMA_VERSION = 1;

/**
 * `report.json`: indented, with a newline at the end. A number that could not be measured is absent. Total; valid by
 * `reportJsonSchema`.
 */
export const renderReportJson = (report: Report): string =>
  `${JSON.stringify(toReportJson(viewReport(report)), null, 2)}\n`;

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
    reference: finding.reference,
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
  const { run, verdict, trend, warnings } = view.report;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    verdict: verdict.status,
    override: view.report.override && { ...view.report.override },
    reasons: verdict.reasons.map(reasonSentence),
    scenarios: [
      ...view.scenarios.map((scenario, index) => scenarioJson(scenario, run.scenarios[index]!)),
      ...view.probes.map(probeScenarioJson),
    ],
    slos: verdict.slos.map(sloJson),
    regressions: verdict.regressions.map(regressionJson),
    baseline: baselineJson(verdict.baseline),
    trend: trend && trendJson(trend),
    generator: generatorJson(view),
    bounds: boundsJson(run),
    ending: { ...run.ending },
    share: run.share && shareJson(run.share),
    fleet: view.fleet && fleetJson(view.fleet),
    warnings: [...warnings],
    run: runJson(view.report),
    environment: { ...run.environment },
  };
};
