import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Conclusion, publishCheckRun } from '../../../src/adapters/github/check-run.ts';
import { createClient } from '../../../src/adapters/github/client.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import type { Report } from '../../../src/model/report.ts';
import { TOKEN } from '../../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import { HEAD_COMMIT, type RunnerOptions } from '../../support/fake-github/fake-runner.ts';
import { report, sloFinding, verdict } from '../../support/report-builders.ts';

let github: FakeGithub;
beforeAll(async () => {
  github = await startFakeGithub({ validate: false, artifacts: false });
});
afterAll(() => github.stop());
beforeEach(() => {
  github.state.checkRuns.length = 0;
  github.state.faults.length = 0;
});

const failing = report({
  verdict: verdict({
    status: 'fail',
    reasons: [{ status: 'fail', scenario: 'chat', text: 'chat: p95 < 2.5s is not met' }],
    slos: [sloFinding({ status: 'fail', observed: 3_000_000 })],
  }),
});

const publish = (
  conclusion: Conclusion,
  published: Report = report(),
  runner: Partial<RunnerOptions> = {},
): ReturnType<typeof publishCheckRun> =>
  publishCheckRun({
    client: createClient({ token: TOKEN, apiUrl: github.apiUrl, sleep: async () => undefined }),
    context: readContext(github.createRunner({ event: 'pull_request', ...runner }).env),
    report: published,
    conclusion,
    sleep: async () => undefined,
  });

describe('a check run', () => {
  it('is created on the commit under test, with the verdict', async () => {
    expect(await publish('failure', failing)).toMatchObject({ kind: 'done', url: expect.stringContaining('/runs/') });
    expect(github.state.checkRuns).toMatchObject([
      {
        headSha: HEAD_COMMIT,
        name: 'Gatemark',
        externalId: 'gatemark:default',
        conclusion: 'failure',
        detailsUrl: failing.detailsUrl,
        title: 'fail: chat p95 3 s, limit 2.5 s',
        summary: expect.stringContaining('**Gatemark: fail**'),
      },
    ]);
  });

  it('is updated by the next run of the same key, and no other', async () => {
    await publish('failure', failing);
    await publish('success', report({ key: 'eu' }));
    await publish('success');
    expect(github.state.checkRuns.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['Gatemark', 'success'],
      ['Gatemark eu', 'success'],
    ]);
  });

  it('leaves one of the same name that is not ours alone', async () => {
    await publish('failure', failing);
    github.state.checkRuns[0]!.externalId = 'somebody';
    await publish('success');
    expect(github.state.checkRuns.map((each) => each.conclusion)).toEqual(['failure', 'success']);
  });

  it('whose creation was lost on the way is not created twice', async () => {
    github.failNext({ method: 'POST', path: /\/check-runs/, status: 502, after: true });
    expect(await publish('success')).toMatchObject({ kind: 'done' });
    expect(github.state.checkRuns).toHaveLength(1);
  });

  it.each<[string, Partial<RunnerOptions>, string]>([
    ['the repository itself', {}, 'checks: write'],
    ['a fork', { fork: true }, "The token of a fork's pull request can only read"],
  ])('that is forbidden to %s is refused, with what to do', async (_, runner, said) => {
    github.failNext({ path: /\/check-runs/, status: 403, body: { message: 'Resource not accessible by integration' } });
    expect(await publish('success', report(), runner)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(said),
    });
  });
});
