import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CORES, hasCommand, pinned } from './child.ts';
import { readTruthLog, type TrueRequest } from './truth-log.ts';

type Language = 'C' | 'TypeScript';

/** The truth server as a process of its own. Every method resolves when the server has obeyed. */
export interface TruthServer {
  readonly url: string;
  readonly pid: number;
  /** Which of the two it is. */
  readonly language: Language;
  /** Sets how it answers (µs), and forgets its log. */
  prepare(settings: { readonly delay: number; readonly interval?: number }): Promise<void>;
  /** Lets nothing out for `length` µs from the moment at which `after` more requests have come. */
  stall(length: number, after: number): Promise<void>;
  log(): Promise<readonly TrueRequest[]>;
  close(): Promise<void>;
}

/** Starts the server, compiled where there is a compiler and no other language is asked for; files go to `folder`. */
export const startTruthServer = async (folder: string, language: Language = 'C'): Promise<TruthServer> => {
  const logFile = join(folder, 'truth.log');
  const binary = language === 'C' ? compile(folder) : undefined;
  const command = binary === undefined ? [process.execPath, join(import.meta.dirname, 'truth-server.ts')] : [binary];
  const [program, ...rest] = pinned(CORES.server, [...command, logFile]);
  const child = spawn(program!, rest, {
    stdio: ['pipe', 'pipe', 'inherit'],
  }) as unknown as ChildProcessWithoutNullStreams;
  const say = conversation(child);
  const port = Number((await say(undefined)).split(' ')[1]);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    language: binary === undefined ? 'TypeScript' : 'C',
    async prepare({ delay, interval = 10_000 }) {
      await say(`delay ${Math.round(delay)}`);
      await say(`interval ${Math.round(interval)}`);
      await say('reset');
    },
    async stall(length, after) {
      await say(`stall ${Math.round(length)} ${after}`);
    },
    async log() {
      await say('dump');
      return readTruthLog(readFileSync(logFile));
    },
    async close() {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.stdin.end();
      await closed;
    },
  };
};

/** The binary; undefined without a compiler, or where it does not compile (it is Linux's). */
const compile = (folder: string): string | undefined => {
  const compiler = ['cc', 'gcc', 'clang'].find(hasCommand);
  if (compiler === undefined) return undefined;
  const binary = join(folder, 'truth-server');
  const source = join(import.meta.dirname, 'truth-server.c');
  return spawnSync(compiler, ['-O2', '-o', binary, source], { stdio: 'ignore' }).status === 0 ? binary : undefined;
};

/** Says a line (none, to hear the greeting) and resolves with the line that answers it. */
const conversation = (child: ChildProcessWithoutNullStreams): ((line: string | undefined) => Promise<string>) => {
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  child.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the truth server ended'));
  });
  return (line) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      if (line !== undefined) child.stdin.write(`${line}\n`);
    });
};
