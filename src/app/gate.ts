import type { Config } from '../config/config.ts';
import { GateError } from '../model/errors.ts';
import type { InstrumentAddress, Plan } from '../model/plan.ts';
import type { FailOn } from '../model/policy.ts';
import type { Progress } from '../model/progress.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import { micros } from '../model/units.ts';
import type { Verdict } from '../model/verdict.ts';
import { looksAt } from '../plan/extension-plan.ts';
import { policyOf } from '../plan/policy-of.ts';
import type { BaselineLookup, BaselineStore } from '../ports/baseline-store.ts';
import type { LoadResult, LoadRunner } from '../ports/load-runner.ts';
import type { FindOverride } from '../ports/override-lookup.ts';
import type { RunningProviders } from '../ports/providers.ts';
import { NO_HEALTH } from '../stats/generator.ts';
import { comparedRuns, pinnedWarnings } from '../verdict/baseline-state.ts';
import { policyOfLook } from '../verdict/extension.ts';
import { type BaselineInput, type JudgeInput, judge } from '../verdict/judge.ts';
import { assembleRuns, type RunPorts } from './assemble-runs.ts';
import { extendComparison } from './extend-comparison.ts';
import { maskRun } from './mask-secrets.ts';
import { overrideReport } from './override-report.ts';
import { type PreparePorts, type PrepareRequest, prepare } from './prepare.ts';
import { secondBurst } from './second-burst.ts';
import { trendOf } from './trend-of.ts';
import { type ReportFiles, writeReport } from './write-report.ts';

/** What to gate, and how to say it. */
export interface GateRequest extends PrepareRequest {
  readonly failOn: readonly FailOn[];
  readonly outDir: string;
  /** Key of the sticky comment. */
  readonly key: string;
  /** How the user would repeat this run by hand, without the seed, which is added. */
  readonly command: string;
  readonly detailsUrl: string | undefined;
}

/** The world, as far as a gate needs it. */
export interface GatePorts extends PreparePorts, RunPorts {
  readonly loadRunner: LoadRunner;
  /** Those of the configuration that the run is to start; called only when there is one. */
  readonly startProviders: (config: Config, seed: string) => Promise<RunningProviders>;
  /** Rejects with a `GateError` when one of them is no simulated provider that can be asked. */
  readonly greetProviders: (providers: readonly InstrumentAddress[]) => Promise<void>;
  /** Undefined = nothing to compare with was named. */
  readonly baselineStore: BaselineStore | undefined;
  /** Undefined = a failure cannot be overridden. */
  readonly findOverride?: FindOverride | undefined;
  readonly onProgress: (progress: Progress) => void;
  /** What goes on, one line each, for a person who watches. */
  readonly say: (line: string) => void;
  /** Ends the burst at once; the reason is the name of the signal. */
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface GateResult {
  readonly report: Report;
  readonly files: ReportFiles;
  /** What the store had: the window and the oldest run behind it, newest first. */
  readonly baseline: BaselineLookup;
  /** How many runs are compared with, and kept. */
  readonly windowSize: number;
}

/**
 * The whole gate: read, plan, look for the baseline, load, judge, write. What got worse against earlier runs is loaded a second
 * time, and a live comparison that is undecided is extended once. A gateway that takes no connection, a tripped breaker and a cancelled burst are results with a verdict and a report, not
 * exceptions.
 *
 * @throws ConfigError; GateError `usage` when the configuration cannot be read, `io` when the report cannot be written.
 */
export const runGate = async (request: GateRequest, ports: GatePorts): Promise<GateResult> => {
  const { config, plan, secrets, warnings } = await prepare(request, ports);
  // Before the burst, so that a cancelled one has nothing left to do but to write what it has.
  const lookup = plan.baseline === undefined ? await findBaseline(config, ports) : undefined;
  const policy = policyOfLook(policyOf(config, request.failOn), looksAt(plan));
  const look = (load: LoadResult): Look => {
    const runs = assembleRuns(plan, load, ports);
    const run = maskRun(runs.run, secrets);
    const otherSide = runs.baseline && maskRun(runs.baseline, secrets);
    const baseline = plan.baseline === undefined ? baselineInput(lookup) : liveInput(otherSide);
    const input = { run, baseline, policy };
    return { input, otherSide, verdict: judge(input) };
  };
  const load = await measure(config, plan, ports);
  const first = look(load);
  const extended = await extendComparison({ plan, load, findings: first.verdict.regressions }, (more) => {
    ports.say(`The comparison is undecided: extending it once, by ${more.pairs} pairs of blocks`);
    return measure(config, more, ports);
  });
  const { input, otherSide, verdict: judged } = extended.load === load ? first : look(extended.load);
  const { run, baseline } = input;
  const second = await secondBurst({ plan, run, verdict: judged }, async (again) => {
    ports.say('Something got worse against earlier runs: measuring it a second time, with fresh requests');
    return maskRun(assembleRuns(again, await measure(config, again, ports), ports).run, secrets);
  });
  const verdict = second.confirmation === undefined ? judged : judge({ ...input, confirmation: second.confirmation });
  const judgedReport: Report = {
    run: { ...run, used: second.used },
    verdict,
    compared: comparedRuns(verdict.baseline, baseline),
    trend: trendOf(run, verdict, lookup),
    key: request.key,
    profile: request.profile,
    configPath: request.configPath,
    reproduce: reproduction(request, plan),
    detailsUrl: request.detailsUrl,
    warnings: [
      ...warnings,
      ...extended.warnings,
      ...run.generator.warnings,
      ...second.warnings,
      ...skippedBaselines(lookup),
      ...pinnedWarnings(run, baseline, policy.regression.window),
    ],
  };
  const report = await overrideReport(judgedReport, ports.findOverride);
  const files = await writeReport(report, {
    outDir: request.outDir,
    files: ports.files,
    secrets,
    otherSide,
    confirmation: second.confirmation,
  });
  return {
    report,
    files,
    baseline: lookup ?? NO_LOOKUP,
    windowSize: config.regression.window,
  };
};

/** What was measured, as it is judged. */
interface Look {
  readonly input: JudgeInput;
  readonly otherSide: Run | undefined;
  readonly verdict: Verdict;
}

/** The path of a URL may tell more than is meant for a comment. */
const reproduction = ({ command }: GateRequest, { seed, baseline }: Plan): string => {
  const compared = baseline === undefined ? '' : ` --baseline-url ${new URL(baseline.target.url).origin}`;
  return `${command}${compared} --seed ${seed}`;
};

const NOTHING_NAMED = 'no baseline was named';

/** What a gate found that did not look. */
export const NO_LOOKUP: BaselineLookup = { kind: 'absent', reason: NOTHING_NAMED, skipped: [] };

/** No store, no lookup: the verdict then says that there was nothing to compare with. */
export const findBaseline = async (
  config: Config,
  { baselineStore, say }: Pick<GatePorts, 'baselineStore' | 'say'>,
): Promise<BaselineLookup | undefined> => {
  if (baselineStore === undefined) return undefined;
  // One more than is compared with: the oldest run is carried along for the drift.
  const lookup = await baselineStore.find(config.regression.window + 1);
  say(lookup.kind === 'found' ? `Baseline: ${lookup.runs.length} stored run(s)` : `No baseline: ${lookup.reason}`);
  return lookup;
};

/** What was not used of what was found. Where no run was trusted, the report says so in the place of the baseline. */
export const skippedBaselines = (lookup: BaselineLookup | undefined): readonly string[] =>
  lookup?.kind === 'found'
    ? [...lookup.skipped.map((each) => `A stored run was not used as baseline: ${each}`), ...(lookup.warnings ?? [])]
    : [];

/** What was found, as it is judged. */
export const baselineInput = (lookup: BaselineLookup | undefined): BaselineInput => {
  if (lookup === undefined) return { kind: 'none', reason: NOTHING_NAMED };
  if (lookup.kind === 'found') return { kind: 'runs', runs: lookup.runs, pinned: lookup.pinned };
  return lookup.kind === 'absent' && lookup.skipped.length > 0
    ? { kind: 'untrusted', reason: whyUntrusted(lookup) }
    : { kind: lookup.kind, reason: lookup.reason };
};

/** Refused runs that are told of one by one. */
const TOLD = 3;

const whyUntrusted = ({ reason, skipped }: Extract<BaselineLookup, { kind: 'absent' }>): string => {
  const more = skipped.length > TOLD ? [`${skipped.length - TOLD} more`] : [];
  return `${reason}: ${[...skipped.slice(0, TOLD), ...more].join('; ')}`;
};

export const liveInput = (run: Run | undefined): BaselineInput =>
  run === undefined ? { kind: 'absent', reason: 'nothing was measured on either gateway' } : { kind: 'live', run };

/** Nothing measured, because nothing could be reached. */
const UNREACHED: Omit<LoadResult, 'ending'> = {
  scenarios: [],
  probes: [],
  used: { requests: 0, duration: micros(0), concurrency: 0, tokens: 0 },
  generator: NO_HEALTH,
};

/** The burst, with the configured providers up for as long as it lasts. */
export const measure = async (config: Config, plan: Plan, ports: GatePorts): Promise<LoadResult> => {
  if (!config.providers.some(({ kind }) => kind === 'started'))
    return instrumentedBurst({ ...plan, instruments: instrumentsOf(config, {}) }, ports);
  const servers = await ports.startProviders(config, plan.seed);
  let crash: string | undefined;
  const instrumented = { ...plan, instruments: instrumentsOf(config, servers.providers) };
  const load = await instrumentedBurst(instrumented, ports).finally(async () => {
    crash = await crashOf(servers);
  });
  if (crash === undefined) return load;
  // What was measured is kept, and not trusted.
  return { ...load, generator: { ...load.generator, problems: [...load.generator.problems, crash] } };
};

/** Where every provider is to be asked: those that were started, by name, and those that ran before. */
const instrumentsOf = (config: Config, started: RunningProviders['providers']): readonly InstrumentAddress[] =>
  config.providers.map((provider) => ({
    name: provider.name,
    url: provider.kind === 'running' ? provider.url : started[provider.name]!,
  }));

/** No load is sent when a provider cannot be asked: what needs it would not be measured. */
const instrumentedBurst = async (plan: Plan, ports: GatePorts): Promise<LoadResult> => {
  await ports.greetProviders(plan.instruments);
  return burst(plan, ports);
};

/** Ends the providers; what went wrong with them while they ran, in a sentence. */
const crashOf = async (providers: RunningProviders): Promise<string | undefined> => {
  try {
    await providers.stop();
    return undefined;
  } catch (error) {
    return `The simulated providers ended during the run: ${(error as Error).message}. Run it again.`;
  }
};

const burst = async (plan: Plan, { loadRunner, signal, onProgress }: GatePorts): Promise<LoadResult> => {
  try {
    return await loadRunner.run(plan, signal, onProgress);
  } catch (error) {
    if (!(error instanceof GateError) || error.code !== 'unreachable') throw error;
    const reason = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
    return { ...UNREACHED, ending: { kind: 'unreachable', reason } };
  }
};
