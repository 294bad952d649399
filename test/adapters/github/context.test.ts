import { describe, expect, it } from 'vitest';
import { originOf, readContext } from '../../../src/adapters/github/context.ts';
import { GateError } from '../../../src/model/errors.ts';

const ENV = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: '/event.json',
  GITHUB_REPOSITORY: 'acme/gateway',
  GITHUB_REPOSITORY_ID: '4001',
  GITHUB_RUN_ID: '42',
  GITHUB_SHA: 'merge',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_API_URL: 'https://github.example/api/v3',
  GITHUB_GRAPHQL_URL: 'https://github.example/api/graphql',
  GITHUB_WORKFLOW_REF: 'acme/gateway/.github/workflows/gate.yml@refs/heads/main',
};

const read = (env: Readonly<Record<string, string | undefined>>, payload: unknown) =>
  readContext({ ...ENV, ...env }, () => JSON.stringify(payload));

const repository = { id: 4001, default_branch: 'trunk' };
const pull = (headRepo: object | null) => ({
  repository,
  pull_request: { number: 7, head: { sha: 'head', repo: headRepo }, base: { repo: { id: 4001 } } },
});
const queue = (head_ref: string) => ({ repository, merge_group: { head_sha: 'group', head_ref } });

describe('the workflow context', () => {
  it('knows where it runs', () => {
    const context = read({}, { repository });
    expect(context).toEqual({
      event: 'push',
      owner: 'acme',
      repo: 'gateway',
      repositoryId: 4001,
      runId: 42,
      runAttempt: 1,
      runUrl: 'https://github.example/acme/gateway/actions/runs/42',
      sha: 'merge',
      ref: 'refs/heads/main',
      defaultBranch: 'trunk',
      pullRequest: undefined,
      startedByLabel: undefined,
      workflowPath: '.github/workflows/gate.yml',
      apiUrl: 'https://github.example/api/v3',
      graphqlUrl: 'https://github.example/api/graphql',
    });
    expect(originOf(context)).toEqual({
      repository: 'acme/gateway',
      commit: 'merge',
      ref: 'refs/heads/main',
      workflowRunId: 42,
    });
  });

  it.each([
    ['pull_request of a branch', 'pull_request', pull({ id: 4001 }), {}, { number: 7, readOnly: undefined }, 'head'],
    ['pull_request of a fork', 'pull_request', pull({ id: 9 }), {}, { number: 7, readOnly: 'fork' }, 'head'],
    ['pull_request of a deleted fork', 'pull_request', pull(null), {}, { number: 7, readOnly: 'fork' }, 'head'],
    [
      'pull_request of Dependabot',
      'pull_request',
      pull({ id: 4001 }),
      { GITHUB_ACTOR: 'dependabot[bot]' },
      { number: 7, readOnly: 'dependabot' },
      'head',
    ],
    [
      'merge_group',
      'merge_group',
      queue('refs/heads/gh-readonly-queue/release/1.x/pr-123-0123abcd'),
      {},
      { number: 123, readOnly: undefined },
      'group',
    ],
    ['merge_group of an unknown form', 'merge_group', queue('refs/heads/other'), {}, undefined, 'group'],
    ['push', 'push', { repository }, {}, undefined, 'merge'],
    ['schedule', 'schedule', { schedule: '0 3 * * *' }, {}, undefined, 'merge'],
    ['workflow_dispatch', 'workflow_dispatch', { repository, inputs: null }, {}, undefined, 'merge'],
  ])('of a %s has its pull request and commit', (_, event, payload, env, pullRequest, sha) => {
    const context = read({ ...env, GITHUB_EVENT_NAME: event }, payload);
    expect({ pullRequest: context.pullRequest, sha: context.sha }).toEqual({ pullRequest, sha });
  });

  it('of a deployment by commit has no ref', () => {
    const context = read({ GITHUB_EVENT_NAME: 'deployment_status', GITHUB_REF: '' }, { repository });
    expect([context.sha, context.ref, originOf(context).ref]).toEqual(['merge', '', undefined]);
  });

  it.each([
    ['from the payload', 'push', { repository }, 'trunk'],
    ['from the ref of a schedule', 'schedule', {}, 'main'],
    ['unknown elsewhere', 'workflow_dispatch', {}, undefined],
  ])('takes the default branch %s', (_, event, payload, expected) => {
    expect(read({ GITHUB_EVENT_NAME: event }, payload).defaultBranch).toBe(expected);
  });

  it.each([
    ['a missing variable', { GITHUB_RUN_ID: undefined }, '{}', 'github', 'GITHUB_RUN_ID is not set'],
    ['an empty ref of a push', { GITHUB_REF: '' }, '{}', 'github', 'GITHUB_REF is not set'],
    ['an empty variable', { GITHUB_REPOSITORY: '' }, '{}', 'github', 'GITHUB_REPOSITORY is not set'],
    ['a broken payload', {}, '{', 'github', 'payload of this run could not be read'],
    ['a payload of another shape', {}, '{"pull_request": 3}', 'github', 'payload of this run could not be read'],
    ['pull_request_target', { GITHUB_EVENT_NAME: 'pull_request_target' }, '{}', 'usage', 'is not supported'],
  ])('refuses %s', (_, env, payload, code, message) => {
    const attempt = () => readContext({ ...ENV, ...env }, () => payload);
    expect(attempt).toThrow(GateError);
    expect(attempt).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
