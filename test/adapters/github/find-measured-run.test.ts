import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/adapters/github/client.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import { findMeasuredRun, MEASURED_LIMITS } from '../../../src/adapters/github/find-measured-run.ts';
import { readTriggeringRun } from '../../../src/adapters/github/triggering-run.ts';
import { runToJson } from '../../../src/archive/run-codec.ts';
import { TOKEN } from '../../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import { type FakeArtifact, type FakeRun, FORK_ID } from '../../support/fake-github/state.ts';
import { zipOf } from '../../support/fake-github/zip-builder.ts';
import { type ArchiveStorage, startArchiveStorage } from '../../support/left-artifact.ts';
import { run } from '../../support/report-builders.ts';

const NAME = 'gatemark-run-default';
let github: FakeGithub;
let storage: ArchiveStorage;
beforeAll(async () => {
  github = await startFakeGithub({ validate: false, artifacts: false });
  storage = await startArchiveStorage(github.state);
});
afterAll(async () => {
  await github.stop();
  await storage.stop();
  expect(storage.leaked).toEqual([]);
});
beforeEach(() => {
  github.state.artifacts.length = 0;
  github.state.faults.length = 0;
});

/** A fork's run that is over. */
const forkRun = (conclusion: FakeRun['conclusion'] = 'success'): FakeRun =>
  github.state.addRun({
    event: 'pull_request',
    headRepositoryId: FORK_ID,
    headBranch: 'feature',
    status: 'completed',
    conclusion,
  });

const leave = (archive: Buffer, { id: runId }: FakeRun, overrides: Partial<FakeArtifact> = {}): FakeArtifact =>
  Object.assign(storage.leave(archive, { name: NAME, runId }), overrides);

const find = (follows: FakeRun, limits = MEASURED_LIMITS) => {
  const { env } = github.createRunner({ event: 'workflow_run', follows });
  const context = readContext(env);
  const client = createClient({ token: TOKEN, apiUrl: github.apiUrl, sleep: async () => undefined });
  return findMeasuredRun({ client, context, run: readTriggeringRun(context, env), name: NAME, limits });
};

const measured = run({ id: 'theirs' });
const comparison = (side: 'candidate' | 'baseline') => run({ id: side, comparison: { id: 'c', side, pairs: 4 } });

describe('what a run left of its measurement', () => {
  it('is read from among its other files', async () => {
    const fork = forkRun();
    leave(zipOf({ 'report.html': '<html>', 'run.json': runToJson(measured), 'comment.md': 'x' }), fork);
    expect(await find(fork)).toEqual({ kind: 'found', run: measured, otherSide: undefined, confirmation: undefined });
  });

  it('has the other side of a comparison, and a second burst, where they are', async () => {
    const fork = forkRun();
    const files = {
      'run.json': runToJson(comparison('candidate')),
      'baseline-run.json': runToJson(comparison('baseline')),
      'confirmation-run.json': runToJson(measured),
    };
    leave(zipOf(files), fork);
    expect(await find(fork)).toEqual({
      kind: 'found',
      run: comparison('candidate'),
      otherSide: comparison('baseline'),
      confirmation: measured,
    });
  });

  it('is that of the last attempt', async () => {
    const fork = forkRun();
    leave(zipOf({ 'run.json': 'not even JSON' }), fork);
    leave(zipOf({ 'run.json': runToJson(measured) }), fork);
    expect(await find(fork)).toMatchObject({ kind: 'found' });
  });

  it('is never that of another run', async () => {
    leave(zipOf({ 'run.json': runToJson(measured) }), forkRun());
    expect(await find(forkRun())).toMatchObject({ kind: 'unusable' });
  });
});

const huge = run({ used: { ...measured.used, requests: Number.MAX_SAFE_INTEGER } });
const bomb = zipOf({ 'run.json': '\0'.repeat(MEASURED_LIMITS.textBytes + 1) }, 10);

describe('what is not usable', () => {
  it.each<[string, Buffer, Partial<FakeArtifact>, string]>([
    ['an expired one', zipOf({}), { expired: true }, 'expired'],
    ['one that says it is huge', zipOf({}), { size: 1e12 }, 'more than the 33554432 allowed'],
    ['one without a digest', zipOf({}), { digest: null }, 'no digest'],
    ['one with another digest', zipOf({}), { digest: 'sha256:00' }, 'digest does not match'],
    ['one without a run', zipOf({ 'report.json': '{}' }), {}, 'holds no run.json'],
    ['one whose run is in a folder', zipOf({ '../run.json': runToJson(measured) }), {}, 'holds no run.json'],
    [
      'one with two of them',
      Buffer.from(
        zipOf({ 'run.json': '1', 'run.jsoN': '2' }).toString('latin1').replaceAll('run.jsoN', 'run.json'),
        'latin1',
      ),
      {},
      'run.json twice',
    ],
    ['a zip bomb', bomb, {}, 'could not be unpacked'],
    ['no zip', Buffer.from('<html>'.repeat(99)), {}, 'not a zip archive'],
    ['no JSON', zipOf({ 'run.json': '{' }), {}, 'not JSON'],
    ['another version', zipOf({ 'run.json': '{"schemaVersion": "<img src=x>"}' }), {}, 'schema version'],
    [
      'a run with a wrong field',
      zipOf({ 'run.json': runToJson({ ...measured, createdAt: 'yesterday' }) }),
      {},
      'createdAt',
    ],
    [
      'a number that nothing can have measured',
      zipOf({ 'run.json': runToJson(huge) }),
      {},
      'nothing can have measured',
    ],
    [
      'an other side that is none',
      zipOf({ 'run.json': runToJson(measured), 'baseline-run.json': '[]' }),
      {},
      'schema version',
    ],
  ])('%s', async (_, archive, overrides, said) => {
    const fork = forkRun();
    leave(archive, fork, overrides);
    const found = await find(fork);
    expect(found).toEqual({ kind: 'unusable', reason: expect.stringContaining(said) });
  });

  it('an archive that is larger than its size says', async () => {
    const fork = forkRun();
    leave(zipOf({ 'run.json': runToJson(measured) }), fork, { size: 10 });
    expect(await find(fork, { ...MEASURED_LIMITS, archiveBytes: 500 })).toMatchObject({
      kind: 'unusable',
      reason: expect.stringContaining('larger than 500 bytes'),
    });
  });

  it.each<[FakeRun['conclusion'], string]>([
    ['cancelled', 'it was cancelled before it left a measurement'],
    ['failure', `it left no artifact named ${NAME}, and ended with failure`],
  ])('nothing, from a run that ended with %s', async (conclusion, said) => {
    expect(await find(forkRun(conclusion))).toEqual({ kind: 'unusable', reason: expect.stringContaining(said) });
  });

  it('a listing that is forbidden, with the permission that is missing', async () => {
    github.failNext({ path: /\/artifacts/, status: 403 });
    expect(await find(forkRun())).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('actions: read') });
  });

  it('what it quotes has no line of its own', async () => {
    const fork = forkRun();
    const text = runToJson(measured).replace('"providers":{}', '"providers":{"x\\n::error::by the fork":-1}');
    leave(zipOf({ 'run.json': text }), fork);
    const found = await find(fork);
    expect(found).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('by the fork') });
    expect(found.kind === 'unusable' && found.reason).not.toMatch(/[\n\r]/);
  });
});
