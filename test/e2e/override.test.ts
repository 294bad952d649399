import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/app/exit-status.ts';
import { runToJson } from '../../src/archive/run-codec.ts';
import { type FinishedJob, type JobOptions, runJob } from '../support/action-job.ts';
import { type ReferenceGateway, startReferenceGateway } from '../support/bundle-process.ts';
import { type FakeGithub, startFakeGithub } from '../support/fake-github/fake-github.ts';
import { BOT_LOGIN, type FakeLabelling, FORK_ID } from '../support/fake-github/state.ts';
import { zipOf } from '../support/fake-github/zip-builder.ts';
import { type ArchiveStorage, startArchiveStorage } from '../support/left-artifact.ts';
import { run as buildRun } from '../support/report-builders.ts';

/** No gateway answers within a microsecond, however busy the machine is. */
const FAILING = `
version: 1
gateway:
  url: http://gateway.invalid
  headers: { authorization: "Bearer \${env.GATEWAY_KEY}" }
limits: { requests: 200, duration: 20s, concurrency: 10 }
scenarios:
  chat:
    load: { users: 3, duration: 1s, warmup: 0s }
    endpoint: chat
    body: { model: gpt-4o, messages: [{ role: user, content: "Draft an answer to ticket \${seq}." }] }
    slo: [p50 < 1us]
`;

const AFTER_THE_RUN = '2026-11-02T10:05:00Z';
const LABEL = 'gatemark-override';

let github: FakeGithub;
let gateway: ReferenceGateway;
let storage: ArchiveStorage;

beforeAll(async () => {
  [github, gateway] = await Promise.all([startFakeGithub(), startReferenceGateway()]);
  storage = await startArchiveStorage(github.state);
  github.state.permissions.set('maintainer', 'write');
});

afterAll(async () => {
  await Promise.all([github?.stop(), gateway?.stop(), storage?.stop()]);
  expect(github.state.violations).toEqual([]);
});

const label = (issue: number, labelling: Partial<FakeLabelling> = {}): void => {
  github.state.labels.set(issue, [LABEL]);
  github.state.labellings.push({ issue, label: LABEL, by: 'maintainer', at: AFTER_THE_RUN, ...labelling });
};

const gate = (number: number, { inputs, ...options }: Partial<JobOptions> = {}): Promise<FinishedJob> =>
  runJob(github, {
    event: 'pull_request',
    number,
    config: FAILING,
    inputs: { 'gateway-url': gateway.url, 'check-run': 'true', 'comment-key': `pr-${number}`, ...inputs },
    ...options,
    env: { GATEWAY_KEY: gateway.key, ...options.env },
  });

const commentOn = (issue: number): string =>
  github.state.comments.find((each) => each.issue === issue && each.login === BOT_LOGIN)!.body;
const checkOf = (number: number) => github.state.checkRuns.find((each) => each.name === `Gatemark pr-${number}`);
const askedAbout = (number: number): string[] =>
  github.state.requests.filter((each) => each.includes(`/issues/${number}/`) && /labels|timeline/.test(each));

/** Whoever could not be measured has another verdict, which nobody can override. */
const wasMeasured = (job: FinishedJob): boolean => job.report!.generator.healthy;
const TOO_BUSY = 'the machine was too busy to measure';

describe('a failure whose label somebody with write access set', () => {
  let job: FinishedJob;
  beforeAll(async () => {
    label(1);
    job = await gate(1);
  });

  it('passes the job, and is called what it is', ({ skip }) => {
    skip(!wasMeasured(job), TOO_BUSY);
    expect([job.status, job.outputs.verdict, job.outputs['overridden-by']]).toEqual([
      EXIT.passed,
      'fail',
      'maintainer',
    ]);
    expect(job.commands.filter((each) => each.name === 'error')).toEqual([]);
  });

  it('is told everywhere, with who did it and when', ({ skip }) => {
    skip(!wasMeasured(job), TOO_BUSY);
    for (const text of [commentOn(1), job.summary, checkOf(1)!.summary]) {
      expect(text).toContain('fail, overridden**');
      expect(text).toContain(`maintainer overrode this failure by the label ${LABEL} (2026-11-02 10:05 UTC)`);
    }
    expect(checkOf(1)).toMatchObject({
      conclusion: 'neutral',
      title: expect.stringMatching(/^fail, overridden: chat/),
    });
    const override = { label: LABEL, by: 'maintainer', at: AFTER_THE_RUN };
    expect(job.report).toMatchObject({ verdict: 'fail', override });
    expect(JSON.parse(job.outputs.summary!)).toMatchObject({ verdict: 'fail', override });
  });
});

describe('a failure stands', () => {
  it.each<[string, number, Partial<FakeLabelling>, string]>([
    [
      'whose label was set by somebody without write access',
      2,
      { by: 'mallory' },
      'mallory set it, who has no write access',
    ],
    ['whose label was set by a bot', 3, { by: 'labeler[bot]' }, 'was set by an app'],
    ['whose label is older than its commit', 4, { at: '2026-11-01T10:00:00Z' }, 'before this commit was measured'],
  ])('%s, and the comment says so', async (_, number, labelling, said) => {
    label(number, labelling);
    const job = await gate(number);
    if (!wasMeasured(job)) return;
    expect([job.status, job.outputs.verdict, job.outputs['overridden-by']]).toEqual([EXIT.failed, 'fail', '']);
    expect(commentOn(number)).toContain('❌ **Gatemark');
    expect(commentOn(number).replaceAll('&#91;', '[').replaceAll('&#93;', ']')).toContain(said);
    expect(checkOf(number)!.conclusion).toBe('failure');
  });

  it('where no label overrides', async () => {
    label(5);
    const job = await gate(5, { env: { 'INPUT_OVERRIDE-LABEL': '' } });
    expect([EXIT.failed, EXIT.invalid]).toContain(job.status);
    expect(askedAbout(5)).toEqual([]);
  });
});

describe('what could not be measured', () => {
  it('is not overridden', async () => {
    label(6);
    const job = await gate(6, { inputs: { 'gateway-url': 'http://127.0.0.1:1' } });
    expect([job.status, job.outputs.verdict, job.outputs['overridden-by']]).toEqual([EXIT.invalid, 'invalid', '']);
    expect(checkOf(6)!.conclusion).toBe('failure');
    expect(askedAbout(6)).toEqual([]);
  });
});

describe('a fork’s failure, in mode report', () => {
  it('is overridden by a label that is newer than the fork’s run', async () => {
    const headSha = 'e'.repeat(40);
    const fork = { event: 'pull_request', headBranch: 'feature', headSha, headRepositoryId: FORK_ID } as const;
    const follows = github.state.addRun({ ...fork, status: 'completed', conclusion: 'failure' });
    storage.leave(zipOf({ 'run.json': runToJson(buildRun()) }), { name: 'gatemark-run-default', runId: follows.id });
    github.state.openPulls.push({ number: 9, headSha, headRepositoryId: FORK_ID });
    const report = () =>
      runJob(github, { event: 'workflow_run', follows, config: FAILING, inputs: { mode: 'report' } });
    expect((await report()).status).toBe(EXIT.failed);
    label(9);
    const job = await report();
    expect([job.status, job.outputs.verdict, job.outputs['overridden-by']]).toEqual([
      EXIT.passed,
      'fail',
      'maintainer',
    ]);
    expect(commentOn(9)).toContain('maintainer overrode this failure');
  });
});
