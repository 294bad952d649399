import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { GateError } from '../../model/errors.ts';
import type { Origin } from '../../model/run.ts';

/** The pull request that a run is for. */
export interface PullRequestRef {
  readonly number: number;
  /**
   * Why the job's token can only read, whatever `permissions` says; undefined = it can write if it is allowed to.
   * `fork`: the branch lives in another repository. `dependabot`: GitHub treats its runs like a fork's.
   */
  readonly readOnly: 'fork' | 'dependabot' | undefined;
}

/** What is known about the workflow run, without a request. */
export interface WorkflowContext {
  readonly event: string;
  readonly owner: string;
  readonly repo: string;
  /** Numeric id of the repository; undefined where the runner does not say. */
  readonly repositoryId: number | undefined;
  readonly runId: number;
  /** From 1: how often this run was started. */
  readonly runAttempt: number;
  readonly runUrl: string;
  /** The commit under test: for a pull request the head of its branch, not the merge commit that was checked out. */
  readonly sha: string;
  /** Empty where a commit was deployed by its hash. */
  readonly ref: string;
  /** Undefined where the event does not say; the API does. */
  readonly defaultBranch: string | undefined;
  /** Undefined for other events; find-pull-request.ts can look further for a push and for a deployment. */
  readonly pullRequest: PullRequestRef | undefined;
  /** Name of the label whose setting on a pull request started this run; undefined = something else did. */
  readonly startedByLabel: string | undefined;
  /** Path of the workflow file in the repository, such as `.github/workflows/gate.yml`. */
  readonly workflowPath: string | undefined;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
}

/** The parts of event payloads that are used. They come from GitHub, but what is in them was chosen by anyone. */
const EventPayload = z.object({
  action: z.string().optional(),
  label: z.object({ name: z.string() }).nullish(),
  repository: z.object({ id: z.int().optional(), default_branch: z.string().optional() }).optional(),
  pull_request: z
    .object({
      number: z.int().positive(),
      head: z.object({ sha: z.string(), repo: z.object({ id: z.int() }).nullish() }),
      base: z.object({ repo: z.object({ id: z.int() }) }),
    })
    .optional(),
  merge_group: z.object({ head_sha: z.string(), head_ref: z.string() }).optional(),
});
type EventPayload = z.infer<typeof EventPayload>;

const required = (env: NodeJS.ProcessEnv, name: string): string => {
  const value = env[name];
  if (!value)
    throw new GateError('github', `${name} is not set`, { hint: 'The action only runs inside a GitHub Actions job.' });
  return value;
};

const parseEvent = (env: NodeJS.ProcessEnv, readEvent: (path: string) => string): EventPayload => {
  const path = env.GITHUB_EVENT_PATH;
  if (!path) return {};
  try {
    return EventPayload.parse(JSON.parse(readEvent(path)));
  } catch (cause) {
    throw new GateError('github', 'the event payload of this run could not be read', { cause });
  }
};

const pullRequestOf = (event: EventPayload, actor: string | undefined): PullRequestRef | undefined => {
  if (event.pull_request !== undefined) {
    const { number, head, base } = event.pull_request;
    // The head repository is null once a fork has been deleted.
    const fork = head.repo?.id !== base.repo.id;
    return { number, readOnly: fork ? 'fork' : actor === 'dependabot[bot]' ? 'dependabot' : undefined };
  }
  // A merge group's payload does not name its pull request; its branch does. The base may hold slashes of its own.
  const number = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(
    event.merge_group?.head_ref ?? '',
  )?.[1];
  return number === undefined ? undefined : { number: Number(number), readOnly: undefined };
};

/** A schedule's payload need not name the repository, but it only ever runs on the default branch. */
const scheduledBranch = (event: string, ref: string): string | undefined =>
  event === 'schedule' ? ref.replace(/^refs\/heads\//, '') : undefined;

/** `owner/repo/.github/workflows/gate.yml@refs/heads/main` → `.github/workflows/gate.yml` */
const workflowPathOf = (workflowRef: string | undefined, repository: string): string | undefined =>
  workflowRef?.startsWith(`${repository}/`) ? workflowRef.slice(repository.length + 1).split('@')[0] : undefined;

/**
 * Reads what the runner says about this run. `readEvent` reads the payload's file.
 *
 * @throws GateError `github` outside of a runner or with an unreadable payload, `usage` for `pull_request_target`, which
 * would hand a write token to a pull request's code.
 */
export const readContext = (
  env: NodeJS.ProcessEnv = process.env,
  readEvent: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): WorkflowContext => {
  const event = required(env, 'GITHUB_EVENT_NAME');
  if (event === 'pull_request_target')
    throw new GateError('usage', 'the event pull_request_target is not supported: it lends secrets to foreign code', {
      hint: 'Run on pull_request; let a workflow_run job comment where the token may only read.',
    });
  const repository = required(env, 'GITHUB_REPOSITORY');
  const [owner = '', repo = ''] = repository.split('/');
  const runId = Number(required(env, 'GITHUB_RUN_ID'));
  // A commit that is deployed by its hash is on no branch that GitHub would name.
  const ref = event === 'deployment_status' ? (env.GITHUB_REF ?? '') : required(env, 'GITHUB_REF');
  const payload = parseEvent(env, readEvent);
  const apiUrl = env.GITHUB_API_URL || 'https://api.github.com';
  return {
    event,
    owner,
    repo,
    repositoryId: Number(env.GITHUB_REPOSITORY_ID) || payload.repository?.id,
    runId,
    runAttempt: Number(env.GITHUB_RUN_ATTEMPT) || 1,
    runUrl: `${env.GITHUB_SERVER_URL || 'https://github.com'}/${repository}/actions/runs/${runId}`,
    sha: payload.pull_request?.head.sha ?? payload.merge_group?.head_sha ?? required(env, 'GITHUB_SHA'),
    ref,
    defaultBranch: payload.repository?.default_branch ?? scheduledBranch(event, ref),
    pullRequest: pullRequestOf(payload, env.GITHUB_ACTOR),
    startedByLabel: event === 'pull_request' && payload.action === 'labeled' ? payload.label?.name : undefined,
    workflowPath: workflowPathOf(env.GITHUB_WORKFLOW_REF, repository),
    apiUrl,
    graphqlUrl: env.GITHUB_GRAPHQL_URL || `${apiUrl}/graphql`,
  };
};

/** Where the code under test comes from, for the run's record. */
export const originOf = (context: WorkflowContext): Origin => ({
  repository: `${context.owner}/${context.repo}`,
  commit: context.sha,
  ref: context.ref === '' ? undefined : context.ref,
  workflowRunId: context.runId,
});
