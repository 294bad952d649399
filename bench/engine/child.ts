import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** Where a process is to run; undefined = anywhere. */
export type Core = number | undefined;

export const hasCommand = (name: string): boolean =>
  spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'ignore' }).status === 0;

/** Generator on one core, server on the other, where the system can pin and has two. */
export const CORES: { readonly generator: Core; readonly server: Core } =
  hasCommand('taskset') && cpus().length > 1
    ? { generator: 0, server: 1 }
    : { generator: undefined, server: undefined };

/** The command line that runs another one on a core. */
export const pinned = (core: Core, command: readonly string[]): readonly string[] =>
  core === undefined ? command : ['taskset', '-c', String(core), ...command];

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** User and system time of it and its children, s. */
  readonly cpu: number;
  /** s. */
  readonly wall: number;
}

/** Reports the time of its children on descriptor 3 when the command is over. */
const TIMED = '"$@"; status=$?; times >&3; exit $status';

/**
 * Runs a command on a core to its end and sums up its CPU time. One that is not over after `limit` seconds is ended, together
 * with its children, and counts as failed.
 */
export const runTimed = (
  command: readonly string[],
  options: { readonly core: Core; readonly limit: number; readonly cwd?: string },
): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn('bash', ['-c', TIMED, 'bash', ...pinned(options.core, command)], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // A process group of its own, so that it can be ended with its children, and nothing else.
      detached: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), options.limit * 1_000);
    const texts = [1, 2, 3].map((descriptor) => collect(child, descriptor));
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      const [stdout, stderr, times] = texts.map((read) => read()) as [string, string, string];
      const wall = (performance.now() - started) / 1_000;
      resolve({ status, stdout, stderr, cpu: readTimes(times), wall });
    });
  });

const collect = (child: ChildProcess, descriptor: number): (() => string) => {
  let text = '';
  child.stdio[descriptor]?.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  return () => text;
};

/** The children's line of the shell's `times`, in seconds; NaN when it is not there. */
export const readTimes = (text: string): number => {
  const line = text.trim().split('\n')[1] ?? '';
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return parts.length === 2 ? parts[0]! + parts[1]! : Number.NaN;
};
