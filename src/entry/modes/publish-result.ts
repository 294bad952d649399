import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import * as core from '@actions/core';
import { saveBaseline, type Uploaded, uploadArtifact } from '../../adapters/github/artifact-upload.ts';
import { nextWindow } from '../../adapters/github/baseline-window.ts';
import { summarize, writeOutputs } from '../../adapters/github/outputs.ts';
import { createGithubPublisher } from '../../adapters/github/publisher.ts';
import { nextRelease, releaseName } from '../../adapters/github/release-baseline.ts';
import { conclusionOf, EXIT, type ExitStatus, exitOfVerdict } from '../../app/exit-status.ts';
import type { GateResult } from '../../app/gate.ts';
import type { Run } from '../../model/run.ts';
import type { Published } from '../../ports/publisher.ts';
import { historyPoint } from '../../verdict/history-point.ts';
import { showResult } from '../show-result.ts';
import type { Surroundings } from './mode.ts';
import { runArtifact } from './run-artifact.ts';

/** Tells a judged run wherever people and later jobs look: the log, comment, summary, artifacts and outputs. */
export const publishResult = async (result: GateResult, surroundings: Surroundings): Promise<ExitStatus> => {
  const { inputs, context, client } = surroundings;
  const { report } = result;
  showInLog(result);
  const exit = report.override === undefined ? exitOfVerdict(report.verdict.status, inputs.failOn) : EXIT.passed;
  const publisher = createGithubPublisher({
    client,
    context,
    comment: inputs.comment,
    checkRun: inputs.checkRun ? conclusionOf(report.verdict.status, exit) : undefined,
    summaryPath: process.env.GITHUB_STEP_SUMMARY || undefined,
  });
  const published = await publisher.publish(report);
  for (const each of published) tell(each.what, each.result);
  const runArtifactId = await saveArtifacts(result, surroundings);
  const comment = published.find((each) => each.what === 'comment')?.result;
  writeOutputs({
    verdict: report.verdict.status,
    reportPath: result.files['report.json'],
    runArtifactId,
    commentUrl: comment?.kind === 'done' ? comment.url : undefined,
    baselineRunId: result.baseline.kind === 'found' ? result.baseline.runId : undefined,
    overriddenBy: report.override?.by,
    summary: summarize(report),
  });
  if (exit !== EXIT.passed) core.setFailed(`Gatemark: ${report.verdict.status}`);
  return exit;
};

/** Prints a report. Text from a gateway must not be read as a command of the runner. */
export const showInLog = (result: GateResult): void => {
  const resume = randomUUID();
  process.stdout.write(`::stop-commands::${resume}\n`);
  showResult(result);
  process.stdout.write(`::${resume}::\n`);
};

/** A refusal is said where people look, and does not fail the job. */
export const tell = (what: string, result: Published | Uploaded): void => {
  if (result.kind === 'refused') core.warning(result.reason, { title: `Gatemark: ${what}` });
  if (result.kind === 'skipped') core.info(`${what}: ${result.reason}`);
};

/** Everything that is left behind for other runs and jobs: the report files, and on the default branch the baseline. */
const saveArtifacts = async (result: GateResult, { inputs, context }: Surroundings): Promise<number | undefined> => {
  const files = Object.values(result.files);
  const name = runArtifact(inputs.mode, inputs.commentKey);
  const uploaded = await uploadArtifact({ name, files, root: dirname(result.files['run.json']) });
  tell('run artifact', uploaded);
  const { run, verdict } = result.report;
  const window = nextWindow({
    run,
    point: historyPoint(run, verdict.status),
    earlier: result.baseline,
    size: result.windowSize,
    when: inputs.saveBaseline,
    context,
  });
  tell(
    'baseline',
    window.kind === 'skip'
      ? { kind: 'skipped', reason: window.reason }
      : await saveBaseline(inputs.baselineName, window),
  );
  await saveRelease(run, { inputs, context });
  return uploaded.kind === 'done' ? uploaded.artifactId : undefined;
};

/** A run for a tag is what later runs show their drift against. */
const saveRelease = async (run: Run, { inputs, context }: Pick<Surroundings, 'inputs' | 'context'>): Promise<void> => {
  const next = nextRelease(run, { when: inputs.saveBaseline, context });
  if (next.kind === 'none') return;
  tell(
    'release baseline',
    next.kind === 'skip'
      ? { kind: 'skipped', reason: next.reason }
      : await saveBaseline(releaseName(inputs.baselineName), { runs: [next.run], history: [] }),
  );
};
