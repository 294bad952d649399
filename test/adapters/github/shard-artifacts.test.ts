import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/adapters/github/client.ts';
import { readContext, type WorkflowContext } from '../../../src/adapters/github/context.ts';
import { fetchShards } from '../../../src/adapters/github/shard-artifacts.ts';
import { shardName } from '../../../src/adapters/github/shard-names.ts';
import { runToJson } from '../../../src/archive/run-codec.ts';
import type { Run } from '../../../src/model/run.ts';
import { aShare, shareRun } from '../../support/build-fleet.ts';
import { buildRun } from '../../support/build-run.ts';
import { TOKEN } from '../../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import { close, listen } from '../../support/fake-github/rest-server.ts';
import type { FakeArtifact } from '../../support/fake-github/state.ts';
import { zipOf } from '../../support/fake-github/zip-builder.ts';

const archives = new Map<string, Buffer>();
const storage = createServer((request, response) => {
  const archive = archives.get(request.url!);
  response.writeHead(archive === undefined ? 404 : 200).end(archive);
});

let github: FakeGithub;
let storageUrl: string;
let context: WorkflowContext;
beforeAll(async () => {
  github = await startFakeGithub({ artifacts: false });
  storageUrl = await listen(storage);
});
afterAll(async () => {
  await github.stop();
  await close(storage);
  expect(github.state.violations).toEqual([]);
});
beforeEach(() => {
  github.state.artifacts.length = 0;
  archives.clear();
  context = readContext(github.createRunner({ event: 'push' }).env);
});

const originHere = () => ({ ...buildRun().origin, workflowRunId: context.runId, commit: context.sha });
const runOf = (index: number): Run => shareRun(aShare(index, { count: 4 }), { origin: originHere() });

interface Left {
  readonly index: number;
  readonly run?: Run;
  readonly attempt?: number;
  readonly key?: string;
  readonly archive?: Buffer;
  readonly artifact?: Partial<FakeArtifact>;
}

const leave = ({ index, run = runOf(index), attempt = 1, key = 'default', archive, artifact }: Left): FakeArtifact => {
  const bytes = archive ?? zipOf({ 'run.json': runToJson(run) });
  const path = `/${archives.size}`;
  archives.set(path, bytes);
  const added = github.state.addArtifact({
    name: shardName({ key, attempt }, { index, count: 4 }),
    runId: context.runId,
    size: bytes.length,
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    url: () => `${storageUrl}${path}`,
  });
  return Object.assign(added, artifact);
};

const found = (overrides: Partial<WorkflowContext> = {}) =>
  fetchShards({
    client: createClient({ token: TOKEN, apiUrl: github.apiUrl, sleep: async () => undefined }),
    context: { ...context, ...overrides },
    key: 'default',
  });

describe('the shards of a workflow run', () => {
  it('are those of its own artifacts, in their order', async () => {
    for (const index of [2, 0, 3, 1]) leave({ index });
    leave({ index: 0, key: 'other' });
    github.state.addArtifact({ name: 'gatemark-shard-default-1-of-4', runId: 1, size: 1, digest: 'x', url: () => '' });
    const { runs, problems } = await found();
    expect(runs).toEqual([0, 1, 2, 3].map(runOf));
    expect(problems).toEqual([]);
  });

  it('are found behind other artifacts, page after page', async () => {
    leave({ index: 0 });
    for (let i = 0; i < 230; i += 1)
      github.state.addArtifact({ name: `other-${i}`, runId: context.runId, size: 1, digest: 'x', url: () => '' });
    expect((await found()).runs).toHaveLength(1);
  });

  it('are of the latest attempt that has any: those of another never began with them', async () => {
    for (const index of [0, 1, 2, 3]) leave({ index });
    expect((await found({ runAttempt: 3 })).runs).toHaveLength(4);
    leave({ index: 2, attempt: 2 });
    const { runs } = await found({ runAttempt: 3 });
    expect(runs.map(({ share }) => share!.index)).toEqual([2]);
    expect((await found({ runAttempt: 1 })).runs).toHaveLength(4);
  });

  const spoilt: readonly (readonly [why: string, left: () => Partial<Left>, said: string])[] = [
    ['expired', () => ({ artifact: { expired: true } }), 'it has expired'],
    ['too large', () => ({ artifact: { size: 2 ** 30 } }), 'bytes large'],
    ['without a digest', () => ({ artifact: { digest: null } }), 'no digest'],
    ['of another digest', () => ({ artifact: { digest: `sha256:${'0'.repeat(64)}` } }), 'digest does not match'],
    ['no archive', () => ({ archive: Buffer.from('no zip at all') }), 'not a zip archive'],
    ['with another file', () => ({ archive: zipOf({ '../run.json': '{}' }) }), 'instead of run.json'],
    ['with two files', () => ({ archive: zipOf({ 'run.json': '{}', more: '' }) }), 'holds 2 entries'],
    ['no run', () => ({ archive: zipOf({ 'run.json': '{"schemaVersion":1}' }) }), 'cannot be read'],
    ['a whole run', () => ({ run: buildRun({ origin: originHere() }) }), 'no share of a load'],
    ['another share', () => ({ run: runOf(3) }), 'it holds share 4 of 4'],
    ['of another workflow run', () => ({ run: shareRun(aShare(1, { count: 4 })) }), 'of another workflow run'],
    [
      'of another commit',
      () => ({ run: shareRun(aShare(1, { count: 4 }), { origin: { ...originHere(), commit: 'other' } }) }),
      'of another commit',
    ],
  ];
  it.each(spoilt)('are not used when %s, and that is said', async (_, left, said) => {
    leave({ index: 0 });
    leave({ index: 1, ...left() });
    const { runs, problems } = await found();
    expect(runs).toEqual([runOf(0)]);
    expect(problems).toEqual([expect.stringContaining(said)]);
    expect(problems[0]).toContain('gatemark-shard-default-2-of-4');
  });

  it('that are none, or none that can be used, are no run', async () => {
    await expect(found()).rejects.toMatchObject({ code: 'unmeasurable', message: expect.stringContaining('no shard') });
    leave({ index: 1, artifact: { expired: true } });
    await expect(found()).rejects.toMatchObject({ code: 'unmeasurable', message: expect.stringContaining('expired') });
  });

  it('that may not be looked for name the permission', async () => {
    github.failNext({ path: /runs.*artifacts/, status: 403, times: 9, body: { message: 'Resource not accessible' } });
    await expect(found()).rejects.toMatchObject({ code: 'github', hint: expect.stringContaining('actions: read') });
    github.state.faults.length = 0;
  });
});
