import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/adapters/github/client.ts';
import { type Commands, registerSecrets } from '../../../src/adapters/github/commands.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import type { CommentMode } from '../../../src/adapters/github/inputs.ts';
import { summarize } from '../../../src/adapters/github/outputs.ts';
import { createGithubPublisher, type GithubPublisherOptions } from '../../../src/adapters/github/publisher.ts';
import type { Report } from '../../../src/model/report.ts';
import { TOKEN } from '../../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import type { RunnerOptions } from '../../support/fake-github/fake-runner.ts';
import { BOT_LOGIN } from '../../support/fake-github/state.ts';
import { errorRate, regressionFinding, report, sloFinding, verdict } from '../../support/report-builders.ts';

let github: FakeGithub;
let printed: (readonly [command: string, ...args: unknown[]])[];
beforeAll(async () => {
  github = await startFakeGithub({ validate: false, artifacts: false });
});
afterAll(() => github.stop());
beforeEach(() => {
  github.state.comments.length = 0;
  github.state.faults.length = 0;
  printed = [];
});

const record =
  (command: string) =>
  (...args: unknown[]) => {
    printed.push([command, ...args]);
  };
const commands: Commands = {
  error: record('error'),
  warning: record('warning'),
  notice: record('notice'),
  setSecret: record('setSecret'),
  setOutput: record('setOutput'),
};

const passing = report();
const failing = report({
  verdict: verdict({ status: 'fail', slos: [sloFinding({ status: 'fail', observed: 3_000_000 })] }),
});

interface Publication {
  readonly report?: Report;
  readonly comment?: CommentMode;
  readonly runner?: Partial<RunnerOptions>;
  readonly options?: Partial<GithubPublisherOptions>;
}

const publish = async ({ report: published = passing, comment = 'auto', runner, options }: Publication = {}) => {
  const job = github.createRunner({ event: 'pull_request', ...runner });
  const results = await createGithubPublisher({
    client: createClient({ token: TOKEN, apiUrl: github.apiUrl, sleep: async () => undefined }),
    context: readContext(job.env),
    comment,
    summaryPath: job.env.GITHUB_STEP_SUMMARY,
    commands,
    ...options,
  }).publish(published);
  return { job, ...Object.fromEntries(results.map(({ what, result }) => [what, result])) };
};

describe('the comment', () => {
  it.each<[CommentMode, string, Partial<RunnerOptions>, Report, string]>([
    ['auto', 'a passing pull request', {}, passing, 'done'],
    ['auto', 'a failing pull request', {}, failing, 'done'],
    ['auto', 'a merge queue', { event: 'merge_group' }, failing, 'skipped'],
    ['auto', 'a push', { event: 'push' }, failing, 'skipped'],
    ['auto', 'a schedule', { event: 'schedule' }, failing, 'skipped'],
    ['always', 'a merge queue', { event: 'merge_group' }, passing, 'done'],
    ['always', 'a push with a pull request', { event: 'push' }, passing, 'done'],
    ['always', 'a deployment with a pull request', { event: 'deployment_status' }, passing, 'done'],
    ['always', 'a schedule', { event: 'schedule' }, passing, 'skipped'],
    ['on-failure', 'a passing pull request', {}, passing, 'skipped'],
    ['on-failure', 'a failing pull request', {}, failing, 'done'],
    ['on-failure', 'an invalid one', {}, report({ verdict: verdict({ status: 'invalid' }) }), 'done'],
    ['never', 'a failing pull request', {}, failing, 'skipped'],
  ])('by mode %s for %s', async (comment, _, runner, published, kind) => {
    const context = readContext(github.createRunner({ event: 'push' }).env);
    github.state.pulls.set(context.sha, [
      { number: 6, state: 'closed' },
      { number: 7, state: 'open' },
    ]);
    expect(await publish({ comment, runner, report: published })).toMatchObject({ comment: { kind } });
    expect(github.state.comments.map((each) => each.issue)).toEqual(kind === 'done' ? [7] : []);
  });

  it('on failure turns green again', async () => {
    await publish({ comment: 'on-failure', report: failing });
    const before = github.state.comments[0]!.body;
    await publish({ comment: 'on-failure', report: passing });
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]!.body).not.toBe(before);
  });

  it('is one for each key', async () => {
    await publish({ report: { ...passing, key: 'eu' } });
    await publish({ report: { ...passing, key: 'us' } });
    await publish({ report: { ...failing, key: 'eu' } });
    expect(github.state.comments.map((each) => each.login)).toEqual([BOT_LOGIN, BOT_LOGIN]);
  });

  it.each<[CommentMode, RunnerOptions['event'], string]>([
    ['auto', 'pull_request', 'refused'],
    ['on-failure', 'pull_request', 'refused'],
    ['always', 'push', 'refused'],
    ['auto', 'push', 'skipped'],
    ['never', 'pull_request', 'skipped'],
  ])('without a token, by mode %s for %s, is %s', async (comment, event, kind) => {
    const published = await publish({ comment, runner: { event }, options: { client: undefined } });
    expect(published).toMatchObject({ comment: { kind } });
  });

  it('whose pull request cannot be looked up is refused, and the rest is still published', async () => {
    github.failNext({ path: /\/pulls/, status: 403, times: 9 });
    const published = await publish({ comment: 'always', runner: { event: 'push' } });
    expect(published).toMatchObject({ comment: { kind: 'refused' }, 'job summary': { kind: 'done' } });
  });
});

describe('the job summary', () => {
  it('is appended to what the step wrote before', async () => {
    const job = github.createRunner({ event: 'push' });
    writeFileSync(job.env.GITHUB_STEP_SUMMARY!, 'before\n');
    await publish({ options: { summaryPath: job.env.GITHUB_STEP_SUMMARY } });
    expect(job.summary()).toMatch(/^before\n[\s\S]*Gatemark/);
  });

  it('stays below the limit of the whole file', async () => {
    const path = github.createRunner({ event: 'push' }).env.GITHUB_STEP_SUMMARY!;
    const taken = 2 ** 20 - 1_500;
    writeFileSync(path, 'x'.repeat(taken));
    await publish({ options: { summaryPath: path } });
    const { length } = readFileSync(path);
    expect(length).toBeGreaterThan(taken);
    expect(length).toBeLessThanOrEqual(2 ** 20);
  });

  it.each([
    [undefined, 'skipped'],
    ['/nowhere/at/all', 'refused'],
  ])('with the path %s is %s', async (summaryPath, kind) => {
    expect(await publish({ options: { summaryPath } })).toMatchObject({ 'job summary': { kind } });
  });
});

describe('annotations', () => {
  it('tell of what failed, at most ten times', async () => {
    await publish({ report: failing });
    expect(printed).toEqual([['error', expect.any(String), { title: expect.stringContaining('p95 < 2.5s') }]]);
    printed = [];
    const slos = Array.from({ length: 30 }, (_, index) => sloFinding({ status: 'fail', text: `p95 < ${index}s` }));
    await publish({ report: report({ verdict: verdict({ status: 'fail', slos }) }) });
    expect(printed).toHaveLength(10);
  });

  it('are not made of a pass', async () => {
    expect(await publish()).toMatchObject({ annotations: { kind: 'skipped' } });
    expect(printed).toEqual([]);
  });
});

describe('secrets', () => {
  it('are registered once each, with each of their lines, and without what is too short to hide', () => {
    registerSecrets(['token-1', 'token-1', '', 'abc', '-----BEGIN\nline two\nx\n'], commands);
    expect(printed.map(([, value]) => value)).toEqual([
      'token-1',
      '-----BEGIN\nline two\nx\n',
      '-----BEGIN',
      'line two',
    ]);
  });
});

describe('the summary output', () => {
  it('counts findings by status, of regressions the gating ones', () => {
    const slos = [sloFinding(), errorRate(undefined, { status: 'inconclusive' }), sloFinding({ status: 'fail' })];
    const regressions = [regressionFinding({ status: 'fail' }), regressionFinding({ status: 'fail', gating: false })];
    const reasons = [{ status: 'fail', scenario: 'chat', text: 'chat: p95 is too high' }] as const;
    expect(summarize(report({ verdict: verdict({ status: 'fail', reasons, slos, regressions }) }))).toEqual({
      verdict: 'fail',
      reasons: ['chat: p95 is too high'],
      slos: { pass: 1, fail: 1, inconclusive: 1, invalid: 0 },
      regressions: { pass: 0, fail: 1, inconclusive: 0, invalid: 0 },
      baseline: 'none',
    });
  });
});
