import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server that runs as a process of its own. */
export interface ChildServer {
  readonly origin: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 45_000;

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/**
 * Starts a script of node_modules under this Node and waits until it prints its address, `http://127.0.0.1:PORT` behind
 * the word listen. It is ended by its own process id, and also when this process ends.
 */
export const startChildServer = async (script: string, args: readonly string[], cwd: string): Promise<ChildServer> => {
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  let output = '';
  const origin = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${script} did not start:\n${output}`)), START_TIMEOUT_MS);
    const look = (chunk: Buffer) => {
      output += chunk;
      const found = /listen\w* on (http:\/\/127\.0\.0\.1:\d+)/i.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`${script} ended with ${code}:\n${output}`));
    });
  });
  try {
    return {
      origin: await origin,
      stop: async () => {
        process.off('exit', onExit);
        await stop(child);
      },
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
};
