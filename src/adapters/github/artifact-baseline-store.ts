import { BASELINE_JSON_MAX_BYTES } from '../../archive/baseline-codec.ts';
import type { BaselineLookup, BaselineStore } from '../../ports/baseline-store.ts';
import { type BaselineLimits, searchArtifacts } from './artifact-search.ts';
import type { TrustTerms } from './baseline-trust.ts';
import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure, isForbidden } from './failure.ts';
import { findRelease } from './release-baseline.ts';

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
  return { from: 'branch', repositoryId, defaultBranch, workflowPath, runId, maxBytes };
};

/** The window, and where there is one the run of the last release: nothing is compared with that alone. */
const searchBaseline = async (
  options: ArtifactBaselineOptions & { readonly limits: BaselineLimits },
  window: number,
): Promise<BaselineLookup> => {
  const { name, limits } = options;
  const terms = await termsOf(options, limits.archiveBytes);
  const { found, skipped, damaged } = await searchArtifacts({ ...options, terms });
  if (found !== undefined) {
    const { runs, runId, history, historyProblem } = found;
    const release = await findRelease({ ...options, terms });
    const left = historyProblem === undefined ? [] : [`The history in the baseline was left out: ${historyProblem}.`];
    return {
      kind: 'found',
      runs: runs.slice(0, window),
      runId: String(runId),
      skipped,
      pinned: release.run,
      history,
      warnings: [...left, ...release.warnings],
    };
  }
  if (damaged) return { kind: 'unreadable', reason: `no artifact named ${name} could be read: ${skipped.join('; ')}` };
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
 * trusted artifact decides: it carries the runs before it along. Beside it the run of the last release (release-baseline.ts).
 * `find` never rejects.
 *
 * A forbidden or failing API is `unreadable`, and so is a trusted artifact that is damaged when there is no older one.
 */
export const createArtifactBaselineStore = (options: ArtifactBaselineOptions): BaselineStore => ({
  async find(window) {
    const { limits = BASELINE_LIMITS } = options;
    try {
      return await searchBaseline({ ...options, limits }, window);
    } catch (error) {
      return unreadable(error);
    }
  },
});
