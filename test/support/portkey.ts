import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';

const SERVER = 'node_modules/@portkey-ai/gateway/build/start-server.js';

/** A Portkey gateway that is up. */
export interface RunningPortkey {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Portkey's own gateway, from npm, on a free port. */
export const startPortkey = async (): Promise<RunningPortkey> => {
  const [port] = await freePorts(1);
  const child = spawn(process.execPath, [SERVER, `--port=${port}`, '--headless'], { stdio: 'ignore' });
  const ended = new Promise<void>((end) => child.once('exit', () => end()));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await isUp(url)); tries += 1) {
    if (tries < 150 && child.exitCode === null) {
      await delay(200);
      continue;
    }
    await stop();
    throw new Error('Portkey did not come up within 30 s');
  }
  return { url, stop };
};

const isUp = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).status > 0;
  } catch {
    return false;
  }
};
