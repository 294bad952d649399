import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { GateError } from '../../model/errors.ts';
import type { WorkflowContext } from './context.ts';

/**
 * The run whose end started this one. All of it is GitHub's own record; names of branches and repositories in it were
 * chosen by anyone.
 */
export interface TriggeringRun {
  readonly id: number;
  /** What started it, such as `pull_request`. */
  readonly event: string;
  /** Such as `success`, `failure`, `cancelled`. */
  readonly conclusion: string;
  /** When it was created, ISO 8601: after the push of its commit. A re-run keeps it. */
  readonly createdAt: string;
  /** Path of its workflow file. */
  readonly workflowPath: string;
  readonly headSha: string;
  readonly headBranch: string;
  /** Undefined once the fork has been deleted. */
  readonly head: { readonly repositoryId: number; readonly owner: string; readonly fullName: string } | undefined;
  readonly isFork: boolean;
}

const Payload = z.object({
  workflow_run: z.object({
    id: z.int().positive(),
    event: z.string(),
    conclusion: z.string().nullable(),
    created_at: z.iso.datetime(),
    path: z.string(),
    head_sha: z.string().regex(/^[0-9a-f]{40,64}$/),
    head_branch: z.string(),
    repository: z.object({ id: z.int() }),
    head_repository: z.object({ id: z.int(), full_name: z.string(), owner: z.object({ login: z.string() }) }).nullish(),
  }),
});

/**
 * Reads which run this one follows.
 *
 * @throws GateError `usage` for another event than `workflow_run` and for a run that has not ended, `github` for a payload that cannot be read or is of another
 * repository.
 */
export const readTriggeringRun = (
  { event, repositoryId }: Pick<WorkflowContext, 'event' | 'repositoryId'>,
  env: NodeJS.ProcessEnv = process.env,
): TriggeringRun => {
  if (event !== 'workflow_run')
    throw new GateError(
      'usage',
      `mode report reports the run that a workflow_run event tells of, and this is ${event}`,
      {
        hint: 'Run it in a workflow of its own: on: {workflow_run: {workflows: [NAME OF THE GATE], types: [completed]}}',
      },
    );
  const { workflow_run: run } = readPayload(env);
  if (repositoryId !== undefined && run.repository.id !== repositoryId)
    throw new GateError('github', 'the event tells of a run of another repository');
  if (run.conclusion === null)
    throw new GateError('usage', 'the run that the event tells of has not ended', { hint: 'Use types: [completed].' });
  const head = run.head_repository;
  return {
    id: run.id,
    event: run.event,
    conclusion: run.conclusion,
    createdAt: run.created_at,
    // Some runs state it with the ref behind it.
    workflowPath: run.path.split('@')[0]!,
    headSha: run.head_sha,
    headBranch: run.head_branch,
    head: head ? { repositoryId: head.id, owner: head.owner.login, fullName: head.full_name } : undefined,
    isFork: head?.id !== run.repository.id,
  };
};

const readPayload = (env: NodeJS.ProcessEnv): z.infer<typeof Payload> => {
  try {
    return Payload.parse(JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8')));
  } catch (cause) {
    throw new GateError('github', 'the event payload of this run could not be read', { cause });
  }
};
