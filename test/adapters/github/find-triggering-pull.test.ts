import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/adapters/github/client.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import { findTriggeringPull } from '../../../src/adapters/github/find-triggering-pull.ts';
import { readTriggeringRun } from '../../../src/adapters/github/triggering-run.ts';
import { TOKEN } from '../../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import { type FakePull, type FakeRun, FORK_ID, REPOSITORY_ID } from '../../support/fake-github/state.ts';

let github: FakeGithub;
beforeAll(async () => {
  github = await startFakeGithub({ validate: false, artifacts: false });
});
afterAll(() => github.stop());
beforeEach(() => {
  github.state.openPulls.length = 0;
});

const HEAD = 'a'.repeat(40);
const pull = (number: number, overrides: Partial<FakePull> = {}): FakePull => ({
  number,
  headSha: HEAD,
  headRepositoryId: FORK_ID,
  ...overrides,
});

const find = (record: Partial<FakeRun> = {}) => {
  const follows = github.state.addRun({
    event: 'pull_request',
    headBranch: 'feature',
    headSha: HEAD,
    headRepositoryId: FORK_ID,
    conclusion: 'success',
    ...record,
  });
  const { env } = github.createRunner({ event: 'workflow_run', follows });
  const context = readContext(env);
  const client = createClient({ token: TOKEN, apiUrl: github.apiUrl, sleep: async () => undefined });
  return findTriggeringPull(client, context, readTriggeringRun(context, env));
};

describe('the pull request of a run', () => {
  it.each([
    ['a fork', FORK_ID],
    ['the repository itself', REPOSITORY_ID],
  ])('from %s is the one whose branch stands at its commit', async (_, headRepositoryId) => {
    github.state.openPulls.push(pull(8, { headSha: 'b'.repeat(40), headRepositoryId }), pull(9, { headRepositoryId }));
    expect(await find({ headRepositoryId })).toEqual({ kind: 'found', number: 9 });
    const [asked] = github.state.requests.filter((each) => each.includes('/pulls?')).slice(-1);
    const owner = headRepositoryId === FORK_ID ? 'mallory' : 'acme';
    expect(asked).toContain(`state=open&head=${owner}%3Afeature`);
  });

  it.each<[string, readonly FakePull[], string]>([
    ['there is none', [], 'no open pull request stands at its commit'],
    ['its branch has moved on', [pull(9, { headSha: 'b'.repeat(40) })], 'no open pull request stands at its commit'],
    ['two share its commit', [pull(9), pull(12)], '#9 and #12 share its commit'],
  ])('is not known when %s', async (_, pulls, said) => {
    github.state.openPulls.push(...pulls);
    expect(await find()).toEqual({ kind: 'unknown', reason: expect.stringContaining(said) });
  });

  it('is not one that the same owner has from another repository', async () => {
    github.state.openPulls.push(pull(9, { headRepositoryId: FORK_ID + 1 }));
    expect(await find()).toMatchObject({ kind: 'unknown' });
  });

  it('is not known when GitHub does not say', async () => {
    github.failNext({ path: /\/pulls/, status: 403 });
    expect(await find()).toMatchObject({ reason: expect.stringContaining('pull-requests: write') });
  });
});
