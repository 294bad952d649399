import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';

/** Events that name a commit and no pull request. */
const BY_COMMIT: readonly string[] = ['push', 'deployment_status'];

/**
 * The number of the pull request that this run is for: the event's own, or for a push or a deployment the one that its
 * commit belongs to (an open one before a merged one); undefined when there is none. Rejects when GitHub cannot be asked.
 */
export const findPullRequest = async (client: GitHubClient, context: WorkflowContext): Promise<number | undefined> => {
  if (context.pullRequest !== undefined) return context.pullRequest.number;
  if (!BY_COMMIT.includes(context.event)) return undefined;
  const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    owner: context.owner,
    repo: context.repo,
    commit_sha: context.sha,
  });
  return (data.find((each) => each.state === 'open') ?? data[0])?.number;
};
