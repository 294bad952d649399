import * as core from '@actions/core';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { createArtifactBaselineStore } from '../../adapters/github/artifact-baseline-store.ts';
import type { GitHubClient } from '../../adapters/github/client.ts';
import { registerSecrets } from '../../adapters/github/commands.ts';
import type { WorkflowContext } from '../../adapters/github/context.ts';
import { findMeasuredRun } from '../../adapters/github/find-measured-run.ts';
import { findTriggeringPull, type TriggeringPull } from '../../adapters/github/find-triggering-pull.ts';
import type { ActionInputs } from '../../adapters/github/inputs.ts';
import { readTriggeringRun, type TriggeringRun } from '../../adapters/github/triggering-run.ts';
import { EXIT } from '../../app/exit-status.ts';
import { type ReportRequest, reportRun } from '../../app/report-run.ts';
import { GateError } from '../../model/errors.ts';
import { prepareToJudge } from '../prepare-to-judge.ts';
import type { Mode } from './mode.ts';
import { overrideOf } from './override-of.ts';
import { publishResult } from './publish-result.ts';
import { runArtifact } from './run-artifact.ts';

/** Judges and reports what the run that a workflow_run event tells of has measured. Checks nothing of it out, and runs nothing of it. */
export const reportMode: Mode = async (surroundings) => {
  const { inputs, context, client } = surroundings;
  const triggering = readTriggeringRun(context);
  if (client === undefined)
    throw new GateError('usage', 'mode report needs a github-token', { hint: 'The default is the token of the job.' });
  const nothing = whyNothing(triggering);
  if (nothing !== undefined) return reportNothing(nothing);
  const [pull, measured] = await Promise.all([
    findTriggeringPull(client, context, triggering),
    findMeasuredRun({ client, context, run: triggering, name: runArtifact('gate', inputs.commentKey) }),
  ]);
  const reported: WorkflowContext = {
    ...context,
    sha: triggering.headSha,
    pullRequest: pull.kind === 'found' ? { number: pull.number, readOnly: undefined } : undefined,
  };
  const result = await reportRun(requestOf({ inputs, context, triggering, pull, measured }), {
    prepare: (sides) =>
      prepareToJudge({ config: inputs.config, profile: inputs.profile, onSecrets: registerSecrets, ...sides }),
    baselineStore: baselinesOf(triggering, { client, context, name: inputs.baselineName }),
    findOverride: overrideOf({ inputs, client, context: reported }, triggering.createdAt),
    files: nodeFiles,
    say: (line) => core.info(line),
  });
  return publishResult(result, {
    client,
    // What a fork measured is never a baseline.
    inputs: { ...inputs, saveBaseline: 'never' },
    context: reported,
  });
};

/** Why there is nothing that a pull request waits for; undefined = there should be. */
const whyNothing = ({ event, conclusion }: TriggeringRun): string | undefined => {
  if (event !== 'pull_request') return `The run was started by ${event}, and not by a pull request: it reports itself.`;
  if (conclusion === 'skipped') return 'The run was skipped, so that nothing was to be measured.';
  if (conclusion === 'action_required')
    return 'The run waits for somebody to approve it: nothing has been measured yet.';
  return undefined;
};

const reportNothing = async (reason: string) => {
  core.notice(reason, { title: 'Gatemark: nothing to report' });
  if (process.env.GITHUB_STEP_SUMMARY)
    await core.summary.addRaw(`Gatemark: nothing to report. ${reason}`, true).write();
  return EXIT.passed;
};

/** Baselines are of the workflow that measures, and not of this one. */
const baselinesOf = (
  { workflowPath }: TriggeringRun,
  { context, ...options }: { client: GitHubClient; context: WorkflowContext; name: string },
) => createArtifactBaselineStore({ ...options, context: { ...context, workflowPath } });

interface Asked {
  readonly inputs: ActionInputs;
  readonly context: WorkflowContext;
  readonly triggering: TriggeringRun;
  readonly pull: TriggeringPull;
  readonly measured: ReportRequest['measured'];
}

const requestOf = ({ inputs, context, triggering, pull, measured }: Asked): ReportRequest => ({
  measured,
  provenance: {
    id: `workflow-run-${triggering.id}`,
    createdAt: triggering.createdAt,
    origin: {
      repository: triggering.head?.fullName,
      commit: triggering.headSha,
      ref: `refs/heads/${triggering.headBranch}`,
      workflowRunId: triggering.id,
    },
  },
  remarks: [
    ...(measured.kind === 'found' ? [whence(triggering, context)] : []),
    ...(pull.kind === 'found' ? [] : [`No pull request was commented on: ${pull.reason}.`]),
  ],
  configPath: inputs.config,
  profile: inputs.profile,
  failOn: inputs.failOn,
  outDir: 'gatemark-out',
  key: inputs.commentKey,
  command: `gatemark run --config ${inputs.config} --profile ${inputs.profile}`,
  detailsUrl: context.runUrl,
});

const whence = (
  { id, isFork, head }: TriggeringRun,
  { defaultBranch = 'the default branch' }: WorkflowContext,
): string => {
  const place = isFork ? `the fork ${head?.fullName ?? 'that is gone'}` : 'this pull request';
  return `Measured by run ${id} of ${place}, which could have written any numbers. The verdict was computed again from them, by the configuration and the baseline of ${defaultBranch}.`;
};
