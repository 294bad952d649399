import { BASELINE_JSON_MAX_BYTES, parseBaseline, type ReadBaseline } from '../../archive/baseline-codec.ts';
import { GateError } from '../../model/errors.ts';
import type { BaselineLookup, BaselineStore } from '../../ports/baseline-store.ts';
import { downloadArtifact } from './artifact-download.ts';
import { type ListedArtifact, refuseArtifact, refuseRun, type TrustTerms, type WorkflowRun } from './baseline-trust.ts';
import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure, isForbidden } from './failure.ts';
import { readZipEntry } from './zip-entry.ts';

/** The one file of a baseline artifact. */
export const BASELINE_FILE = 'baseline.json';

/** Caps on what is looked at. Ten runs of a dozen scenarios are well below one MiB packed. */
export interface BaselineLimits {
  /** Of the archive. */
  readonly archiveBytes: number;
  /** Of the unpacked file. */
  readonly textBytes: number;
  /** Pages of 100 artifacts. */
  readonly pages: number;
  /** Runs that are asked about: each is a request. */
  readonly candidates: number;
}

export const BASELINE_LIMITS: BaselineLimits = {
  archiveBytes: 32 * 2 ** 20,
  textBytes: BASELINE_JSON_MAX_BYTES,
  pages: 10,
  candidates: 30,
};

export interface ArtifactBaselineOptions {
  readonly client: GitHubClient;
  readonly context: WorkflowContext;
  /** The artifact's name: the baseline-name input. */
  readonly name: string;
  readonly limits?: BaselineLimits;
}

/** One lookup under way. */
interface Search extends ArtifactBaselineOptions {
  readonly limits: BaselineLimits;
  readonly terms: TrustTerms;
  readonly skipped: string[];
  /** True once a trusted candidate could not be read: "absent" would then be untrue. */
  damaged: boolean;
  asked: number;
}

const termsOf = async ({ client, context }: ArtifactBaselineOptions, maxBytes: number): Promise<TrustTerms> => {
  const { owner, repo, runId, workflowPath } = context;
  if (workflowPath === undefined)
    throw new Error('the runner did not say which workflow this is (GITHUB_WORKFLOW_REF)');
  let { repositoryId, defaultBranch } = context;
  if (repositoryId === undefined || defaultBranch === undefined) {
    const { data } = await client.rest.repos.get({ owner, repo });
    repositoryId = data.id;
    defaultBranch = data.default_branch;
  }
  return { repositoryId, defaultBranch, workflowPath, runId, maxBytes };
};

/** Undefined when the run has been deleted. */
const getRun = async ({ client, context }: Search, runId: number): Promise<WorkflowRun | undefined> => {
  try {
    const { owner, repo } = context;
    return (await client.rest.actions.getWorkflowRun({ owner, repo, run_id: runId })).data;
  } catch (error) {
    if (describeFailure(error).status === 404) return undefined;
    throw error;
  }
};

const distrust = async (search: Search, artifact: ListedArtifact): Promise<string | undefined> => {
  const reason = refuseArtifact(artifact, search.terms);
  if (reason !== undefined) return reason;
  search.asked += 1;
  const run = await getRun(search, artifact.workflow_run!.id!);
  return run === undefined ? 'the run that made it is gone' : refuseRun(run, search.terms);
};

const readArtifact = async (search: Search, artifact: ListedArtifact): Promise<ReadBaseline> => {
  const { client, context, limits } = search;
  const archive = await downloadArtifact({
    client,
    context,
    artifactId: artifact.id,
    digest: artifact.digest!,
    maxBytes: limits.archiveBytes,
  });
  // A run that was cut short measured something else than the others.
  const stored = parseBaseline(readZipEntry(archive, BASELINE_FILE, limits.textBytes));
  const runs = stored.runs.filter((run) => run.ending.kind === 'complete');
  if (runs.length === 0) throw new GateError('artifact', 'it holds no complete run');
  return { ...stored, runs };
};

/** What one candidate holds; undefined, with the reason noted, when it is not a baseline. Rejects when GitHub cannot be asked. */
const tryCandidate = async (search: Search, artifact: ListedArtifact): Promise<ReadBaseline | undefined> => {
  const note = (reason: string) => {
    search.skipped.push(`artifact ${artifact.id} of run ${artifact.workflow_run?.id ?? 'unknown'}: ${reason}`);
  };
  const reason = await distrust(search, artifact);
  if (reason !== undefined) {
    note(reason);
    return undefined;
  }
  try {
    return await readArtifact(search, artifact);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    search.damaged = true;
    note(error.message);
    return undefined;
  }
};

const byAge = (one: ListedArtifact, other: ListedArtifact): number => other.id - one.id;

/** Newest first: the API lists pages in that order, ids ascend with time. */
async function* listed({ client, context, name, limits }: Search): AsyncGenerator<ListedArtifact> {
  const { owner, repo } = context;
  const pages = client.paginate.iterator(client.rest.actions.listArtifactsForRepo, {
    owner,
    repo,
    name,
    per_page: 100,
  });
  let count = 0;
  for await (const page of pages) {
    count += 1;
    if (count > limits.pages) throw new Error(`more than ${limits.pages * 100} artifacts are named ${name}`);
    yield* [...page.data].sort(byAge);
  }
}

const searchBaseline = async (search: Search, window: number): Promise<BaselineLookup> => {
  const { name, limits, skipped } = search;
  for await (const artifact of listed(search)) {
    if (search.asked >= limits.candidates)
      throw new Error(`none of the newest ${limits.candidates} candidates is trusted`);
    const stored = await tryCandidate(search, artifact);
    if (stored === undefined) continue;
    const { runs, history, historyProblem } = stored;
    return {
      kind: 'found',
      runs: runs.slice(0, window),
      runId: String(artifact.workflow_run!.id),
      skipped,
      history,
      warnings: historyProblem === undefined ? [] : [`The history in the baseline was left out: ${historyProblem}.`],
    };
  }
  if (search.damaged)
    return { kind: 'unreadable', reason: `no artifact named ${name} could be read: ${skipped.join('; ')}` };
  const reason =
    skipped.length === 0
      ? `there is no artifact named ${name} yet; a successful run on the default branch saves one`
      : `none of the ${skipped.length} artifacts named ${name} is from a trusted run`;
  return { kind: 'absent', reason, skipped };
};

const unreadable = (error: unknown): BaselineLookup => {
  const failure = describeFailure(error);
  const hint = isForbidden(failure) ? '. The job needs permissions: actions: read' : '';
  return { kind: 'unreadable', reason: `the baseline could not be looked for (${failure.text})${hint}` };
};

/**
 * The baseline in the artifacts of this repository's earlier runs. Trusted is only what a successful run of this
 * workflow made on the default branch (baseline-trust.ts); it is never unpacked to disk, and parsed strictly. The newest
 * trusted artifact decides: it carries the runs before it along. `find` never rejects.
 *
 * A forbidden or failing API is `unreadable`, and so is a trusted artifact that is damaged when there is no older one.
 */
export const createArtifactBaselineStore = (options: ArtifactBaselineOptions): BaselineStore => ({
  async find(window) {
    const { limits = BASELINE_LIMITS } = options;
    try {
      const terms = await termsOf(options, limits.archiveBytes);
      return await searchBaseline({ ...options, limits, terms, skipped: [], damaged: false, asked: 0 }, window);
    } catch (error) {
      return unreadable(error);
    }
  },
});
