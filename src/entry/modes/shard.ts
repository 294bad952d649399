import { dirname } from 'node:path';
import * as core from '@actions/core';
import { uploadArtifact } from '../../adapters/github/artifact-upload.ts';
import { registerSecrets } from '../../adapters/github/commands.ts';
import { originOf } from '../../adapters/github/context.ts';
import { agreeOnStart, type FleetStart } from '../../adapters/github/fleet-start.ts';
import { summarize, writeOutputs } from '../../adapters/github/outputs.ts';
import { createGithubPublisher } from '../../adapters/github/publisher.ts';
import { type FleetName, shardName, startName } from '../../adapters/github/shard-names.ts';
import { EXIT, type ExitStatus, exitOfVerdict } from '../../app/exit-status.ts';
import type { GateResult } from '../../app/gate.ts';
import { runShard, type StartTerms } from '../../app/run-shard.ts';
import { GateError } from '../../model/errors.ts';
import type { Share } from '../../model/plan.ts';
import { toMillis } from '../../model/units.ts';
import { sharedPorts } from '../gate-ports.ts';
import { liveProgress } from '../live-progress.ts';
import type { Mode, Surroundings } from './mode.ts';
import { showInLog, tell } from './publish-result.ts';

/** Makes one share of the load, together with the other shards of the workflow run, and leaves its run for `mode: merge`. */
export const shardMode: Mode = async (surroundings, signal) => {
  const { shard } = surroundings.inputs;
  if (shard === undefined) throw new GateError('internal', 'mode shard without a shard');
  const share: Share = { index: shard.index - 1, count: shard.count };
  const result = await measure(surroundings, share, signal);
  return leave(result, surroundings, share);
};

const fleetOf = ({ inputs, context }: Surroundings): FleetName => ({
  key: inputs.commentKey,
  attempt: context.runAttempt,
});

const measure = (surroundings: Surroundings, share: Share, signal: AbortSignal): Promise<GateResult> => {
  const { inputs, context } = surroundings;
  const live = liveProgress(process.stdout, false);
  const say = (line: string): void => core.info(line);
  return runShard(
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
      command: `gatemark run --config ${inputs.config} --profile ${inputs.profile} --shard ${share.index + 1}/${share.count}`,
      detailsUrl: context.runUrl,
      share,
      region: inputs.region,
      commonSeed: `${context.runId}/${context.runAttempt}`,
    },
    {
      ...sharedPorts(inputs.config),
      origin: originOf(context),
      onSecrets: registerSecrets,
      onProgress: live.show,
      say,
      signal,
      agreeOnStart: (terms) => commonStart(terms, { name: startName(fleetOf(surroundings)), share, signal }),
    },
  );
};

/** Further ahead than all shards gather for, and a start is none that one of them has decided. */
const LEEWAY_MS = 60_000;

const commonStart = async (
  { gather, ...terms }: StartTerms,
  { name, share, signal }: { readonly name: string; readonly share: Share; readonly signal: AbortSignal },
): Promise<number> => {
  const start = await agreeOnStart({
    name,
    proposal: () => ({ ...terms, startAtMs: Date.now() + toMillis(gather) }),
    isShy: share.index > 0,
    signal,
  });
  const differing = differences(start, terms);
  if (differing.length > 0)
    throw new GateError('usage', `the shards of this workflow run differ in their ${differing.join(' and ')}`, {
      hint: 'Give all jobs of the matrix the same config, profile and count, and each fleet a comment-key of its own.',
    });
  if (start.startAtMs - Date.now() > toMillis(gather) + LEEWAY_MS)
    throw new GateError('artifact', `the common start, ${new Date(start.startAtMs).toISOString()}, is too far ahead`);
  return start.startAtMs;
};

const differences = (start: FleetStart, terms: Omit<StartTerms, 'gather'>): readonly string[] => [
  ...(start.configDigest === terms.configDigest ? [] : ['configuration']),
  ...(start.seed === terms.seed ? [] : ['seed']),
  ...(start.count === terms.count ? [] : ['count']),
];

/** Whatever it measured is there for the merge, which says what becomes of it. */
const leave = async (result: GateResult, surroundings: Surroundings, share: Share): Promise<ExitStatus> => {
  const { context, client } = surroundings;
  const { report, files } = result;
  showInLog(result);
  const file = files['run.json'];
  const name = shardName(fleetOf(surroundings), share);
  const uploaded = await uploadArtifact({ name, files: [file], root: dirname(file) });
  tell('shard artifact', uploaded);
  const summaryPath = process.env.GITHUB_STEP_SUMMARY || undefined;
  const published = await createGithubPublisher({ client, context, comment: 'never', summaryPath }).publish(report);
  for (const each of published) if (each.what !== 'comment') tell(each.what, each.result);
  writeOutputs({
    verdict: report.verdict.status,
    reportPath: files['report.json'],
    runArtifactId: uploaded.kind === 'done' ? uploaded.artifactId : undefined,
    commentUrl: undefined,
    baselineRunId: undefined,
    overriddenBy: undefined,
    summary: summarize(report),
  });
  if (uploaded.kind !== 'done')
    throw new GateError('artifact', `the run of this shard could not be left for the merge: ${uploaded.reason}`);
  // Undecided by nature, so that only what could not be measured fails the job.
  const exit = exitOfVerdict(report.verdict.status, []);
  if (exit !== EXIT.passed) core.setFailed(`Gatemark: ${report.verdict.status}`);
  return exit;
};
