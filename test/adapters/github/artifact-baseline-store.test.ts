import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BASELINE_LIMITS, createArtifactBaselineStore } from '../../../src/adapters/github/artifact-baseline-store.ts';
import type { BaselineLimits } from '../../../src/adapters/github/artifact-search.ts';
import { createClient } from '../../../src/adapters/github/client.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import { baselineToJson } from '../../../src/archive/baseline-codec.ts';
import type { Run } from '../../../src/model/run.ts';
import { buildPoint } from '../../support/build-history.ts';
import { TOKEN } from '../../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import type { RunnerOptions } from '../../support/fake-github/fake-runner.ts';
import { close, listen } from '../../support/fake-github/rest-server.ts';
import { type FakeArtifact, type FakeRun, FORK_ID } from '../../support/fake-github/state.ts';
import { zipOf } from '../../support/fake-github/zip-builder.ts';
import { run } from '../../support/report-builders.ts';

const NAME = 'gatemark-baseline';
/** Archives by path, served as the artifact storage would. */
const archives = new Map<string, Buffer>();
/** Authorization headers that reached the storage: there must be none. */
const leaked: string[] = [];
const storage = createServer((request, response) => {
  if (request.headers.authorization !== undefined) leaked.push(request.headers.authorization);
  const archive = archives.get(request.url!);
  response.writeHead(archive === undefined ? 404 : 200).end(archive);
});

let github: FakeGithub;
let storageUrl: string;
beforeAll(async () => {
  github = await startFakeGithub({ validate: false, artifacts: false });
  storageUrl = await listen(storage);
});
afterAll(async () => {
  await github.stop();
  await close(storage);
});
beforeEach(() => {
  github.state.runs.length = 0;
  github.state.artifacts.length = 0;
  github.state.faults.length = 0;
  github.state.requests.length = 0;
  github.state.tags.clear();
  github.state.onDefaultBranch.clear();
  archives.clear();
});

const windowOf = (...ids: string[]): Run[] =>
  ids.map((id, age) => run({ id, createdAt: `2026-11-${String(20 - age).padStart(2, '0')}T10:00:00.000Z` }));
const archiveOf = (runs: readonly Run[]): Buffer => zipOf({ 'baseline.json': baselineToJson(runs) });

interface Saved {
  readonly archive?: Buffer;
  readonly run?: Partial<FakeRun>;
  readonly artifact?: Partial<FakeArtifact>;
}

/** A run of the past with a baseline; by default a trusted one. */
const save = ({ archive = archiveOf(windowOf('base')), run: record, artifact }: Saved = {}): FakeArtifact => {
  const { id } = github.state.addRun({ status: 'completed', conclusion: 'success', ...record });
  const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
  archives.set(`/${id}`, archive);
  const url = () => `${storageUrl}/${id}`;
  const added = github.state.addArtifact({ name: NAME, runId: id, size: archive.length, digest, url });
  return Object.assign(added, artifact);
};

const find = (runner: Partial<RunnerOptions> = {}, limits?: Partial<BaselineLimits>) => {
  const context = readContext(github.createRunner({ event: 'pull_request', ...runner }).env);
  const client = createClient({ token: TOKEN, apiUrl: github.apiUrl, sleep: async () => undefined });
  return createArtifactBaselineStore({ client, context, name: NAME, limits: { ...BASELINE_LIMITS, ...limits } }).find(
    10,
  );
};

const RELEASE = `${NAME}-release`;

/** A run of the past on the tag v1 of the default branch, with its release baseline; `release` says what is different. */
const saveRelease = ({ run: record, artifact, archive = archiveOf(windowOf('release')) }: Saved = {}): FakeArtifact => {
  const added = save({
    archive,
    run: { event: 'push', headBranch: 'v1', ...record },
    artifact: { name: RELEASE, ...artifact },
  });
  const { headSha } = github.state.runs.at(-1)!;
  github.state.tags.set('v1', headSha);
  github.state.onDefaultBranch.add(headSha);
  return added;
};

describe('the run of a release', () => {
  it.each(['push', 'release'])(
    'of a tag on the default branch, started by %s, is found beside the window',
    async (event) => {
      saveRelease({ run: { event } });
      save();
      expect(await find()).toMatchObject({
        kind: 'found',
        runs: [{ id: 'base' }],
        pinned: { id: 'release' },
        warnings: [],
      });
    },
  );

  it('is that of the newest artifact', async () => {
    save();
    saveRelease({ archive: archiveOf(windowOf('older')) });
    saveRelease();
    expect(await find()).toMatchObject({ pinned: { id: 'release' } });
  });

  it('is none where none was saved, without a word', async () => {
    save();
    expect(await find()).toMatchObject({ kind: 'found', pinned: undefined, warnings: [] });
  });

  it('is not looked for where there is no window: how much runs differ is not known', async () => {
    saveRelease();
    expect(await find()).toMatchObject({ kind: 'absent' });
    expect(github.state.requests.filter((each) => each.includes(RELEASE))).toEqual([]);
  });

  it('is no window, whatever it holds, and a window is no release', async () => {
    saveRelease({ artifact: { name: NAME } });
    expect(await find()).toMatchObject({
      kind: 'absent',
      skipped: [expect.stringContaining('not from the branch main')],
    });
    github.state.artifacts.length = 0;
    save();
    save({ artifact: { name: RELEASE } });
    expect(await find()).toMatchObject({
      pinned: undefined,
      warnings: [expect.stringContaining('there is no tag main')],
    });
  });

  it.each<[string, Saved, () => void, string]>([
    ["from a fork's run", { run: { headRepositoryId: FORK_ID } }, () => {}, 'another repository (a fork)'],
    ['from a pull request', { run: { event: 'pull_request' } }, () => {}, 'started by pull_request'],
    ['from a dispatch', { run: { event: 'workflow_dispatch' } }, () => {}, 'started by workflow_dispatch'],
    [
      'from another workflow',
      { run: { path: '.github/workflows/x.yml' } },
      () => {},
      'workflow .github/workflows/x.yml',
    ],
    ['from a failed run', { run: { conclusion: 'failure' } }, () => {}, 'ended with failure'],
    ['from a branch', {}, () => github.state.tags.clear(), 'there is no tag v1'],
    ['whose tag was moved', {}, () => github.state.tags.set('v1', 'f'.repeat(40)), 'names another commit by now'],
    [
      'of a commit of a side branch',
      {},
      () => github.state.onDefaultBranch.clear(),
      'its commit is not on the branch main',
    ],
    ['that has expired', { artifact: { expired: true } }, () => {}, 'has expired'],
    ['without a digest', { artifact: { digest: null } }, () => {}, 'no digest'],
    ['that is damaged', { archive: zipOf({ 'baseline.json': 'x' }) }, () => {}, 'JSON'],
  ])('%s is not taken, with a warning, and the window is', async (_, saved, change, reason) => {
    save();
    saveRelease(saved);
    change();
    const found = await find();
    expect(found).toMatchObject({ kind: 'found', runs: [{ id: 'base' }], pinned: undefined });
    expect(found.kind === 'found' && found.warnings).toEqual([expect.stringContaining(reason)]);
    expect(found.kind === 'found' && found.warnings?.[0]).toContain(`No artifact named ${RELEASE} could be used`);
  });

  it('tells of a few refused ones, and counts the rest', async () => {
    save();
    for (let i = 0; i < 5; i += 1) saveRelease({ run: { headRepositoryId: FORK_ID } });
    const found = await find();
    expect(found.kind === 'found' && found.warnings?.[0]).toMatch(/; and 2 more\.$/);
  });

  it.each([
    ['the listing', new RegExp(`artifacts.*name=${RELEASE}`)],
    ['the tag', /\/commits\/tags/],
    ['the branch', /\/compare\//],
  ])('that cannot be asked for (%s) is a warning, and the window is found', async (_, path) => {
    save();
    saveRelease();
    github.failNext({ path, status: 503, times: 99 });
    const found = await find();
    expect(found).toMatchObject({ kind: 'found', pinned: undefined });
    expect(found.kind === 'found' && found.warnings).toEqual([expect.stringContaining('could not be looked for')]);
  });
});

describe('the history of a baseline', () => {
  it('comes with the window', async () => {
    save({ archive: zipOf({ 'baseline.json': baselineToJson(windowOf('base'), [buildPoint(1)]) }) });
    expect(await find()).toMatchObject({ kind: 'found', history: [buildPoint(1)], warnings: [] });
  });

  it('that is none is left out with a warning, and the window is found', async () => {
    const text = JSON.stringify({ ...JSON.parse(baselineToJson(windowOf('base'))), history: 'none' });
    save({ archive: zipOf({ 'baseline.json': text }) });
    const found = await find();
    expect(found).toMatchObject({ kind: 'found', runs: [{ id: 'base' }], history: [] });
    expect(found.kind === 'found' && found.warnings).toEqual([
      expect.stringContaining('history in the baseline was left out'),
    ]);
  });
});

describe('a trusted baseline', () => {
  it.each(['push', 'schedule', 'workflow_dispatch'])('of a %s on the default branch is found', async (event) => {
    const { runId } = save({ archive: archiveOf(windowOf('new', 'old')), run: { event } });
    const found = await find();
    expect(found).toMatchObject({ kind: 'found', runId: String(runId), skipped: [] });
    expect(found.kind === 'found' && found.runs).toEqual(windowOf('new', 'old'));
    expect(leaked).toEqual([]);
  });

  it('is the newest one, cut to the window', async () => {
    save({ archive: archiveOf(windowOf('older')) });
    save({ archive: archiveOf(windowOf(...Array.from({ length: 12 }, (_, index) => `run-${index}`))) });
    const found = await find();
    expect(found.kind === 'found' && found.runs.map((each) => each.id)).toEqual(
      Array.from({ length: 10 }, (_, index) => `run-${index}`),
    );
  });

  it('is found behind 150 forged ones, which cost no request each', async () => {
    save();
    for (let i = 0; i < 150; i += 1) save({ run: { headRepositoryId: FORK_ID }, archive: Buffer.alloc(1) });
    const found = await find();
    expect(found).toMatchObject({ kind: 'found', runs: [{ id: 'base' }] });
    expect(found.kind === 'found' && found.skipped).toHaveLength(150);
    expect(github.state.requests.filter((each) => each.includes('/actions/runs/'))).toHaveLength(1);
  });

  it('is found when the event says nothing about the repository', async () => {
    save();
    expect(
      await find({
        event: 'workflow_dispatch',
        env: { GITHUB_REPOSITORY_ID: undefined, GITHUB_EVENT_PATH: undefined },
      }),
    ).toMatchObject({
      kind: 'found',
    });
  });

  it('is of a workflow whose path is stated with its ref', async () => {
    save({ run: { path: '.github/workflows/gatemark.yml@refs/heads/main' } });
    expect(await find({ run: { path: '.github/workflows/gatemark.yml' } })).toMatchObject({ kind: 'found' });
  });

  it('leaves out runs that were cut short', async () => {
    const cut = run({ id: 'cut', ending: { kind: 'cancelled', signal: 'SIGTERM' } });
    save({ archive: archiveOf([cut, ...windowOf('whole')]) });
    expect(await find()).toMatchObject({ kind: 'found', runs: [{ id: 'whole' }] });
  });
});

describe('a baseline that is not trusted', () => {
  it.each<[string, Saved, string]>([
    ["from a fork's run", { run: { headRepositoryId: FORK_ID } }, 'another repository (a fork)'],
    [
      "from a fork's own default branch",
      { run: { headRepositoryId: FORK_ID, headBranch: 'main', event: 'push' } },
      'a fork',
    ],
    ['from another branch', { run: { headBranch: 'feature' } }, 'not from the branch main'],
    ['from a pull request', { run: { event: 'pull_request' } }, 'started by pull_request'],
    ['from pull_request_target', { run: { event: 'pull_request_target' } }, 'started by pull_request_target'],
    ['from workflow_run', { run: { event: 'workflow_run' } }, 'started by workflow_run'],
    ['from another workflow', { run: { path: '.github/workflows/other.yml' } }, 'workflow .github/workflows/other.yml'],
    ['from a failed run', { run: { conclusion: 'failure' } }, 'ended with failure'],
    ['from a cancelled run', { run: { conclusion: 'cancelled' } }, 'ended with cancelled'],
    ['from a run under way', { run: { status: 'in_progress', conclusion: null } }, 'has not ended'],
    ['that has expired', { artifact: { expired: true } }, 'has expired'],
    ['that is too large', { artifact: { size: 2 ** 30 } }, 'more than the 33554432 allowed'],
    ['without a digest', { artifact: { digest: null } }, 'no digest'],
  ])('%s is absent, with the reason', async (_, saved, reason) => {
    const { id } = save(saved);
    const found = await find();
    expect(found).toMatchObject({ kind: 'absent', reason: expect.stringContaining('none of the 1 artifacts') });
    expect(found.kind === 'absent' && found.skipped).toEqual([expect.stringMatching(`^artifact ${id} of run \\d+: `)]);
    expect(found.kind === 'absent' && found.skipped[0]).toContain(reason);
  });

  it('of this very run is not its own baseline', async () => {
    const runner = github.createRunner({ event: 'push' });
    github.state.addArtifact({ name: NAME, runId: runner.runId, size: 1, digest: 'sha256:0', url: () => storageUrl });
    const client = createClient({ token: TOKEN, apiUrl: github.apiUrl });
    const store = createArtifactBaselineStore({ client, context: readContext(runner.env), name: NAME });
    expect(await store.find(10)).toMatchObject({ kind: 'absent', skipped: [expect.stringContaining('this very run')] });
  });

  it('of a deleted run is absent', async () => {
    save();
    github.state.runs.length = 0;
    expect(await find()).toMatchObject({ kind: 'absent', skipped: [expect.stringContaining('is gone')] });
    save();
    github.failNext({ path: /\/actions\/runs\//, status: 404, times: 9 });
    expect(await find()).toMatchObject({
      kind: 'absent',
      skipped: [expect.stringContaining('is gone'), expect.anything()],
    });
  });

  it('gives way to an older one that is', async () => {
    save();
    save({ run: { conclusion: 'failure' } });
    expect(await find()).toMatchObject({
      kind: 'found',
      runs: [{ id: 'base' }],
      skipped: [expect.stringContaining('failure')],
    });
  });
});

describe('a trusted baseline that cannot be read', () => {
  it.each<[string, Saved, string]>([
    ['another content than its digest', { artifact: { digest: `sha256:${'0'.repeat(64)}` } }, 'digest does not match'],
    [
      'an escaping entry',
      { archive: zipOf({ '../../baseline.json': baselineToJson(windowOf('x')) }) },
      'instead of baseline.json',
    ],
    ['text that is not JSON', { archive: zipOf({ 'baseline.json': 'not json' }) }, 'JSON'],
    ['JSON that is no run', { archive: zipOf({ 'baseline.json': '{"schemaVersion":1,"runs":[{"id":1}]}' }) }, 'runs'],
    ['no run', { archive: archiveOf([]) }, 'no complete run'],
    [
      'only runs that were cut short',
      { archive: archiveOf([run({ ending: { kind: 'aborted', reason: 'down' } })]) },
      'no complete run',
    ],
    [
      'an archive larger than announced',
      { archive: Buffer.alloc(5_000), artifact: { size: 10 } },
      'larger than 4000 bytes',
    ],
    ['no archive in the storage', { artifact: { url: () => `${storageUrl}/nowhere` } }, 'storage answered 404'],
  ])('for %s is unreadable, not absent', async (_, saved, reason) => {
    save(saved);
    const found = await find({}, { archiveBytes: 4_000 });
    expect(found).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining(reason) });
  });

  it('gives way to an older one that can', async () => {
    save();
    save({ artifact: { digest: 'sha256:0' } });
    expect(await find()).toMatchObject({ kind: 'found', skipped: [expect.stringContaining('digest')] });
  });
});

describe('a platform that cannot be asked', () => {
  it('with no artifact of that name says absent', async () => {
    save({ artifact: {} });
    github.state.artifacts.length = 0;
    expect(await find()).toEqual({ kind: 'absent', reason: expect.stringContaining('no artifact named'), skipped: [] });
  });

  it.each([
    ['a forbidden listing', /\/actions\/artifacts\?/, 403, 'permissions: actions: read'],
    ['a listing that is down', /\/actions\/artifacts\?/, 503, '503'],
    ['a run that is forbidden', /\/actions\/runs\//, 403, 'permissions: actions: read'],
    ['a run that is down', /\/actions\/runs\//, 500, '500'],
    ['an archive that is forbidden', /\/zip/, 403, '403'],
  ])('for %s is unreadable, never absent', async (_, path, status, reason) => {
    save();
    github.failNext({ path, status, times: 99 });
    expect(await find()).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining(reason) });
  });

  it('asks about a bounded number of candidates', async () => {
    for (let i = 0; i < 5; i += 1) save({ run: { conclusion: 'failure' } });
    expect(await find({}, { candidates: 3 })).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('newest 3'),
    });
    expect(github.state.requests.filter((each) => each.includes('/actions/runs/'))).toHaveLength(3);
  });

  it('without a workflow path cannot trust anything', async () => {
    save();
    expect(await find({ env: { GITHUB_WORKFLOW_REF: undefined } })).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('GITHUB_WORKFLOW_REF'),
    });
  });
});
