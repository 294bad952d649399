import { isWhole, missingShares, namesOfShares } from '../archive/fleet.ts';
import { mergeRuns } from '../archive/merge-runs.ts';
import { mergeShares } from '../archive/merge-shares.ts';
import { GateError } from '../model/errors.ts';
import type { Fleet } from '../model/fleet.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import { policyOf } from '../plan/policy-of.ts';
import type { BaselineStore } from '../ports/baseline-store.ts';
import type { Files } from '../ports/files.ts';
import type { FindOverride } from '../ports/override-lookup.ts';
import { comparedRuns, pinnedWarnings } from '../verdict/baseline-state.ts';
import { needsConfirmation } from '../verdict/confirmation.ts';
import { judge } from '../verdict/judge.ts';
import { baselineInput, findBaseline, type GateRequest, type GateResult, NO_LOOKUP, skippedBaselines } from './gate.ts';
import { overrideReport } from './override-report.ts';
import type { Prepared } from './prepare.ts';
import { trendOf } from './trend-of.ts';
import { writeReport } from './write-report.ts';

/** What to merge, and by which configuration it is judged. */
export interface MergeRequest
  extends Pick<GateRequest, 'configPath' | 'profile' | 'failOn' | 'outDir' | 'key' | 'command' | 'detailsUrl'> {
  /** The shares, in any order. */
  readonly runs: readonly Run[];
  /** What went wrong with others, one sentence each. */
  readonly warnings: readonly string[];
}

export interface MergePorts {
  /** The configuration to judge by. */
  readonly prepare: () => Promise<Prepared>;
  readonly files: Files;
  /** Looks for an override of a failure; undefined = none is looked for. */
  readonly findOverride?: FindOverride | undefined;
  /** Undefined = nothing to compare with was named. */
  readonly baselineStore: BaselineStore | undefined;
  readonly say: (line: string) => void;
}

/**
 * Adds shares of one load into one run, judges it by the configuration, and writes all report files. Sends nothing.
 *
 * @throws ConfigError; GateError `usage` for shares that are not of one run or not of this configuration; `unmeasurable`; `io`.
 */
export const mergeShards = async (request: MergeRequest, ports: MergePorts): Promise<GateResult> => {
  const { config, plan, secrets, warnings } = await ports.prepare();
  const policy = policyOf(config, request.failOn);
  const areShares = request.runs.some(({ share }) => share !== undefined);
  const run = areShares ? mergeShares(request.runs, policy.fleet) : mergeRuns(request.runs);
  if (run.configDigest !== plan.digest)
    throw new GateError(
      'usage',
      `what is merged was not made by ${request.configPath}: its loads, requests or expectations differ`,
      {
        hint: 'Name the configuration and the profile that the shares were made with.',
      },
    );
  const lookup = await findBaseline(config, ports);
  const baseline = baselineInput(lookup);
  const verdict = judge({ run, baseline, policy });
  const judged: Report = {
    run,
    verdict,
    compared: comparedRuns(verdict.baseline, baseline),
    // A part of the load has no place among the whole of it.
    trend: run.fleet !== undefined && !isWhole(run.fleet) ? undefined : trendOf(run, verdict, lookup),
    key: request.key,
    profile: request.profile,
    configPath: request.configPath,
    reproduce: `${request.command} --seed ${run.seed}`,
    detailsUrl: request.detailsUrl,
    warnings: [
      ...request.warnings,
      ...warnings,
      ...(run.fleet === undefined || policy.fleet.missing !== 'scale' ? [] : whatWasThere(run.fleet)),
      ...run.generator.warnings,
      ...(needsConfirmation(verdict.regressions).length > 0 ? [MEASURED_ONCE] : []),
      ...skippedBaselines(lookup),
      ...pinnedWarnings(run, baseline, config.regression.window),
    ],
  };
  const report = await overrideReport(judged, ports.findOverride);
  const files = await writeReport(report, { outDir: request.outDir, files: ports.files, secrets });
  return { report, files, baseline: lookup ?? NO_LOOKUP, windowSize: config.regression.window };
};

const MEASURED_ONCE =
  'What failed against earlier runs was not measured a second time, which would have confirmed it: a fleet measures once.';

/** Where it was not all of the load, what that means for the numbers. */
const whatWasThere = (fleet: Fleet): readonly string[] => {
  if (isWhole(fleet)) return [];
  const { count, shares, leftOut } = fleet;
  const absent = namesOfShares(missingShares(fleet).map((index) => ({ index, count })));
  const part = `${shares.length}/${count}`;
  return [
    `These numbers are those of ${shares.length} of ${count} shares of the load (without ${absent}). Limits on what is counted a second are ${part} of what the configuration says, and nothing is compared with runs of the whole load.`,
    ...leftOut.map((share) => `Left out: ${namesOfShares([share])}, which ${share.reason}.`),
  ];
};
