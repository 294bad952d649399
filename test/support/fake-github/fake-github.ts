import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createArtifactService } from './artifact-service.ts';
import { startBlobStorage } from './blob-storage.ts';
import { type ChildServer, startChildServer } from './child-server.ts';
import { createEdgeServer } from './edge-server.ts';
import { createRunner, type FakeRunner, type RunnerOptions } from './fake-runner.ts';
import { close, createRestServer, listen } from './rest-server.ts';
import { type Fault, GitHubState } from './state.ts';

const DESCRIPTION = resolve(import.meta.dirname, '../../fixtures/github/api.github.com.trimmed.json');

export interface FakeGithub {
  /** Everything the platform remembers: comments, runs, artifacts, pull requests by commit, requests, violations. */
  readonly state: GitHubState;
  readonly apiUrl: string;
  /** A job that is starting; its run is under way until `complete`. */
  createRunner(options: RunnerOptions): FakeRunner;
  /** The next `times` (1 unless told) matching requests to the REST API fail. */
  failNext(fault: Omit<Fault, 'times'> & { readonly times?: number }): void;
  stop(): Promise<void>;
}

export interface FakeGithubOptions {
  /** Requests and answers pass GitHub's own description. True unless told; costs about a second. */
  readonly validate?: boolean;
  /** With an artifact service and storage. True unless told; costs about two seconds. */
  readonly artifacts?: boolean;
}

/**
 * Starts a GitHub on the loopback that the bundled action, or a part of it, can be run against:
 *
 *     edge (token, planted faults, log, GraphQL viewer) → Prism with GitHub's description → stateful REST fake
 *     Twirp artifact service → Azurite (in memory)
 *
 * One instance serves any number of jobs and keeps what they leave. Use:
 *
 *     const github = await startFakeGithub();                       // beforeAll; github.stop() in afterAll
 *     const runner = github.createRunner({ event: 'pull_request', inputs: { 'gateway-url': url } });
 *     const action = spawn(process.execPath, ['dist/action/index.js'], { env: runner.env, cwd: runner.workspace });
 *     // … await its exit; then runner.outputs(), runner.summary(), commandsIn(stdout), github.state.comments
 *     expect(github.state.violations).toEqual([]);
 *
 * Spawn it asynchronously: the servers live in the test's own process. Put the configuration file into `runner.workspace`.
 *
 * - A baseline, saved and found: createRunner({event: 'push'}) → spawn → `runner.complete('success')`; then
 *   createRunner({event: 'pull_request'}) → spawn finds it. Without `complete` its run has not ended: refused.
 * - A fork's artifact, to be refused: createRunner({event: 'pull_request', fork: true}), or a push whose run says
 *   `run: {headRepositoryId: FORK_ID}`; complete it. Another workflow: `run: {path: '.github/workflows/other.yml'}`.
 *   Another branch: `branch: 'feature'` with `save-baseline: always`.
 * - Expired, too large, damaged: change `github.state.artifacts.at(-1)!` (`expired = true`, `size = 1e9`, `digest = 'sha256:00…'`).
 * - A forbidden comment: `failNext({method: 'POST', path: /\/issues\/\d+\/comments/, status: 403, body: {message: 'Resource not
 *   accessible by integration'}})`. A forbidden listing: the same with `path: /actions\/artifacts/`.
 * - A limit, once: `failNext({path: /comments/, status: 403, headers: {'retry-after': '1'}})`; a 5xx once: `status: 502`.
 *   `after: true` carries the request out first and fails then (a create whose answer is lost).
 * - A pull request for a push: `github.state.pulls.set(sha, [{number: 7, state: 'open'}])`.
 * - A job that follows another: `createRunner({event: 'workflow_run', follows: run})` with a run of `github.state.runs` that is
 *   complete; its open pull request: `github.state.openPulls.push({number: 7, headSha: run.headSha, headRepositoryId: FORK_ID})`.
 * - Another token's identity: `github.state.viewer = 'my-app[bot]'`.
 */
export const startFakeGithub = async (options: FakeGithubOptions = {}): Promise<FakeGithub> => {
  const { validate = true, artifacts = true } = options;
  const state = new GitHubState();
  const folder = await mkdtemp(join(tmpdir(), 'fake-github-'));
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const serve = (server: Server): Promise<string> => {
    stops.unshift(() => close(server));
    return listen(server);
  };
  const restUrl = await serve(createRestServer(state));
  const [prism, resultsUrl] = await Promise.all([
    validate ? startPrism(restUrl, folder) : undefined,
    artifacts
      ? startBlobStorage(folder).then((storage) => {
          stops.unshift(() => storage.stop());
          return serve(createArtifactService(state, storage));
        })
      : undefined,
  ]);
  if (prism !== undefined) stops.unshift(() => prism.stop());
  const apiUrl = await serve(createEdgeServer({ state, restUrl, upstream: prism?.origin ?? restUrl }));
  return {
    state,
    apiUrl,
    createRunner: (runner) => createRunner({ state, folder, apiUrl, resultsUrl }, runner),
    failNext: (fault) => state.faults.push({ times: 1, ...fault }),
    stop: async () => {
      for (const stop of stops) await stop();
    },
  };
};

const startPrism = (upstream: string, folder: string): Promise<ChildServer> => {
  const script = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  return startChildServer(script, ['proxy', DESCRIPTION, upstream, '--errors', '-p', '0', '-h', '127.0.0.1'], folder);
};
