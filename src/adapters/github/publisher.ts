import { appendFile, stat } from 'node:fs/promises';
import type { Report } from '../../model/report.ts';
import type { Published, Publisher } from '../../ports/publisher.ts';
import { annotationsOf } from '../../report/annotations.ts';
import { renderComment } from '../../report/comment.ts';
import { commentMarker } from '../../report/markdown-escape.ts';
import { renderSummary } from '../../report/summary.ts';
import { type Conclusion, publishCheckRun } from './check-run.ts';
import type { GitHubClient } from './client.ts';
import { type Commands, runnerCommands } from './commands.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure } from './failure.ts';
import { findPullRequest } from './find-pull-request.ts';
import type { CommentMode } from './inputs.ts';
import { publishComment } from './sticky-comment.ts';

export interface GithubPublisherOptions {
  /** Undefined = there is no token. */
  readonly client: GitHubClient | undefined;
  readonly context: WorkflowContext;
  readonly comment: CommentMode;
  /** How the check run on the commit ends; undefined = none is wanted. */
  readonly checkRun?: Conclusion | undefined;
  /** The file that the runner shows (`GITHUB_STEP_SUMMARY`); undefined outside of one. */
  readonly summaryPath: string | undefined;
  readonly commands?: Commands;
}

/** Above it GitHub drops a step's whole summary, bytes. */
const SUMMARY_LIMIT = 2 ** 20;

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
};

const publishSummary = async (path: string | undefined, report: Report): Promise<Published> => {
  if (path === undefined) return { kind: 'skipped', reason: 'there is no job summary outside of a runner' };
  try {
    // The same step may have written before, and the limit is on the file.
    await appendFile(path, renderSummary(report, SUMMARY_LIMIT - (await sizeOf(path))));
    return { kind: 'done', url: undefined };
  } catch (error) {
    return { kind: 'refused', reason: `the job summary could not be written (${describeFailure(error).text})` };
  }
};

const annotate = (commands: Commands, report: Report): Published => {
  const annotations = annotationsOf(report);
  for (const { level, title, message } of annotations) commands[level](message, { title });
  return annotations.length === 0
    ? { kind: 'skipped', reason: 'nothing to annotate' }
    : { kind: 'done', url: undefined };
};

/** Events of a pull request's own: a workflow_run follows one, or has none. */
const IN_PULL_REQUESTS: ReadonlySet<string> = new Set(['pull_request', 'workflow_run']);

/** The pull request to comment on; merge queues, pushes and deployments only count where a comment is always wanted. */
const commentTarget = async (
  client: GitHubClient,
  { context, comment }: GithubPublisherOptions,
): Promise<number | undefined> => {
  if (comment === 'always') return findPullRequest(client, context);
  return IN_PULL_REQUESTS.has(context.event) ? context.pullRequest?.number : undefined;
};

/** Where a comment was wanted, that there is none must not go unnoticed. */
const withoutToken = ({ context, comment }: GithubPublisherOptions): Published =>
  context.event === 'pull_request' || comment === 'always'
    ? { kind: 'refused', reason: 'there is no github-token to comment with; the job summary has the report' }
    : { kind: 'skipped', reason: 'this run is for no pull request' };

const comment = async (options: GithubPublisherOptions, report: Report): Promise<Published> => {
  const { client, context } = options;
  if (options.comment === 'never') return { kind: 'skipped', reason: 'the comment input is never' };
  if (client === undefined) return withoutToken(options);
  try {
    const number = await commentTarget(client, options);
    if (number === undefined) return { kind: 'skipped', reason: 'this run is for no pull request' };
    const failed = report.verdict.status === 'fail' || report.verdict.status === 'invalid';
    return await publishComment({
      client,
      context,
      number,
      marker: commentMarker(report.key),
      render: (maxChars) => renderComment(report, maxChars),
      create: options.comment !== 'on-failure' || failed,
    });
  } catch (error) {
    return { kind: 'refused', reason: `the pull request could not be found (${describeFailure(error).text})` };
  }
};

const checkRun = async (
  { client, context }: GithubPublisherOptions,
  report: Report,
  conclusion: Conclusion,
): Promise<Published> =>
  client === undefined
    ? { kind: 'refused', reason: 'there is no github-token to write a check run with' }
    : publishCheckRun({ client, context, report, conclusion });

/**
 * Publishes a report to GitHub: the job summary always, annotations (at most 10), and the sticky comment by mode:
 *
 * - `auto`: on pull requests. - `always`: also on the pull request behind a merge queue's run, a push or a deployment.
 * - `on-failure`: on pull requests, created when the verdict is fail or invalid; one that exists is updated by every
 *   run, so that it does not go on telling of a failure that is gone. - `never`.
 *
 * A check run only where one is wanted.
 *
 * Never rejects and never ends the process: what was refused is a value with its reason.
 */
export const createGithubPublisher = (options: GithubPublisherOptions): Publisher => ({
  async publish(report) {
    const { summaryPath, commands = runnerCommands } = options;
    return [
      { what: 'job summary', result: await publishSummary(summaryPath, report) },
      { what: 'annotations', result: annotate(commands, report) },
      { what: 'comment', result: await comment(options, report) },
      ...(options.checkRun === undefined
        ? []
        : [{ what: 'check run', result: await checkRun(options, report, options.checkRun) }]),
    ];
  },
});
