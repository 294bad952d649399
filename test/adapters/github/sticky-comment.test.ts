import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/adapters/github/client.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import { publishComment, type StickyComment } from '../../../src/adapters/github/sticky-comment.ts';
import { TOKEN } from '../../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import type { RunnerOptions } from '../../support/fake-github/fake-runner.ts';
import { BOT_LOGIN } from '../../support/fake-github/state.ts';

const MARKER = '<!-- gatemark:default -->';
const COMMENTS = /\/issues\/7\/comments/;

let github: FakeGithub;
let waits: number[];
beforeAll(async () => {
  github = await startFakeGithub({ validate: false, artifacts: false });
});
afterAll(() => github.stop());
beforeEach(() => {
  github.state.comments.length = 0;
  github.state.faults.length = 0;
  github.state.requests.length = 0;
  github.state.viewer = BOT_LOGIN;
  waits = [];
});

const sleep = async (ms: number) => {
  waits.push(ms);
};

const publish = (overrides: Partial<StickyComment> = {}, runner: Partial<RunnerOptions> = {}, token = TOKEN) => {
  const context = readContext(github.createRunner({ event: 'pull_request', ...runner }).env);
  const client = createClient({ token, apiUrl: github.apiUrl, sleep });
  const render = () => `${MARKER}\nnew`;
  return publishComment({ client, context, number: 7, marker: MARKER, render, create: true, sleep, ...overrides });
};

const bodies = () => github.state.comments.map((each) => each.body);
const requestsOf = (method: string) =>
  github.state.requests.filter((each) => each.startsWith(`${method} /repos`)).length;

describe('the sticky comment', () => {
  it('is created, then updated in place', async () => {
    const created = await publish();
    const updated = await publish({ render: () => `${MARKER}\nnewer` });
    expect(created).toEqual({ kind: 'done', url: expect.stringContaining('/pull/7#issuecomment-') });
    expect(updated).toEqual(created);
    expect(bodies()).toEqual([`${MARKER}\nnewer`]);
  });

  it('is found behind 250 other comments', async () => {
    for (let i = 0; i < 250; i += 1) github.state.addComment({ issue: 7, login: 'dev', body: `hello ${i}` });
    github.state.addComment({ issue: 7, login: BOT_LOGIN, body: `${MARKER}\nold` });
    await publish();
    expect(github.state.comments).toHaveLength(251);
    expect(bodies().at(-1)).toBe(`${MARKER}\nnew`);
    expect(requestsOf('GET')).toBe(3);
  });

  it.each([
    ['of somebody else with our marker', { issue: 7, login: 'mallory', body: `${MARKER}\nforged` }],
    ['of another bot with our marker', { issue: 7, login: 'other[bot]', body: `${MARKER}\nforged` }],
    ['of a person named like the bot', { issue: 7, login: 'github-actions', body: `${MARKER}\nforged` }],
    ['of ours with another key', { issue: 7, login: BOT_LOGIN, body: '<!-- gatemark:other -->\nold' }],
    ['of ours that quotes the marker', { issue: 7, login: BOT_LOGIN, body: `> ${MARKER}\nquoted` }],
    ['on another pull request', { issue: 8, login: BOT_LOGIN, body: `${MARKER}\nold` }],
  ])('leaves a comment %s alone', async (_, other) => {
    github.state.addComment(other);
    await publish();
    expect(bodies()).toEqual([other.body, `${MARKER}\nnew`]);
  });

  it("is told by the app's name when the token is an app's", async () => {
    github.state.viewer = 'my-app[bot]';
    github.state.addComment({ issue: 7, login: 'my-app[bot]', body: `${MARKER}\nold` });
    await publish();
    expect(bodies()).toEqual([`${MARKER}\nnew`]);
  });

  it('updates the oldest of several and leaves the rest', async () => {
    for (const body of ['first', 'second'])
      github.state.addComment({ issue: 7, login: BOT_LOGIN, body: `${MARKER}\n${body}` });
    await publish();
    expect(bodies()).toEqual([`${MARKER}\nnew`, `${MARKER}\nsecond`]);
  });

  it('is updated but not created when only an existing one is wanted', async () => {
    expect(await publish({ create: false })).toMatchObject({ kind: 'skipped' });
    expect(bodies()).toEqual([]);
    await publish();
    expect(await publish({ create: false, render: () => `${MARKER}\ngreen again` })).toMatchObject({ kind: 'done' });
    expect(bodies()).toEqual([`${MARKER}\ngreen again`]);
  });

  it('is rendered smaller until GitHub takes it', async () => {
    const asked: number[] = [];
    const render = (maxChars: number) => {
      asked.push(maxChars);
      return maxChars > 20_000 ? 'x'.repeat(70_000) : `${MARKER}\nsmall`;
    };
    expect(await publish({ render })).toMatchObject({ kind: 'done' });
    expect(asked).toEqual([64_000, 30_000, 10_000]);
    expect(bodies()).toEqual([`${MARKER}\nsmall`]);
    expect(await publish({ render: () => 'x'.repeat(70_000) })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('too long'),
    });
  });
});

describe('a comment that GitHub does not take', () => {
  const forbidden = { message: 'Resource not accessible by integration' };

  it.each([
    ['a missing permission', 'POST', 403, {}, 'pull-requests: write'],
    ['a listing that is forbidden', 'GET', 403, {}, 'pull-requests: write'],
    ['a repository that is not visible', 'GET', 404, {}, 'pull-requests: write'],
    ['the token of a fork', 'POST', 403, { fork: true }, "a fork's pull request can only read"],
    ['the token of Dependabot', 'POST', 403, { actor: 'dependabot[bot]' }, 'a Dependabot pull request can only read'],
  ])('for %s is refused with a hint, after one try', async (_, method, status, runner, hint) => {
    github.failNext({ method, path: COMMENTS, status, body: forbidden, times: 9 });
    const result = await publish({}, runner);
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining(hint) });
    expect(result).toMatchObject({ reason: expect.stringContaining(`${status} Resource not accessible`) });
    expect(waits).toEqual([]);
  });

  it('for a bad token is refused without showing it', async () => {
    const result = await publish({}, {}, 'ghs_wrongToken');
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining('401 Bad credentials') });
    expect(JSON.stringify(result)).not.toContain('ghs_wrongToken');
  });

  it('for a limit that lasts is refused, and not blamed on a permission', async () => {
    const body = { message: 'API rate limit exceeded for installation.' };
    github.failNext({ path: COMMENTS, status: 403, headers: { 'retry-after': '3000' }, body });
    const result = await publish();
    expect(result).toEqual({ kind: 'refused', reason: expect.stringMatching(/rate limit exceeded[^:]*$/) });
    expect(waits).toEqual([]);
  });

  it('for a platform that stays down is refused, and the waits are bounded', async () => {
    github.failNext({ path: /./, status: 503, times: 99 });
    expect(await publish()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('503') });
    expect(waits).toEqual([1_000, 3_000, 9_000]);
  });
});

describe('a platform that stumbles', () => {
  it.each([
    ['a limit with retry-after', 'POST', { status: 403, headers: { 'retry-after': '2' } }, [2_000]],
    ['a 429', 'GET', { status: 429, headers: { 'retry-after': '1' } }, [1_000]],
    [
      'a secondary limit',
      'POST',
      { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
      [60_000],
    ],
    ['a 502 of the listing', 'GET', { status: 502 }, [1_000]],
    ['a 502 of the create', 'POST', { status: 502 }, [2_000]],
  ])('with %s is asked again', async (_, method, fault, expected) => {
    github.failNext({ method, path: COMMENTS, ...fault });
    expect(await publish()).toMatchObject({ kind: 'done' });
    expect(waits).toEqual(expected);
    expect(bodies()).toEqual([`${MARKER}\nnew`]);
  });

  it('with a create whose answer is lost does not get a second comment', async () => {
    github.failNext({ method: 'POST', path: COMMENTS, status: 502, after: true });
    expect(await publish()).toMatchObject({ kind: 'done' });
    expect(bodies()).toEqual([`${MARKER}\nnew`]);
    expect([requestsOf('POST'), requestsOf('PATCH')]).toEqual([1, 1]);
  });

  it('with an update whose answer is lost is asked again', async () => {
    await publish();
    github.failNext({ method: 'PATCH', path: /comments/, status: 502, after: true });
    expect(await publish()).toMatchObject({ kind: 'done' });
    expect(waits).toEqual([1_000]);
    expect(bodies()).toEqual([`${MARKER}\nnew`]);
  });
});
