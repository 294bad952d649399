import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server that runs as a process of its own. */
export interface ChildServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Loaded before the script: a pipe from here closes with this process, however it ends, and takes the server with it. */
const END_WITH_PARENT = 'data:text/javascript,process.stdin.on("end",()=>process.exit()).resume()';

const START_TIMEOUT_MS = 45_000;

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/**
 * Starts a script of node_modules under this Node and waits until it prints its address, `http://127.0.0.1:PORT` behind
 * the word listen. It is ended by its own process id, at the latest with this process.
 */
export const startChildServer = async (script: string, args: readonly string[], cwd: string): Promise<ChildServer> => {
  const command = ['--import', END_WITH_PARENT, script, ...args];
  const child = spawn(process.execPath, command, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
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
      stop: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
};
