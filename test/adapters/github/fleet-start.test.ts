import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { saveBaseline } from '../../../src/adapters/github/artifact-upload.ts';
import { agreeOnStart, type StartRequest } from '../../../src/adapters/github/fleet-start.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import { run } from '../../support/report-builders.ts';

let github: FakeGithub;
beforeAll(async () => {
  github = await startFakeGithub({ validate: false });
});
afterAll(() => github.stop());

// The artifact client reads the environment of the process, and talks on its standard output.
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
  vi.restoreAllMocks();
});
const enter = (env: Readonly<Record<string, string | undefined>> = {}): void => {
  process.env = { ...github.createRunner({ event: 'push', env }).env };
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
};

const ask = (startAtMs: number, overrides: Partial<StartRequest> = {}) =>
  agreeOnStart({
    name: 'gatemark-start-default',
    proposal: () => ({ startAtMs, configDigest: 'd', seed: 's', count: 5 }),
    isShy: false,
    signal: new AbortController().signal,
    ...overrides,
  });

describe('the common start', () => {
  it('is decided once, however close the shards come', async () => {
    enter();
    const all = await Promise.all([1_000, 2_000, 3_000, 4_000, 5_000].map((at, i) => ask(at, { isShy: i > 2 })));
    expect(new Set(all.map((start) => JSON.stringify(start))).size).toBe(1);
    expect(all[0]).toMatchObject({ configDigest: 'd', seed: 's', count: 5 });
    expect(github.state.artifacts.filter(({ name }) => name === 'gatemark-start-default')).toHaveLength(1);
  });

  it('holds for whoever comes later, who proposes nothing', async () => {
    enter();
    await ask(1_000);
    const proposal = vi.fn();
    expect(await ask(0, { proposal })).toMatchObject({ startAtMs: 1_000 });
    expect(proposal).not.toHaveBeenCalled();
  });

  it('is one of its own for every workflow run and name', async () => {
    enter();
    expect((await ask(1_000)).startAtMs).toBe(1_000);
    expect((await ask(2_000, { name: 'gatemark-start-other' })).startAtMs).toBe(2_000);
    enter();
    expect((await ask(3_000)).startAtMs).toBe(3_000);
  });

  it.each<[string, () => void, RegExp]>([
    ['of another digest', () => (github.state.artifacts.at(-1)!.digest = 'sha256:0'), /digest .* does not match/],
    ['too large', () => (github.state.artifacts.at(-1)!.size = 1e9), /not what a shard left/],
  ])('is not read from an artifact %s', async (_, spoil, message) => {
    enter();
    await ask(1_000);
    spoil();
    await expect(ask(2_000)).rejects.toMatchObject({ code: 'artifact', message: expect.stringMatching(message) });
  });

  it('is not read from an artifact of something else', async () => {
    enter();
    await saveBaseline('gatemark-start-default', { runs: [run()], history: [] });
    await expect(ask(2_000)).rejects.toMatchObject({ code: 'artifact' });
  });

  it('cannot be agreed on without an artifact service', async () => {
    enter({ ACTIONS_RUNTIME_TOKEN: undefined });
    await expect(ask(1_000)).rejects.toMatchObject({
      code: 'artifact',
      hint: expect.stringContaining('artifact service'),
    });
  });
});
