import { parseRun, RUN_JSON_MAX_BYTES } from '../../archive/run-codec.ts';
import { GateError } from '../../model/errors.ts';
import type { Share } from '../../model/plan.ts';
import type { Run } from '../../model/run.ts';
import { downloadArtifact } from './artifact-download.ts';
import type { ListedArtifact } from './baseline-trust.ts';
import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure, isForbidden } from './failure.ts';
import { parseShardName } from './shard-names.ts';
import { readZipEntry } from './zip-entry.ts';

/** The one file of a shard's artifact. */
export const SHARD_FILE = 'run.json';

/** Of one archive. A run of twenty scenarios is some MiB packed. */
const MAX_ARCHIVE_BYTES = 32 * 2 ** 20;

/** Of 100 artifacts each. A matrix has 256 jobs, which may leave other artifacts too. */
const MAX_PAGES = 20;

/** At a time. */
const DOWNLOADS = 8;

export interface ShardsRequest {
  readonly client: GitHubClient;
  readonly context: WorkflowContext;
  /** Of the fleet: the comment-key input. */
  readonly key: string;
}

/** What the shards of this workflow run left. */
export interface FoundShards {
  readonly runs: readonly Run[];
  /** Artifacts that were not used, and why; one sentence each. */
  readonly problems: readonly string[];
}

/** An artifact, and which share its name says that it is. */
interface Candidate {
  readonly artifact: ListedArtifact;
  readonly share: Share;
  readonly attempt: number;
}

/**
 * The runs of this workflow run's own shards, of the latest attempt that has any: shards of different attempts never began
 * together. Nothing is unpacked to disk; what is too large, damaged, or not the run that its name says, is not used.
 *
 * @throws GateError `github` when artifacts cannot be listed; `unmeasurable` when there is none of a shard.
 */
export const fetchShards = async (request: ShardsRequest): Promise<FoundShards> => {
  const candidates = latestOf(await listed(request), request.context.runAttempt);
  if (candidates.length === 0)
    throw new GateError('unmeasurable', 'no shard of this workflow run has left its run', {
      hint: 'See the logs of its jobs. Shards and merge need the same comment-key; then run all jobs again.',
    });
  const runs: Run[] = [];
  const problems: string[] = [];
  for (let at = 0; at < candidates.length; at += DOWNLOADS) {
    const some = candidates.slice(at, at + DOWNLOADS);
    for (const found of await Promise.all(some.map((candidate) => fetchShard(candidate, request))))
      if (typeof found === 'string') problems.push(found);
      else runs.push(found);
  }
  if (runs.length === 0)
    throw new GateError('unmeasurable', `none of ${candidates.length} shards can be used: ${problems[0]}`);
  return { runs, problems };
};

const listed = async ({ client, context, key }: ShardsRequest): Promise<readonly Candidate[]> => {
  const { owner, repo, runId } = context;
  const pages = client.paginate.iterator(client.rest.actions.listWorkflowRunArtifacts, {
    owner,
    repo,
    run_id: runId,
    per_page: 100,
  });
  const candidates: Candidate[] = [];
  let count = 0;
  try {
    for await (const { data } of pages) {
      count += 1;
      if (count > MAX_PAGES) break;
      for (const artifact of data) {
        const name = parseShardName(artifact.name, key);
        if (name !== undefined) candidates.push({ artifact, ...name });
      }
    }
  } catch (cause) {
    const failure = describeFailure(cause);
    const hint = isForbidden(failure) ? { hint: 'The job needs permissions: actions: read.' } : {};
    throw new GateError('github', `the shards could not be looked for (${failure.text})`, { ...hint, cause });
  }
  return candidates;
};

/** Of the latest attempt up to this one; of two of the same name the newer one. In order of their shares. */
const latestOf = (candidates: readonly Candidate[], runAttempt: number): readonly Candidate[] => {
  const known = candidates.filter(({ attempt }) => attempt <= runAttempt);
  const latest = Math.max(...known.map(({ attempt }) => attempt));
  const byName = Map.groupBy(
    known.filter(({ attempt }) => attempt === latest),
    ({ artifact }) => artifact.name,
  );
  return [...byName.values()]
    .map((same) => same.toSorted((one, other) => other.artifact.id - one.artifact.id)[0]!)
    .toSorted((one, other) => one.share.index - other.share.index);
};

/** A run, or why there is none. */
const fetchShard = async (candidate: Candidate, request: ShardsRequest): Promise<Run | string> => {
  const { artifact } = candidate;
  const why = refuse(artifact, request.context);
  try {
    if (why !== undefined) throw new GateError('artifact', why);
    const archive = await downloadArtifact({
      ...request,
      artifactId: artifact.id,
      digest: artifact.digest!,
      maxBytes: MAX_ARCHIVE_BYTES,
    });
    const run = parseRun(readZipEntry(archive, SHARD_FILE, RUN_JSON_MAX_BYTES));
    const foreign = whyForeign(run, candidate.share, request.context);
    if (foreign !== undefined) throw new GateError('artifact', foreign);
    return run;
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return `The artifact ${artifact.name} was not used: ${error.message}.`;
  }
};

/** What the listing alone can refuse. */
const refuse = (
  { expired, size_in_bytes: size, digest, workflow_run: run }: ListedArtifact,
  context: WorkflowContext,
) => {
  if (run?.id !== undefined && run.id !== context.runId) return 'it is of another workflow run';
  if (expired) return 'it has expired';
  if (size > MAX_ARCHIVE_BYTES) return `it is ${size} bytes large, more than the ${MAX_ARCHIVE_BYTES} allowed`;
  return digest ? undefined : 'it has no digest to check it by';
};

/** A run says itself what it is. */
const whyForeign = ({ share, origin }: Run, expected: Share, context: WorkflowContext): string | undefined => {
  if (share === undefined) return 'it holds a run that is no share of a load';
  if (share.index !== expected.index || share.count !== expected.count)
    return `it holds share ${share.index + 1} of ${share.count}`;
  if (origin.workflowRunId !== context.runId) return 'the run in it is of another workflow run';
  return origin.commit === context.sha ? undefined : 'the run in it is of another commit';
};
