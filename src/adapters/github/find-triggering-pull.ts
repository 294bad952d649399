import type { GitHubClient } from './client.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure, isForbidden } from './failure.ts';
import type { TriggeringRun } from './triggering-run.ts';

/** The one pull request that a run was for, or why it cannot be told. */
export type TriggeringPull =
  | { readonly kind: 'found'; readonly number: number }
  | { readonly kind: 'unknown'; readonly reason: string };

const unknown = (reason: string): TriggeringPull => ({ kind: 'unknown', reason });

/**
 * The open pull request whose branch stands at the commit of the triggering run. Only GitHub is asked, never the run's artifact.
 * The event names no pull request of a fork, and GitHub's search by branch is not taken on trust: repository and commit
 * have to be the same. Never rejects.
 */
export const findTriggeringPull = async (
  client: GitHubClient,
  context: WorkflowContext,
  run: TriggeringRun,
): Promise<TriggeringPull> => {
  const { head, headBranch, headSha } = run;
  if (head === undefined) return unknown('the repository that its branch was in is gone');
  try {
    const { data } = await client.rest.pulls.list({
      owner: context.owner,
      repo: context.repo,
      state: 'open',
      head: `${head.owner}:${headBranch}`,
      per_page: 100,
    });
    const numbers = data
      .filter((pull) => pull.head.sha === headSha && pull.head.repo?.id === head.repositoryId)
      .map(({ number }) => number);
    if (numbers.length > 1)
      return unknown(`pull requests ${numbers.map((each) => `#${each}`).join(' and ')} share its commit`);
    const [number] = numbers;
    return number === undefined
      ? unknown('no open pull request stands at its commit any more')
      : { kind: 'found', number };
  } catch (error) {
    const failure = describeFailure(error);
    const hint = isForbidden(failure) ? '. The job needs permissions: pull-requests: write' : '';
    return unknown(`the pull request could not be looked for (${failure.text})${hint}`);
  }
};
