import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/adapters/github/client.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import { findOverride, type OverrideOptions } from '../../../src/adapters/github/find-override.ts';
import { TOKEN } from '../../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import type { RunnerOptions } from '../../support/fake-github/fake-runner.ts';
import type { FakeLabelling } from '../../support/fake-github/state.ts';

const LABEL = 'gatemark-override';
const RUN_AT = '2026-11-02T10:00:00Z';
const AFTER = '2026-11-02T10:05:00Z';
const BEFORE = '2026-11-02T09:55:00Z';

let github: FakeGithub;
beforeAll(async () => {
  github = await startFakeGithub({ artifacts: false });
  github.state.permissions.set('owner', 'admin').set('maintainer', 'write').set('outsider', 'none');
});
afterAll(async () => {
  await github.stop();
  expect(github.state.violations).toEqual([]);
});
beforeEach(() => {
  github.state.labels.clear();
  github.state.labellings.length = 0;
  github.state.faults.length = 0;
});

const set = (labelling: Partial<FakeLabelling> = {}): void => {
  const added = { issue: 7, label: LABEL, by: 'maintainer', at: AFTER, ...labelling };
  github.state.labels.set(added.issue, ['bug', added.label]);
  github.state.labellings.push(added);
};

const find = (options: Partial<OverrideOptions> = {}, runner: Partial<RunnerOptions> = {}) =>
  findOverride({
    client: createClient({ token: TOKEN, apiUrl: github.apiUrl, sleep: async () => undefined }),
    context: readContext(github.createRunner({ event: 'pull_request', run: { createdAt: RUN_AT }, ...runner }).env),
    number: 7,
    label: LABEL,
    runCreatedAt: undefined,
    ...options,
  });

describe('the label that overrides a failure', () => {
  it.each([['maintainer'], ['owner']])('counts when %s sets it, who may write', async (by) => {
    set({ by });
    expect(await find()).toEqual({ kind: 'found', override: { label: LABEL, by, at: AFTER } });
  });

  it('is not there where nobody set it, on any other pull request, or after it was taken off', async () => {
    expect(await find()).toEqual({ kind: 'none' });
    set({ issue: 8 });
    set({ label: 'another' });
    expect(await find()).toEqual({ kind: 'none' });
    set();
    github.state.labels.set(7, []);
    expect(await find()).toEqual({ kind: 'none' });
  });

  it('is the same in other letters, as GitHub has it', async () => {
    set({ label: 'Gatemark-Override' });
    expect(await find()).toMatchObject({ kind: 'found' });
  });

  it('counts as it was last set', async () => {
    set();
    set({ by: 'outsider' });
    expect(await find()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('outsider') });
    set();
    expect(await find()).toMatchObject({ kind: 'found' });
  });

  it.each<[string, Partial<FakeLabelling>, string]>([
    [
      'somebody who may only read',
      { by: 'reader' },
      'reader set it, who has no write access to this repository (read)',
    ],
    ['a stranger', { by: 'outsider' }, 'outsider set it, who has no write access to this repository (none)'],
    ['a bot', { by: 'labeler[bot]' }, 'set by an app (labeler[bot])'],
    ['an app in the name of a maintainer', { viaApp: true }, 'set by an app (maintainer)'],
    ['an account that is gone', { by: null }, 'does not say who set it'],
  ])('does not count when it was set by %s', async (_, labelling, said) => {
    set(labelling);
    expect(await find()).toEqual({ kind: 'refused', reason: expect.stringContaining(said) });
  });
});

describe('what the label was set for', () => {
  it.each([
    ['before the run of the commit', BEFORE, 'refused'],
    ['in the same second', RUN_AT, 'refused'],
    ['after it', AFTER, 'found'],
  ])('set %s', async (_, at, kind) => {
    set({ at });
    expect((await find()).kind).toBe(kind);
  });

  it('is the commit of the run that it started', async () => {
    set({ at: BEFORE });
    expect((await find({}, { startedByLabel: LABEL })).kind).toBe('found');
    expect((await find({}, { startedByLabel: 'bug' })).kind).toBe('refused');
  });

  it('is told by the run that measured, where that is another one', async () => {
    set();
    expect((await find({ runCreatedAt: '2026-11-02T11:00:00Z' })).kind).toBe('refused');
    expect((await find({ runCreatedAt: RUN_AT }, { run: { createdAt: '2026-11-02T11:00:00Z' } })).kind).toBe('found');
  });

  it('is said to be set anew for a newer commit', async () => {
    set({ at: BEFORE });
    expect(await find()).toMatchObject({
      reason: expect.stringMatching(/set it on .*09:55.*removes it, sets it again/),
    });
  });
});

describe('what cannot be looked up', () => {
  it.each([
    ['the labels', /\/labels/],
    ['who set it', /\/timeline/],
    ['what that person may do', /\/permission/],
    ['when the run began', /\/actions\/runs\/\d+$/],
  ])('%s: does not count, and says which permissions it takes', async (_, path) => {
    set();
    github.failNext({ path, status: 403, body: { message: 'Resource not accessible by integration' } });
    expect(await find()).toEqual({ kind: 'refused', reason: expect.stringContaining('actions: read') });
  });
});
