import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeToken } from './artifact-service.ts';
import { TOKEN } from './edge-server.ts';
import {
  DEFAULT_BRANCH,
  type FakeRun,
  FORK_ID,
  type GitHubState,
  OWNER,
  ownerOf,
  REPO,
  REPOSITORY_ID,
} from './state.ts';

export type RunnerEvent =
  | 'pull_request'
  | 'push'
  | 'schedule'
  | 'merge_group'
  | 'workflow_dispatch'
  | 'deployment_status'
  | 'workflow_run'
  | 'pull_request_target';

export interface RunnerOptions {
  readonly event: RunnerEvent;
  /** Action inputs by name; absent ones have no INPUT_ variable at all (the bundle then uses its own defaults). */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Of the pull request (pull_request, merge_group). 7 unless told. */
  readonly number?: number;
  /** The pull request comes from a fork. */
  readonly fork?: boolean;
  readonly actor?: string;
  /** Of a pull_request: the label whose setting started the run. */
  readonly startedByLabel?: string;
  /** Of a workflow_run: the run whose end started it. */
  readonly follows?: FakeRun;
  /** Branch of a push or workflow_dispatch. The default branch unless told. */
  readonly branch?: string;
  /** Another job of a run that is under way, instead of a run of its own. */
  readonly ofRun?: number;
  /** Overrides of the run's record, such as `path` for another workflow. */
  readonly run?: Partial<FakeRun>;
  /** More variables; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One job on a runner: the variables to start the action with, and what it left behind. */
export interface FakeRunner {
  readonly runId: number;
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** Outputs by name, from GITHUB_OUTPUT. */
  outputs(): Record<string, string>;
  summary(): string;
  /** Ends the run, so that other runs see how it went. */
  complete(conclusion: 'success' | 'failure' | 'cancelled'): void;
}

/** A workflow command that the action printed. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const unescaped = (value: string): string =>
  value.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%');

/** What a process printed without the parts between `::stop-commands::WORD` and `::WORD::`, where the runner obeys nothing. */
export const obeyedPart = (stdout: string): string => stdout.replace(/^::stop-commands::(.+)$[\s\S]*?^::\1::$/gm, '');

/** The `::error title=…::message` lines in what a process printed that a runner would obey, in order. */
export const commandsIn = (stdout: string): Command[] =>
  [...obeyedPart(stdout).matchAll(/^::([\w-]+)(?: ([^:]*))?::(.*)$/gm)].map(
    ([, name, properties = '', message = '']) => ({
      name: name!,
      properties: Object.fromEntries(
        properties
          .split(',')
          .filter((part) => part.includes('='))
          .map((part) => [part.slice(0, part.indexOf('=')), unescaped(part.slice(part.indexOf('=') + 1))]),
      ),
      message: unescaped(message),
    }),
  );

/** What GITHUB_OUTPUT holds: `name<<DELIMITER`, lines, `DELIMITER`. */
const parseOutputs = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2$/gm)].map(([, name, , value]) => [name!, value!]),
  );

const repository = (id: number) => ({ id, full_name: `${OWNER}/${REPO}`, default_branch: DEFAULT_BRANCH });

interface Scene {
  readonly payload: object;
  readonly ref: string;
  /** What was checked out: for a pull request the merge commit. */
  readonly sha: string;
  readonly headBranch: string;
}

const MERGE_COMMIT = 'ffffffffffffffffffffffffffffffffffffffff';
/** Of every branch under test. */
export const HEAD_COMMIT = 'abcabcabcabcabcabcabcabcabcabcabcabcabca';

/** What the event tells of a run. It names no pull request of a fork. */
const followed = (run: FakeRun) => ({
  id: run.id,
  event: run.event,
  conclusion: run.conclusion,
  created_at: run.createdAt,
  path: run.path,
  head_sha: run.headSha,
  head_branch: run.headBranch,
  repository: repository(REPOSITORY_ID),
  head_repository: {
    id: run.headRepositoryId,
    full_name: `${ownerOf(run.headRepositoryId)}/${REPO}`,
    owner: { login: ownerOf(run.headRepositoryId) },
  },
  pull_requests: [],
});

/** What each event puts into the payload and the variables. */
const sceneOf = ({
  event,
  number = 7,
  fork = false,
  branch = DEFAULT_BRANCH,
  follows,
  startedByLabel,
}: RunnerOptions): Scene => {
  switch (event) {
    case 'pull_request':
    case 'pull_request_target': {
      const head = { sha: HEAD_COMMIT, ref: 'feature', repo: repository(fork ? FORK_ID : REPOSITORY_ID) };
      const base = { sha: MERGE_COMMIT, ref: DEFAULT_BRANCH, repo: repository(REPOSITORY_ID) };
      const payload = {
        ...(startedByLabel === undefined
          ? { action: 'synchronize' }
          : { action: 'labeled', label: { name: startedByLabel } }),
        number,
        pull_request: { number, head, base },
        repository: repository(REPOSITORY_ID),
      };
      return { payload, ref: `refs/pull/${number}/merge`, sha: MERGE_COMMIT, headBranch: 'feature' };
    }
    case 'merge_group': {
      const headBranch = `gh-readonly-queue/${DEFAULT_BRANCH}/pr-${number}-${MERGE_COMMIT}`;
      const ref = `refs/heads/${headBranch}`;
      const payload = {
        merge_group: { head_sha: HEAD_COMMIT, head_ref: ref, base_ref: `refs/heads/${DEFAULT_BRANCH}` },
        repository: repository(REPOSITORY_ID),
      };
      return { payload, ref, sha: HEAD_COMMIT, headBranch };
    }
    case 'schedule':
      return {
        payload: { schedule: '0 3 * * *' },
        ref: `refs/heads/${DEFAULT_BRANCH}`,
        sha: HEAD_COMMIT,
        headBranch: DEFAULT_BRANCH,
      };
    // Deployed by its hash, as hosts of previews do.
    case 'deployment_status':
      return {
        payload: { deployment_status: { state: 'success' }, repository: repository(REPOSITORY_ID) },
        ref: '',
        sha: HEAD_COMMIT,
        headBranch: 'feature',
      };
    case 'workflow_run':
      return {
        payload: { action: 'completed', workflow_run: followed(follows!), repository: repository(REPOSITORY_ID) },
        ref: `refs/heads/${DEFAULT_BRANCH}`,
        sha: MERGE_COMMIT,
        headBranch: DEFAULT_BRANCH,
      };
    case 'push':
    case 'workflow_dispatch': {
      const ref = `refs/heads/${branch}`;
      return { payload: { ref, repository: repository(REPOSITORY_ID) }, ref, sha: HEAD_COMMIT, headBranch: branch };
    }
  }
};

export interface RunnerHost {
  readonly state: GitHubState;
  /** A folder of the whole fake; every runner gets one of its own in it. */
  readonly folder: string;
  readonly apiUrl: string;
  /** Undefined = there is no artifact service. */
  readonly resultsUrl: string | undefined;
}

/** What a step may rely on beside the platform's own variables. */
const SYSTEM = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', CI: 'true' };

/** Sets up one job: its run is registered as under way, its files are in a folder of its own. */
export const createRunner = (host: RunnerHost, options: RunnerOptions): FakeRunner => {
  const { state, resultsUrl } = host;
  const scene = sceneOf(options);
  const sibling = state.runs.find(({ id }) => id === options.ofRun);
  const run =
    sibling ??
    state.addRun({
      event: options.event,
      headBranch: scene.headBranch,
      headSha: HEAD_COMMIT,
      headRepositoryId: options.fork ? FORK_ID : REPOSITORY_ID,
      ...options.run,
    });
  const folder = mkdtempSync(join(host.folder, `runner-${run.id}-`));
  const file = (name: string, content = '') => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const [workspace, temp] = [join(folder, 'workspace'), join(folder, 'temp')];
  mkdirSync(workspace);
  mkdirSync(temp);
  const inputs = Object.entries(options.inputs ?? {}).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const variables: Record<string, string | undefined> = {
    ...SYSTEM,
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: options.actor ?? 'dev',
    GITHUB_API_URL: host.apiUrl,
    GITHUB_EVENT_NAME: options.event,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(scene.payload)),
    GITHUB_GRAPHQL_URL: `${host.apiUrl}/graphql`,
    GITHUB_OUTPUT: file('output'),
    GITHUB_REF: scene.ref,
    GITHUB_REPOSITORY: `${OWNER}/${REPO}`,
    GITHUB_REPOSITORY_ID: String(REPOSITORY_ID),
    GITHUB_RUN_ID: String(run.id),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: scene.sha,
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
    GITHUB_WORKFLOW_REF: `${OWNER}/${REPO}/${run.path}@${scene.ref}`,
    GITHUB_WORKSPACE: workspace,
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
    'INPUT_GITHUB-TOKEN': TOKEN,
    ...(resultsUrl === undefined
      ? {}
      : { ACTIONS_RESULTS_URL: `${resultsUrl}/`, ACTIONS_RUNTIME_TOKEN: runtimeToken(run.id) }),
    ...Object.fromEntries(inputs),
    ...options.env,
  };
  const env = Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    runId: run.id,
    env,
    workspace,
    outputs: () => parseOutputs(readFileSync(join(folder, 'output'), 'utf8')),
    summary: () => readFileSync(join(folder, 'summary.md'), 'utf8'),
    complete: (conclusion) => state.completeRun(run.id, conclusion),
  };
};
