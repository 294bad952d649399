import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLES, type Finished, type ReportFile, startBundle } from './bundle-process.ts';
import type { FakeGithub } from './fake-github/fake-github.ts';
import { type Command, commandsIn, type FakeRunner, type RunnerOptions } from './fake-github/fake-runner.ts';

export interface JobOptions extends RunnerOptions {
  /** Text of the default configuration file; undefined = the repository has none. */
  readonly config?: string;
}

/** One run of the bundled action that is over, with all that it left. */
export interface FinishedJob extends Finished {
  readonly runner: FakeRunner;
  /** What the runner would have obeyed, in order. */
  readonly commands: readonly Command[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Undefined when the job ended before there was one. */
  readonly report: ReportFile | undefined;
}

export interface RunningJob {
  readonly runner: FakeRunner;
  readonly finished: Promise<FinishedJob>;
  /** Cancels the job, as a runner does. */
  cancel(): void;
}

/** Starts dist/action as a step of a job whose default configuration file is there. Its run ends with it, as the status says. */
export const startJob = (github: FakeGithub, { config, ...options }: JobOptions): RunningJob => {
  const runner = github.createRunner(options);
  if (config !== undefined) {
    mkdirSync(join(runner.workspace, '.github'));
    writeFileSync(join(runner.workspace, '.github/gatemark.yml'), config);
  }
  const { child, finished } = startBundle(BUNDLES.action, [], { env: runner.env, cwd: runner.workspace });
  return {
    runner,
    finished: finished.then((end) => {
      runner.complete(end.status === 0 ? 'success' : 'failure');
      return leftBy(runner, end);
    }),
    cancel: () => void child.kill('SIGINT'),
  };
};

/** Runs a job to its end. */
export const runJob = (github: FakeGithub, options: JobOptions): Promise<FinishedJob> =>
  startJob(github, options).finished;

const leftBy = (runner: FakeRunner, end: Finished): FinishedJob => {
  const outputs = runner.outputs();
  const path = outputs['report-path'];
  const report = path ? (JSON.parse(readFileSync(path, 'utf8')) as ReportFile) : undefined;
  return { ...end, runner, commands: commandsIn(end.stdout), outputs, summary: runner.summary(), report };
};
