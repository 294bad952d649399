import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import * as core from '@actions/core';
import { createArtifactBaselineStore } from '../adapters/github/artifact-baseline-store.ts';
import { saveBaseline, type Uploaded, uploadArtifact } from '../adapters/github/artifact-upload.ts';
import { nextWindow } from '../adapters/github/baseline-window.ts';
import { createClient, type GitHubClient } from '../adapters/github/client.ts';
import { registerSecrets } from '../adapters/github/commands.ts';
import { originOf, readContext, type WorkflowContext } from '../adapters/github/context.ts';
import { type ActionInputs, readInputs } from '../adapters/github/inputs.ts';
import { summarize, writeOutputs } from '../adapters/github/outputs.ts';
import { createGithubPublisher } from '../adapters/github/publisher.ts';
import { EXIT, exitOfError, exitOfVerdict } from '../app/exit-status.ts';
import { type GateResult, runGate } from '../app/gate.ts';
import { GateError } from '../model/errors.ts';
import type { BaselineStore } from '../ports/baseline-store.ts';
import type { Published } from '../ports/publisher.ts';
import { explain } from './explain.ts';
import { sharedPorts } from './gate-ports.ts';
import { liveProgress } from './live-progress.ts';
import { showResult } from './show-result.ts';
import { cancellation } from './signals.ts';

/** What an input may already say, but this version cannot do: better a clear word than half a gate. */
const refuseUnsupported = ({ mode }: ActionInputs): void => {
  if (mode !== 'gate')
    throw new GateError('usage', `mode ${mode} is not part of this version`, { hint: 'Use mode gate.' });
};

/** A refusal is said where people look, and does not fail the job. */
const tell = (what: string, result: Published | Uploaded): void => {
  if (result.kind === 'refused') core.warning(result.reason, { title: `Gatemark: ${what}` });
  if (result.kind === 'skipped') core.info(`${what}: ${result.reason}`);
};

/** Everything that is left behind for other runs and jobs: the report files, and on the default branch the baseline. */
const saveArtifacts = async (
  result: GateResult,
  { inputs, context }: { readonly inputs: ActionInputs; readonly context: WorkflowContext },
): Promise<number | undefined> => {
  const files = Object.values(result.files);
  const name = `gatemark-run-${inputs.commentKey}`;
  const uploaded = await uploadArtifact({ name, files, root: dirname(result.files['run.json']) });
  tell('run artifact', uploaded);
  const window = nextWindow({
    run: result.report.run,
    earlier: result.baseline,
    size: result.windowSize,
    when: inputs.saveBaseline,
    context,
  });
  tell(
    'baseline',
    window.kind === 'skip'
      ? { kind: 'skipped', reason: window.reason }
      : await saveBaseline(inputs.baselineName, window.runs),
  );
  return uploaded.kind === 'done' ? uploaded.artifactId : undefined;
};

/** Without a token nobody can look. That is not "none": a window that may be there must not be replaced by this one run. */
const blindStore: BaselineStore = {
  find: async () => ({ kind: 'unreadable', reason: 'there is no github-token to look for it with' }),
};

interface Surroundings {
  readonly inputs: ActionInputs;
  readonly context: WorkflowContext;
  /** Undefined = there is no token. */
  readonly client: GitHubClient | undefined;
}

const gate = async ({ inputs, context, client }: Surroundings, signal: AbortSignal): Promise<GateResult> => {
  const live = liveProgress(process.stdout, false);
  return runGate(
    {
      configPath: inputs.config,
      configText: undefined,
      profile: inputs.profile,
      gatewayUrl: inputs.gatewayUrl,
      baselineUrl: inputs.baselineUrl,
      seed: undefined,
      allowedHosts: inputs.allowedHosts,
      failOn: inputs.failOn,
      outDir: 'gatemark-out',
      key: inputs.commentKey,
      command: `gatemark run --config ${inputs.config} --profile ${inputs.profile}`,
      detailsUrl: context.runUrl,
    },
    {
      ...sharedPorts(inputs.config),
      baselineStore:
        client === undefined ? blindStore : createArtifactBaselineStore({ client, context, name: inputs.baselineName }),
      origin: originOf(context),
      onSecrets: registerSecrets,
      onProgress: live.show,
      say: (line) => core.info(line),
      signal,
    },
  );
};

const main = async (): Promise<void> => {
  const signal = cancellation();
  const inputs = readInputs();
  if (inputs.githubToken !== undefined) registerSecrets([inputs.githubToken]);
  const context = readContext();
  refuseUnsupported(inputs);
  const client =
    inputs.githubToken === undefined ? undefined : createClient({ token: inputs.githubToken, apiUrl: context.apiUrl });
  const result = await gate({ inputs, context, client }, signal);
  // Text from a gateway must not be read as a command of the runner.
  const resume = randomUUID();
  process.stdout.write(`::stop-commands::${resume}\n`);
  showResult(result);
  process.stdout.write(`::${resume}::\n`);
  const { report } = result;
  const publisher = createGithubPublisher({
    client,
    context,
    comment: inputs.comment,
    summaryPath: process.env.GITHUB_STEP_SUMMARY || undefined,
  });
  const published = await publisher.publish(report);
  for (const each of published) tell(each.what, each.result);
  const runArtifactId = await saveArtifacts(result, { inputs, context });
  const comment = published.find((each) => each.what === 'comment')?.result;
  writeOutputs({
    verdict: report.verdict.status,
    reportPath: result.files['report.json'],
    runArtifactId,
    commentUrl: comment?.kind === 'done' ? comment.url : undefined,
    baselineRunId: result.baseline.kind === 'found' ? result.baseline.runId : undefined,
    summary: summarize(report),
  });
  const exit = exitOfVerdict(report.verdict.status, inputs.failOn);
  if (exit !== EXIT.passed) core.setFailed(`Gatemark: ${report.verdict.status}`);
  process.exitCode = exit;
};

try {
  await main();
} catch (error) {
  core.setFailed(explain(error));
  process.exitCode = exitOfError(error);
}
