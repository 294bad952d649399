import { GateError } from '../model/errors.ts';
import type { FailOn, Policy } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import type { Files } from '../ports/files.ts';
import { comparedRuns } from '../verdict/baseline-state.ts';
import { type BaselineInput, judge } from '../verdict/judge.ts';
import { type ReportFiles, writeReport } from './write-report.ts';

/** Stored runs to judge. */
export interface CompareRequest {
  readonly candidate: Run;
  /** Any order. */
  readonly baseline: readonly Run[];
  readonly policy: Policy;
  readonly failOn: readonly FailOn[];
  /** How the user would repeat it. */
  readonly command: string;
  readonly configPath: string;
  readonly outDir: string;
  readonly files: Files;
}

/**
 * Judges a stored run against other stored runs, or against the other side of its own comparison, and writes the report. No
 * request is sent. Throws `GateError` `usage` when the two sides are given the wrong way round.
 */
export const compareRuns = async (
  request: CompareRequest,
): Promise<{ readonly report: Report; readonly files: ReportFiles }> => {
  const { candidate, policy } = request;
  const baseline = baselineOf(request);
  const verdict = judge({ run: candidate, baseline, policy });
  const report: Report = {
    run: candidate,
    verdict,
    compared: comparedRuns(verdict.baseline, baseline),
    key: 'default',
    profile: undefined,
    configPath: request.configPath,
    reproduce: request.command,
    detailsUrl: undefined,
    warnings: [],
  };
  const files = await writeReport(report, { outDir: request.outDir, files: request.files, secrets: [] });
  return { report, files };
};

const baselineOf = ({ candidate, baseline }: CompareRequest): BaselineInput => {
  const { comparison } = candidate;
  const otherSide = baseline.find((run) => comparison !== undefined && run.comparison?.id === comparison.id);
  if (otherSide === undefined)
    return { kind: 'runs', runs: baseline.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt)) };
  if (comparison?.side === 'baseline' || otherSide.comparison?.side === 'candidate')
    throw new GateError('usage', 'the last run has to be the candidate of the comparison', {
      hint: 'gatemark compare baseline-run.json run.json',
    });
  return { kind: 'live', run: otherSide };
};
