import { ConfigError } from '../model/errors.ts';
import type { FailOn } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import { micros } from '../model/units.ts';
import type { Reason, Verdict } from '../model/verdict.ts';
import { looksAt } from '../plan/extension-plan.ts';
import { policyOf } from '../plan/policy-of.ts';
import type { BaselineLookup, BaselineStore } from '../ports/baseline-store.ts';
import type { Files } from '../ports/files.ts';
import type { MeasuredLookup } from '../ports/measured-lookup.ts';
import type { FindOverride } from '../ports/override-lookup.ts';
import { NO_HEALTH } from '../stats/generator.ts';
import { comparedRuns, pinnedWarnings } from '../verdict/baseline-state.ts';
import { policyOfLook } from '../verdict/extension.ts';
import { type BaselineInput, judge } from '../verdict/judge.ts';
import { adoptRun, type Provenance } from './adopt-run.ts';
import { baselineInput, findBaseline, type GateResult, liveInput, skippedBaselines } from './gate.ts';
import { maskRun } from './mask-secrets.ts';
import { overrideReport } from './override-report.ts';
import type { Prepared } from './prepare.ts';
import { trendOf } from './trend-of.ts';
import { writeReport } from './write-report.ts';

/** A measurement of another workflow run, to be judged here. */
export interface ReportRequest {
  readonly measured: MeasuredLookup;
  readonly provenance: Provenance;
  /** Where it comes from and what else the reader has to know, one sentence each. */
  readonly remarks: readonly string[];
  readonly configPath: string;
  readonly profile: string | undefined;
  readonly failOn: readonly FailOn[];
  readonly outDir: string;
  readonly key: string;
  readonly command: string;
  readonly detailsUrl: string | undefined;
}

export interface ReportPorts {
  /** The configuration of this checkout, planned for one gateway or for two. */
  readonly prepare: (sides: { readonly isLive: boolean }) => Promise<Prepared>;
  readonly baselineStore: BaselineStore;
  /** Undefined = a failure cannot be overridden. */
  readonly findOverride?: FindOverride | undefined;
  readonly files: Files;
  readonly say: (line: string) => void;
}

/**
 * Judges once more, by this checkout's configuration and its own trusted baseline, what an untrusted job measured, and writes the
 * report. Only the numbers are taken from there; no request is sent. What is missing, unreadable or of other scenarios altogether
 * is an invalid verdict with its reason.
 *
 * @throws ConfigError for the configuration here; GateError `io` when the report cannot be written.
 */
export const reportRun = async (request: ReportRequest, ports: ReportPorts): Promise<GateResult> => {
  const { measured } = request;
  const prepared = await ports.prepare({ isLive: false });
  const judged =
    measured.kind === 'found'
      ? await judgeFound(measured, { request, prepared, ports })
      : judgeNothing(measured.reason, { request, prepared });
  const judgedReport: Report = {
    run: judged.run,
    verdict: judged.verdict,
    compared: judged.compared,
    trend: trendOf(judged.run, judged.verdict, judged.lookup),
    key: request.key,
    profile: request.profile,
    configPath: request.configPath,
    reproduce: reproduction(request.command, judged.run),
    detailsUrl: request.detailsUrl,
    // Ours first: only the first few stand open.
    warnings: [...request.remarks, ...judged.warnings, ...prepared.warnings, ...judged.run.generator.warnings],
  };
  const report = await overrideReport(judgedReport, ports.findOverride);
  const files = await writeReport(report, {
    outDir: request.outDir,
    files: ports.files,
    secrets: prepared.secrets,
  });
  return { report, files, baseline: judged.lookup, windowSize: prepared.config.regression.window };
};

type Found = Extract<MeasuredLookup, { kind: 'found' }>;

interface Setting {
  readonly request: ReportRequest;
  readonly prepared: Prepared;
}

interface Judged {
  readonly run: Run;
  readonly verdict: Verdict;
  readonly compared: readonly Run[];
  readonly lookup: BaselineLookup;
  readonly warnings: readonly string[];
}

const judgeFound = async (
  found: Found,
  { request, prepared, ports }: Setting & { readonly ports: ReportPorts },
): Promise<Judged> => {
  const { config, plan, secrets } = prepared;
  const isLive = found.run.comparison !== undefined;
  const adopted = adoptRun(found.run, { plan, provenance: request.provenance });
  const run = maskRun(adopted.run, secrets);
  const lookup = isLive ? undefined : await findBaseline(config, ports);
  const baseline = isLive ? otherSideOf(found) : baselineInput(lookup);
  const judged = judge({
    run,
    baseline,
    policy: policyOfLook(policyOf(config, request.failOn), isLive ? await looksOfLive(ports) : 1),
    confirmation: confirmationOf(found),
  });
  const verdict = adopted.refusal === undefined ? judged : invalidated(judged, adopted.refusal);
  return {
    run,
    verdict,
    compared: comparedRuns(verdict.baseline, baseline),
    lookup: lookup ?? NOT_LOOKED_FOR,
    warnings: [
      ...adopted.warnings,
      ...skippedBaselines(lookup),
      ...pinnedWarnings(run, baseline, config.regression.window),
    ],
  };
};

/** As often as this configuration would have looked: limits without room for two gateways leave none for an extension either. */
const looksOfLive = async ({ prepare }: ReportPorts): Promise<1 | 2> => {
  try {
    return looksAt((await prepare({ isLive: true })).plan);
  } catch (error) {
    if (error instanceof ConfigError) return 1;
    throw error;
  }
};

const otherSideOf = ({ otherSide }: Found): BaselineInput =>
  liveInput(otherSide?.comparison?.side === 'baseline' ? otherSide : undefined);

/** A second burst is of the same configuration as the first. */
const confirmationOf = ({ run, confirmation }: Found): Run | undefined =>
  confirmation?.configDigest === run.configDigest ? confirmation : undefined;

/** As `judge` orders it: what stands against a measurement comes first, and what failed stands behind it. */
const invalidated = (verdict: Verdict, text: string): Verdict => ({
  ...verdict,
  status: 'invalid',
  reasons: [invalidReason(text), ...verdict.reasons.filter(({ status }) => status !== 'pass')],
});

const invalidReason = (text: string): Reason => ({ status: 'invalid', scenario: undefined, text });

const judgeNothing = (reason: string, { request, prepared: { plan } }: Setting): Judged => ({
  run: { ...NOTHING, ...request.provenance, configDigest: plan.digest, bounds: plan.bounds },
  verdict: {
    status: 'invalid',
    reasons: [invalidReason(`There is nothing to judge: ${reason}`)],
    slos: [],
    regressions: [],
    knees: [],
    baseline: { kind: 'none', reason: 'nothing was measured' },
  },
  compared: [],
  lookup: NOT_LOOKED_FOR,
  warnings: [],
});

/** A seed is a word of a command that people copy: one that is more than a word is left out. */
const reproduction = (command: string, { seed }: Run): string =>
  /^[\w.-]{1,64}$/.test(seed) ? `${command} --seed ${seed}` : command;

const NOT_LOOKED_FOR: BaselineLookup = { kind: 'absent', reason: 'no stored run was looked for', skipped: [] };

/** Stands for a run that is not there, in a report that says so. */
const NOTHING: Run = {
  id: '',
  createdAt: '',
  toolVersion: '',
  origin: { repository: undefined, commit: undefined, ref: undefined, workflowRunId: undefined },
  environment: { os: '', arch: '', cpuModel: '', cores: 0, memoryBytes: 0, node: '', image: undefined },
  configDigest: '',
  seed: '',
  gateway: '',
  dialect: '',
  bounds: { requests: 0, duration: micros(0), concurrency: 0, tokens: undefined, abort: undefined },
  used: { requests: 0, duration: micros(0), concurrency: 0, tokens: 0 },
  ending: { kind: 'complete' },
  scenarios: [],
  probes: [],
  generator: NO_HEALTH,
};
