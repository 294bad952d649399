import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createArtifactBaselineStore } from '../../../src/adapters/github/artifact-baseline-store.ts';
import { saveBaseline, type Uploaded, uploadArtifact } from '../../../src/adapters/github/artifact-upload.ts';
import { createClient } from '../../../src/adapters/github/client.ts';
import { runnerCommands } from '../../../src/adapters/github/commands.ts';
import { readContext } from '../../../src/adapters/github/context.ts';
import { readInputs } from '../../../src/adapters/github/inputs.ts';
import { summarize, writeOutputs } from '../../../src/adapters/github/outputs.ts';
import { createGithubPublisher } from '../../../src/adapters/github/publisher.ts';
import { buildPoint } from '../../support/build-history.ts';
import { type FakeGithub, startFakeGithub } from '../../support/fake-github/fake-github.ts';
import { commandsIn, type FakeRunner } from '../../support/fake-github/fake-runner.ts';
import { FORK_ID } from '../../support/fake-github/state.ts';
import { report, run } from '../../support/report-builders.ts';

/** Through GitHub's own description in both directions, and a real blob storage: nothing of ours is taken on trust here. */
let github: FakeGithub;
beforeAll(async () => {
  github = await startFakeGithub();
});
afterAll(async () => {
  await github.stop();
  expect(github.state.violations).toEqual([]);
});

// The artifact client and the commands read the environment of the process, and talk on its standard output.
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
  vi.restoreAllMocks();
});
const enter = (runner: FakeRunner): FakeRunner => {
  process.env = { ...runner.env };
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return runner;
};

const clientOf = (runner: FakeRunner) =>
  createClient({ token: readInputs(runner.env).githubToken!, apiUrl: github.apiUrl, sleep: async () => undefined });

const find = (runner: FakeRunner, name: string) =>
  createArtifactBaselineStore({ client: clientOf(runner), context: readContext(runner.env), name }).find(10);

const idOf = (uploaded: Uploaded): number => {
  if (uploaded.kind !== 'done') throw new Error(uploaded.reason);
  return uploaded.artifactId;
};

describe('a baseline', () => {
  it('saved by a push is found by a pull request once its run has succeeded', async () => {
    const pull = github.createRunner({ event: 'pull_request' });
    expect(await find(pull, 'base')).toMatchObject({ kind: 'absent', skipped: [] });

    const push = enter(github.createRunner({ event: 'push' }));
    const runs = [run({ id: 'new' }), run({ id: 'old', createdAt: '2026-11-01T10:00:00.000Z' })];
    const history = [buildPoint(1), buildPoint(2)];
    const saved = await saveBaseline('base', { runs, history });
    expect(saved).toEqual({ kind: 'done', artifactId: idOf(saved), digest: github.state.artifacts.at(-1)!.digest });
    expect(await find(pull, 'base')).toMatchObject({ kind: 'absent', skipped: [expect.stringContaining('not ended')] });

    push.complete('success');
    const found = await find(pull, 'base');
    expect(found).toMatchObject({ kind: 'found', runId: String(push.runId), skipped: [] });
    expect(found.kind === 'found' && found.runs).toEqual(runs);
    expect(found.kind === 'found' && found.history).toEqual(history);
  });

  it("saved by a fork's run under the same name is refused", async () => {
    const fork = enter(github.createRunner({ event: 'push', run: { headRepositoryId: FORK_ID } }));
    idOf(await saveBaseline('forged', { runs: [run()], history: [] }));
    fork.complete('success');
    expect(await find(github.createRunner({ event: 'pull_request' }), 'forged')).toMatchObject({
      kind: 'absent',
      skipped: [expect.stringContaining('a fork')],
    });
  });

  it('that has expired is refused before it is asked for', async () => {
    const push = enter(github.createRunner({ event: 'push' }));
    idOf(await saveBaseline('expired', { runs: [run()], history: [] }));
    push.complete('success');
    github.state.artifacts.at(-1)!.expired = true;
    expect(await find(github.createRunner({ event: 'pull_request' }), 'expired')).toMatchObject({
      kind: 'absent',
      skipped: [expect.stringContaining('expired')],
    });
  });
});

describe('an upload', () => {
  it('of report files keeps their folders, and its name is taken from then on', async () => {
    const runner = enter(github.createRunner({ event: 'pull_request' }));
    const files = ['report.json', 'parts/run.json'].map((name) => join(runner.workspace, name));
    mkdirSync(join(runner.workspace, 'parts'));
    for (const file of files) writeFileSync(file, '{}');
    const upload = () => uploadArtifact({ name: 'gatemark-run', files, root: runner.workspace, retentionDays: 5 });
    const id = idOf(await upload());
    expect(github.state.artifacts.at(-1)).toMatchObject({ id, name: 'gatemark-run', runId: runner.runId });
    expect(await upload()).toEqual({ kind: 'refused', reason: expect.stringMatching(/409.*a name of its own/) });
  });

  it('outside of a runner is skipped, and of nothing too', async () => {
    const { ACTIONS_RUNTIME_TOKEN: _, ...env } = github.createRunner({ event: 'push' }).env;
    process.env = env;
    expect(await saveBaseline('x', { runs: [run()], history: [] })).toEqual({
      kind: 'skipped',
      reason: expect.stringContaining('ACTIONS_RUNTIME_TOKEN not set'),
    });
    expect(await saveBaseline('x', { runs: [], history: [] })).toMatchObject({ kind: 'skipped' });
  });

  it('of a file that is not there is refused', async () => {
    const { workspace } = enter(github.createRunner({ event: 'push' }));
    expect(await uploadArtifact({ name: 'x', files: [join(workspace, 'none')], root: workspace })).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('a report', () => {
  it('is published to a pull request, and again in the same place', async () => {
    for (const key of ['first', 'second']) {
      const runner = enter(github.createRunner({ event: 'pull_request', number: 12 }));
      const publisher = createGithubPublisher({
        client: clientOf(runner),
        context: readContext(runner.env),
        comment: 'auto',
        summaryPath: runner.env.GITHUB_STEP_SUMMARY,
      });
      const results = await publisher.publish(report({ reproduce: key }));
      expect(results.map(({ what, result }) => [what, result.kind])).toEqual([
        ['job summary', 'done'],
        ['annotations', 'skipped'],
        ['comment', 'done'],
      ]);
      expect(runner.summary()).toContain('Gatemark');
    }
    expect(github.state.comments.filter((each) => each.issue === 12)).toHaveLength(1);
  });

  it('finds the pull request of a push', async () => {
    const runner = enter(github.createRunner({ event: 'push' }));
    const context = readContext(runner.env);
    github.state.pulls.set(context.sha, [{ number: 31, state: 'open' }]);
    const publisher = createGithubPublisher({
      client: clientOf(runner),
      context,
      comment: 'always',
      summaryPath: undefined,
    });
    expect(await publisher.publish(report())).toContainEqual({
      what: 'comment',
      result: { kind: 'done', url: expect.stringContaining('/pull/31#') },
    });
  });

  it('leaves outputs that the runner understands', () => {
    const runner = enter(github.createRunner({ event: 'push' }));
    const summary = summarize(report());
    writeOutputs({
      verdict: 'pass',
      reportPath: '/out/report.json',
      runArtifactId: 5,
      commentUrl: undefined,
      baselineRunId: '77',
      overriddenBy: 'octocat',
      summary,
    });
    expect(runner.outputs()).toEqual({
      verdict: 'pass',
      'report-path': '/out/report.json',
      'run-artifact-id': '5',
      'comment-url': '',
      'baseline-run-id': '77',
      'overridden-by': 'octocat',
      summary: JSON.stringify(summary),
    });
  });
});

describe('the fake itself', () => {
  it('refuses what is not in the description', async () => {
    const client = clientOf(github.createRunner({ event: 'push' }));
    const failure = await client
      .request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        owner: 'acme',
        repo: 'gateway',
        issue_number: 7,
        // @ts-expect-error a comment needs a body of text
        body: 3,
      })
      .catch((error) => error.status);
    expect(failure).toBe(422);
    expect(github.state.violations.pop()).toContain('must be string');
  });

  it('reads the commands of a process as the runner does', async () => {
    const script = `
      import * as core from '@actions/core';
      core.error('50% of, all: failed\\nreally', { title: 'a: b, c' });
      core.setSecret('hunter2');`;
    const stdout = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, ['--input-type=module', '-e', script], (error, out) =>
        error ? reject(error) : resolve(out),
      );
    });
    expect(commandsIn(stdout)).toEqual([
      { name: 'error', properties: { title: 'a: b, c' }, message: '50% of, all: failed\nreally' },
      { name: 'add-mask', properties: {}, message: 'hunter2' },
    ]);
    expect(runnerCommands.error).toBeTypeOf('function');
  });
});
