import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT, exitOfVerdict } from '../../src/app/exit-status.ts';
import type { Status } from '../../src/model/verdict.ts';
import { type FinishedJob, type JobOptions, runJob, startJob } from '../support/action-job.ts';
import { type ReferenceGateway, startReferenceGateway } from '../support/bundle-process.ts';
import { startCountingServer } from '../support/counting-server.ts';
import { TOKEN } from '../support/fake-github/edge-server.ts';
import { type FakeGithub, startFakeGithub } from '../support/fake-github/fake-github.ts';
import { obeyedPart } from '../support/fake-github/fake-runner.ts';
import { BOT_LOGIN, type FakeComment } from '../support/fake-github/state.ts';
import { entriesIn } from '../support/fake-github/zip-builder.ts';

/**
 * One seed, so that every run sends the same requests and the providers draw the same latencies for them: runs differ by the
 * machine alone. Users instead of a rate, and limits at about twice a healthy p75 of 260 ms, so that a busy machine is neither
 * a late generator nor a regression. The fault puts 400 ms on half of the requests: p75 becomes some 600 ms.
 */
const CHAT = `
version: 1
seed: the same requests every time
gateway:
  url: http://gateway.invalid
  headers: { authorization: "Bearer \${env.GATEWAY_KEY}", X-Tenant-ID: pro-tier, X-Cache-Enabled: "false" }
limits: { requests: 1000, duration: 30s, concurrency: 20 }
scenarios:
  chat:
    load: { users: 12, duration: 2500ms, warmup: 0s }
    endpoint: chat
    body: { model: gpt-4o, messages: [{ role: user, content: "Draft an answer to ticket \${seq}." }] }
    slo: [p75 < 480ms, error_rate < 5%]
regression: { metrics: [p75], min_change: 40%, confidence: 95% }
`;

/** As little as gives a verdict, where what is done with it is the matter. */
const SHORT = CHAT.replace('users: 12, duration: 2500ms', 'users: 3, duration: 1s').replace('p75 < 480ms, ', '');

const MARKER = '<!-- gatemark:default -->';
const FORBIDDEN = { status: 403, body: { message: 'Resource not accessible by integration' } };

let github: FakeGithub;
let gateway: ReferenceGateway;
let slow: ReferenceGateway;

beforeAll(async () => {
  [github, gateway, slow] = await Promise.all([
    startFakeGithub(),
    startReferenceGateway(),
    startReferenceGateway('--fault', 'slow'),
  ]);
});

afterAll(async () => {
  await Promise.all([github?.stop(), gateway?.stop(), slow?.stop()]);
  expect(github.state.violations).toEqual([]);
});

/** A job against a reference gateway. */
const run = ({ at = gateway, inputs, env, ...options }: JobOptions & { readonly at?: ReferenceGateway }) =>
  runJob(github, {
    config: CHAT,
    ...options,
    inputs: { 'gateway-url': at.url, ...inputs },
    env: { GATEWAY_KEY: at.key, ...env },
  });

const commentsOn = (issue: number): FakeComment[] => github.state.comments.filter((each) => each.issue === issue);
const ours = (issue: number): FakeComment[] => commentsOn(issue).filter((each) => each.login === BOT_LOGIN);
const requestsTo = (part: string): string[] => github.state.requests.filter((each) => each.includes(part));
const messagesOf = (job: FinishedJob, name: string): string[] =>
  job.commands.filter((each) => each.name === name).map((each) => each.message);

const artifactsOf = (job: FinishedJob): string[] =>
  github.state.artifacts.filter((each) => each.runId === job.runner.runId).map((each) => each.name);

/** False when the machine was too busy: the gate then must say so itself, and the rest cannot be tested with this run. */
const wasMeasured = (job: FinishedJob): boolean => {
  if (job.report!.generator.healthy) return true;
  expect([job.outputs.verdict, job.status]).toEqual(['invalid', EXIT.invalid]);
  return false;
};
const TOO_BUSY = 'the machine was too busy to measure';

describe('from the first push to a regression', () => {
  const SAVING = ['push', 'schedule', 'push', 'workflow_dispatch', 'push'] as const;
  const saved: FinishedJob[] = [];
  const unmeasured: FinishedJob[] = [];
  let early: FinishedJob;
  let healthy: FinishedJob & { readonly comment: string };
  let regressed: FinishedJob;

  /** Whoever could not be measured is no baseline; then another run has to be. */
  const fillWindow = async (size: number): Promise<void> => {
    while (saved.length < size && unmeasured.length < 5) {
      const job = await run({ event: SAVING[saved.length]! });
      (wasMeasured(job) ? saved : unmeasured).push(job);
    }
  };

  // One after the other: each finds what the one before it left, and they measure.
  beforeAll(async () => {
    await fillWindow(2);
    early = await run({ event: 'pull_request', number: 5, at: slow, inputs: { 'fail-on': 'regression' } });
    await fillWindow(SAVING.length);
    github.state.addComment({ issue: 7, login: 'mallory', body: `${MARKER}\nAll is well, merge it.` });
    for (let talk = 0; talk < 120; talk += 1) github.state.addComment({ issue: 7, login: 'dev', body: `${talk}` });
    const first = await run({ event: 'pull_request' });
    healthy = { ...first, comment: ours(7)[0]?.body ?? '' };
    regressed = await run({ event: 'pull_request', at: slow });
  }, 180_000);

  it.for(SAVING.map((event, index) => [event, index] as const))(
    'a %s run on the default branch passes and joins the window (%i earlier)',
    ([, index], { skip }) => {
      const job = saved[index] ?? skip(TOO_BUSY);
      expect([job.outputs.verdict, job.status, job.report!.reasons]).toEqual(['pass', EXIT.passed, expect.anything()]);
      expect(job.outputs['baseline-run-id']).toBe(index === 0 ? '' : String(saved[index - 1]!.runner.runId));
      expect(job.outputs['comment-url']).toBe('');
      expect(artifactsOf(job).sort()).toEqual(['gatemark-baseline', 'gatemark-run-default']);
      const baseline = index === 0 ? 'no baseline to compare with yet' : `Compared with ${index} earlier run`;
      expect(job.summary).toContain(baseline);
    },
  );

  it('a run that could not be measured saves no baseline', () => {
    for (const job of unmeasured) expect(artifactsOf(job)).toEqual(['gatemark-run-default']);
  });

  it('with fewer than five runs a regression is shown, and never fails', ({ skip }) => {
    skip(saved.length < 2 || !wasMeasured(early), TOO_BUSY);
    expect([early.outputs.verdict, early.status]).toEqual(['inconclusive', EXIT.passed]);
    const p75 = early.report!.regressions.find((each) => each.metric === 'p75')!;
    expect(p75).toMatchObject({ verdict: 'inconclusive', gating: false });
    expect(p75.change).toBeGreaterThan(0.4);
    expect(ours(5)[0]!.body).toContain('Changes are shown, but fail the gate only from 5 runs on.');
    // The SLO that fail-on leaves out is told all the same.
    expect(JSON.parse(early.outputs.summary!)).toMatchObject({ slos: { fail: 1 } });
    expect(messagesOf(early, 'error')).toEqual([]);
  });

  it('a pull request finds the newest baseline and comments', ({ skip }) => {
    skip(saved.length < SAVING.length || !wasMeasured(healthy), TOO_BUSY);
    expect([healthy.outputs.verdict, healthy.status]).toEqual(['pass', EXIT.passed]);
    expect(healthy.outputs['baseline-run-id']).toBe(String(saved.at(-1)!.runner.runId));
    expect(healthy.comment).toMatch(new RegExp(`^${MARKER}\n✅ \\*\\*Gatemark: pass\\*\\*`));
    expect(healthy.comment).toContain('compared with 5 runs');
    expect(messagesOf(healthy, 'error')).toEqual([]);
  });

  it('a pull request saves its report files, and no baseline', () => {
    expect(artifactsOf(healthy)).toEqual(['gatemark-run-default']);
    const artifact = github.state.artifacts.find((each) => each.runId === healthy.runner.runId)!;
    expect(healthy.outputs['run-artifact-id']).toBe(String(artifact.id));
  });

  it('its comment is updated in place, behind a page of others, and nobody else’s is touched', () => {
    expect(ours(7)).toHaveLength(1);
    const [{ id, body }] = ours(7) as [FakeComment];
    const url = `https://github.com/acme/gateway/pull/7#issuecomment-${id}`;
    expect([healthy.outputs['comment-url'], regressed.outputs['comment-url']]).toEqual([url, url]);
    expect([body.startsWith(MARKER), body === healthy.comment]).toEqual([true, false]);
    expect(commentsOn(7)[0]!.body).toBe(`${MARKER}\nAll is well, merge it.`);
    expect(requestsTo('/issues/7/comments?per_page=100&page=2')).toHaveLength(2);
    expect(requestsTo(`PATCH /repos/acme/gateway/issues/comments/${id}`)).toHaveLength(1);
  });

  it('a regression fails the gate', ({ skip }) => {
    skip(saved.length < SAVING.length || !wasMeasured(regressed), TOO_BUSY);
    expect([regressed.outputs.verdict, regressed.status]).toEqual(['fail', EXIT.failed]);
    expect(regressed.outputs['baseline-run-id']).toBe(String(saved.at(-1)!.runner.runId));
    expect(regressed.report!.regressions.find((each) => each.metric === 'p75')).toMatchObject({
      gating: true,
      verdict: 'fail',
    });
    expect(regressed.report!.slos.map((each) => [each.text, each.verdict])).toEqual([
      ['p75 < 480ms', 'fail'],
      ['error_rate < 5%', 'pass'],
    ]);
  });

  it('a regression is annotated', ({ skip }) => {
    skip(saved.length < SAVING.length || !wasMeasured(regressed), TOO_BUSY);
    const titles = regressed.commands.filter((each) => each.name === 'error').map((each) => each.properties.title);
    expect(titles).toEqual(['SLO missed: chat p75 < 480ms', 'Regression: chat p75', undefined]);
    expect(messagesOf(regressed, 'error').at(-1)).toBe('Gatemark: fail');
  });

  it('a regression is in comment, summary and outputs alike', ({ skip }) => {
    skip(saved.length < SAVING.length || !wasMeasured(regressed), TOO_BUSY);
    for (const text of [ours(7)[0]!.body, regressed.summary])
      expect(text).toMatch(new RegExp(`^${MARKER}\n❌ \\*\\*Gatemark: fail\\*\\*`));
    expect(regressed.summary).toContain('<details open>');
    expect(JSON.parse(regressed.outputs.summary!)).toMatchObject({
      verdict: 'fail',
      slos: { pass: 1, fail: 1, inconclusive: 0, invalid: 0 },
      regressions: { pass: 0, fail: 1, inconclusive: 0, invalid: 0 },
      baseline: 'stored',
    });
    expect(JSON.parse(regressed.outputs.summary!).reasons).toEqual(regressed.report!.reasons);
  });
});

/** Whatever the verdict of a short burst is: it alone decides about the exit. */
const expectUnharmed = (job: FinishedJob): void => {
  expect(['pass', 'invalid']).toContain(job.outputs.verdict);
  expect(job.status).toBe(exitOfVerdict(job.outputs.verdict as Status, []));
  expect(job.summary).toContain('Gatemark');
};

describe('what GitHub refuses or fails at', () => {
  const jobs = new Map<string, FinishedJob>();
  const start = async (name: string, options: JobOptions): Promise<void> => {
    jobs.set(name, await run({ config: SHORT, ...options }));
  };

  beforeAll(async () => {
    github.failNext({ method: 'POST', path: /\/issues\/10\/comments/, ...FORBIDDEN });
    github.failNext({ method: 'POST', path: /\/issues\/11\/comments/, ...FORBIDDEN });
    github.failNext({ path: /artifacts\?name=not-readable/, times: 9, ...FORBIDDEN });
    github.failNext({ path: /artifacts\?name=stumbling/, status: 502 });
    github.failNext({ method: 'GET', path: /\/issues\/13\/comments/, status: 500 });
    github.failNext({ method: 'POST', path: /\/issues\/13\/comments/, status: 403, headers: { 'retry-after': '1' } });
    const forge = { 'save-baseline': 'always', 'baseline-name': 'forged' };
    await Promise.all([
      start('no token', { event: 'push', env: { 'INPUT_GITHUB-TOKEN': '' }, inputs: { comment: 'always' } }),
      start('forbidden', {
        event: 'pull_request',
        number: 10,
        inputs: { 'baseline-name': 'not-readable', 'save-baseline': 'always' },
      }),
      start('fork', { event: 'pull_request', number: 11, fork: true, inputs: forge }),
    ]);
    await Promise.all([
      start('forged', { event: 'pull_request', number: 12, inputs: { 'baseline-name': 'forged' } }),
      start('stumbling', { event: 'pull_request', number: 13, inputs: { 'baseline-name': 'stumbling' } }),
      start('merge group', { event: 'merge_group', number: 14, inputs: { comment: 'always' } }),
      start('tag', {
        event: 'push',
        env: { GITHUB_REF: 'refs/tags/v1' },
        inputs: { 'baseline-name': 'tagged', comment: 'never' },
      }),
    ]);
  });

  it('no token is a warning, and replaces no baseline', () => {
    const job = jobs.get('no token')!;
    expectUnharmed(job);
    expect(messagesOf(job, 'warning')).toEqual([expect.stringContaining('there is no github-token to comment with')]);
    expect(job.outputs).toMatchObject({ 'comment-url': '', 'baseline-run-id': '' });
    expect(job.stdout).toContain('the earlier baseline is kept');
  });

  it('a forbidden comment and a forbidden baseline are warnings that name the permission', () => {
    const job = jobs.get('forbidden')!;
    expectUnharmed(job);
    expect(messagesOf(job, 'warning')).toEqual([expect.stringContaining('pull-requests: write')]);
    expect(commentsOn(10)).toEqual([]);
    expect(job.report!.baseline.kind).toBe('unreadable');
    expect(job.summary).toContain('The job needs permissions: actions: read');
    expect(github.state.artifacts.filter((each) => each.name === 'not-readable')).toEqual([]);
  });

  it('the token of a fork’s pull request may not comment, and that is a warning that says why', () => {
    const job = jobs.get('fork')!;
    expectUnharmed(job);
    expect(messagesOf(job, 'warning')).toEqual([
      expect.stringContaining("The token of a fork's pull request can only read"),
    ]);
  });

  it('the baseline that a fork’s run uploaded is refused', ({ skip }) => {
    const fork = jobs.get('fork')!;
    skip(!wasMeasured(fork), TOO_BUSY);
    expect(github.state.artifacts.filter((each) => each.name === 'forged').map((each) => each.runId)).toEqual([
      fork.runner.runId,
    ]);
    const job = jobs.get('forged')!;
    expectUnharmed(job);
    expect(job.report!.baseline.kind).toBe('untrusted');
    expect(job.outputs['baseline-run-id']).toBe('');
    expect(ours(12)[0]!.body).toContain('it comes from another repository (a fork)');
  });

  it('a rate limit and 5xx are tried again', () => {
    const job = jobs.get('stumbling')!;
    expectUnharmed(job);
    expect(requestsTo('artifacts?name=stumbling')).toHaveLength(2);
    expect(requestsTo('GET /repos/acme/gateway/issues/13/comments')).toHaveLength(2);
    expect(requestsTo('POST /repos/acme/gateway/issues/13/comments')).toHaveLength(2);
    expect(ours(13)).toHaveLength(1);
    expect(messagesOf(job, 'warning')).toEqual([]);
    expect(job.report!.baseline.kind).toBe('absent');
  });

  it('a run for a tag is kept as that of the release, and is no part of a window', ({ skip }) => {
    const job = jobs.get('tag')!;
    skip(!wasMeasured(job), TOO_BUSY);
    expectUnharmed(job);
    expect(artifactsOf(job).sort()).toEqual(['gatemark-run-default', 'tagged-release']);
  });

  it('a merge group comments on its pull request if told to, and is no baseline', () => {
    const job = jobs.get('merge group')!;
    expectUnharmed(job);
    expect(ours(14)).toHaveLength(1);
    expect(artifactsOf(job)).toEqual(['gatemark-run-default']);
  });
});

describe('secrets', () => {
  const KEY = 'sk-live-0123456789/abc+def==';
  let job: FinishedJob;
  let texts: Readonly<Record<string, string>>;

  beforeAll(async () => {
    // A gateway that says the key wherever a gateway says something, once so that a limit of length falls within it.
    const server = createServer((request, response) => {
      request.resume();
      const key = request.headers.authorization!.replace('Bearer ', '');
      const number = Number(request.headers['x-number']);
      response.setHeader('x-upstream-provider', `provider-${key}`);
      response.setHeader('x-request-id', key);
      response.setHeader('content-type', 'application/json');
      const padding = number % 2 === 0 ? ' ' : 'x'.repeat(165);
      const message = `bad key ${padding}${key} (${encodeURIComponent(key)})\n::error::by the gateway ##[error]by the gateway`;
      response.statusCode = number % 3 === 0 ? 200 : 401;
      const answer = { model: `model-${key}`, choices: [{ message: { content: key }, finish_reason: 'stop' }] };
      response.end(JSON.stringify(response.statusCode === 200 ? answer : { error: { message } }));
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const { port } = server.address() as { port: number };
    github.state.pulls.set('abcabcabcabcabcabcabcabcabcabcabcabcabca', [{ number: 20, state: 'open' }]);
    job = await runJob(github, {
      event: 'push',
      config: SHORT.replace('X-Tenant-ID: pro-tier', 'X-Number: "${seq}"').replace('users: 3', 'users: 3, think: 50ms'),
      inputs: { 'gateway-url': `http://127.0.0.1:${port}`, comment: 'always', 'baseline-name': 'secretive' },
      env: { GATEWAY_KEY: KEY },
    });
    server.closeAllConnections();
    server.close();
    const archives = github.state.artifacts.filter((each) => each.runId === job.runner.runId);
    const entries = await Promise.all(
      archives.map(async (each) =>
        Object.entries(entriesIn(Buffer.from(await (await fetch(each.url())).arrayBuffer()))).map(
          ([name, text]) => [`${each.name}/${name}`, text] as const,
        ),
      ),
    );
    texts = {
      'standard output': job.stdout.replace(/^::add-mask::.*$/gm, ''),
      'standard error': job.stderr,
      outputs: JSON.stringify(job.outputs),
      'job summary': job.summary,
      comment: ours(20)[0]!.body,
      ...Object.fromEntries(entries.flat()),
    };
  });

  it('are masked before anything else is printed', () => {
    expect(job.stdout.split('\n').slice(0, 2)).toEqual([`::add-mask::${TOKEN}`, `::add-mask::${KEY}`]);
  });

  it('are in nothing that is left behind, not even a piece', () => {
    expect(Object.keys(texts).sort()).toEqual([
      'comment',
      'gatemark-run-default/comment.md',
      'gatemark-run-default/junit.xml',
      'gatemark-run-default/report.html',
      'gatemark-run-default/report.json',
      'gatemark-run-default/run.json',
      'gatemark-run-default/summary.md',
      'job summary',
      'outputs',
      ...(job.report!.generator.healthy ? ['secretive/baseline.json'] : []),
      'standard error',
      'standard output',
    ]);
    for (const [name, text] of Object.entries(texts))
      expect([name, text.includes(KEY.slice(0, 8)), text.includes(TOKEN)]).toEqual([name, false, false]);
  });

  it('were said by the gateway where reports quote it', () => {
    expect(job.status).toBe(job.report!.generator.healthy ? EXIT.failed : EXIT.invalid);
    expect(texts['gatemark-run-default/report.json']).toContain('provider-***');
    expect(texts['gatemark-run-default/report.json']).toContain('model-***');
    expect(texts['job summary']).toMatch(/bad key (x+)?\\?\*/);
  });

  it('and what the gateway says is printed only where the runner takes no commands', () => {
    expect(job.stdout).toContain('##[error]by the gateway');
    expect(obeyedPart(job.stdout)).not.toContain('by the gateway');
  });
});

describe('a job that is cancelled in the middle of its burst', () => {
  const LONG = `
version: 1
gateway: { url: http://gateway.invalid }
limits: { requests: 100000, duration: 5m, concurrency: 20 }
scenarios:
  list: { load: { users: 4, duration: 4m, warmup: 0s }, endpoint: { method: GET, path: /list }, slo: [p95 < 5s] }
`;
  let job: FinishedJob;
  let tookMs: number;

  beforeAll(async () => {
    const busy = Promise.withResolvers<void>();
    const server = await startCountingServer((request, response) => {
      request.resume();
      if (server.seen.requests > 20) busy.resolve();
      // The last ones are never answered: a cancelled burst does not wait for them.
      if (server.seen.requests < 40) setTimeout(() => response.end('{}'), 30);
    });
    const running = startJob(github, {
      event: 'pull_request',
      number: 30,
      config: LONG,
      inputs: { 'gateway-url': server.url, 'save-baseline': 'always', 'baseline-name': 'partial' },
    });
    await Promise.race([busy.promise, running.finished]);
    const cancelledAt = performance.now();
    running.cancel();
    job = await running.finished;
    tookMs = performance.now() - cancelledAt;
    server.stop();
  });

  it('ends soon, as not measured', () => {
    expect([job.outputs.verdict, job.status]).toEqual(['invalid', EXIT.invalid]);
    // It takes about one second; the burst would take four minutes.
    expect(tookMs).toBeLessThan(20_000);
  });

  it('leaves a report, a summary and a comment that say so', () => {
    expect(job.report!.ending).toEqual({ kind: 'cancelled', signal: 'SIGINT' });
    expect(job.report!.scenarios[0]!.requests).toBeGreaterThan(15);
    for (const text of [job.summary, ours(30)[0]!.body]) {
      expect(text).toContain('**Gatemark: invalid**');
      expect(text).toMatch(/cancelled \(SIGINT\)/);
    }
  });

  it('is no baseline', () => {
    expect(github.state.artifacts.filter((each) => each.name === 'partial')).toEqual([]);
    expect(job.stdout).toContain('the run is not complete (cancelled)');
  });
});

describe('what cannot be done', () => {
  const BROKEN = `
version: 1
gateway: { url: http://gateway.invalid, headers: { authorization: "Bearer \${env.NOT_SET}" } }
limits: { requests: many }
scenarios:
  chat: { lod: { rate: 1/s }, endpoint: chat, slo: [p95 < fast] }
`;

  it.each<[string, Partial<JobOptions>, readonly string[]]>([
    [
      'a baseline-url that load may not be sent to',
      {
        config:
          'version: 1\ngateway: {url: "http://127.0.0.1:1"}\nscenarios: {a: {load: {rate: 1/s}, endpoint: models}}\n',
        inputs: { 'baseline-url': 'http://127.0.0.1:2', 'allowed-hosts': '127.0.0.1:1' },
      },
      ['baseline-url', '127.0.0.1:2'],
    ],
    [
      'wrong inputs, all at once',
      { inputs: { mode: 'gat', 'fail-on': 'slow', 'allowed-hosts': 'http://x/' } },
      ['mode', 'fail-on', 'allowed-hosts'],
    ],
    ['no configuration', {}, ['.github/gatemark.yml']],
    [
      'a broken configuration, every problem at once',
      { config: BROKEN },
      ['NOT_SET', 'limits.requests', 'scenarios.chat.lod', 'load', 'slo'],
    ],
    [
      'a host that is not allowed',
      { config: SHORT, inputs: { 'allowed-hosts': 'example.com' } },
      ['not among the allowed hosts'],
    ],
    ['pull_request_target', { config: SHORT, event: 'pull_request_target' }, ['pull_request_target is not supported']],
  ])('%s is said, with exit 2', async (_, options, said) => {
    const job = await runJob(github, { event: 'push', env: { GATEWAY_KEY: 'sk-some-key' }, ...options });
    expect(job.status).toBe(EXIT.usage);
    const [message, ...more] = messagesOf(job, 'error');
    expect(more).toEqual([]);
    for (const part of said) expect(message).toContain(part);
    expect(message).not.toContain('    at ');
    expect(job.stderr).toBe('');
  });
});
