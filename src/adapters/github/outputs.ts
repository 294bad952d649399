import type { Override, Report } from '../../model/report.ts';
import type { Status } from '../../model/verdict.ts';
import { type Commands, runnerCommands } from './commands.ts';

/** What later steps get. Undefined becomes the empty output. */
export interface ActionOutputs {
  readonly verdict: Status;
  /** Of report.json. */
  readonly reportPath: string | undefined;
  readonly runArtifactId: number | undefined;
  readonly commentUrl: string | undefined;
  /** The workflow run whose artifact the baseline is. */
  readonly baselineRunId: string | undefined;
  /** Login of the person who overrode a failure; undefined = nobody did. */
  readonly overriddenBy: string | undefined;
  readonly summary: VerdictSummary;
}

/** The verdict in a few numbers, for a step that decides something by it. The rest stands in report.json. */
export interface VerdictSummary {
  readonly verdict: Status;
  readonly reasons: readonly string[];
  readonly slos: Readonly<Record<Status, number>>;
  /** Gating ones only. */
  readonly regressions: Readonly<Record<Status, number>>;
  readonly baseline: string;
  /** Of a failure that somebody answers for. */
  readonly override?: Override | undefined;
}

const countByStatus = (findings: readonly { readonly status: Status }[]): Record<Status, number> => {
  const counts = { pass: 0, fail: 0, inconclusive: 0, invalid: 0 };
  for (const { status } of findings) counts[status] += 1;
  return counts;
};

/** Counts what a report found. Total. */
export const summarize = ({ verdict, override }: Report): VerdictSummary => ({
  verdict: verdict.status,
  reasons: verdict.reasons.map((reason) => reason.text),
  slos: countByStatus(verdict.slos),
  regressions: countByStatus(verdict.regressions.filter((finding) => finding.gating)),
  baseline: verdict.baseline.kind,
  ...(override && { override }),
});

/** Sets every output that action.yml declares. */
export const writeOutputs = (outputs: ActionOutputs, commands: Commands = runnerCommands): void => {
  const values: Readonly<Record<string, string | number | undefined>> = {
    verdict: outputs.verdict,
    'report-path': outputs.reportPath,
    'run-artifact-id': outputs.runArtifactId,
    'comment-url': outputs.commentUrl,
    'baseline-run-id': outputs.baselineRunId,
    'overridden-by': outputs.overriddenBy,
    summary: JSON.stringify(outputs.summary),
  };
  for (const [name, value] of Object.entries(values)) commands.setOutput(name, value ?? '');
};
