import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Debian puts it where only root looks. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** The program on this machine; undefined where it is not installed. */
export const NGINX = FOLDERS.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path));

/** An nginx that is up. */
export interface RunningNginx {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts nginx with that configuration, in a folder of its own. `port` is where the configuration listens. */
export const startNginx = async (config: string, port: number): Promise<RunningNginx> => {
  const folder = mkdtempSync(join(tmpdir(), 'gatemark-nginx-'));
  const [file, log] = [join(folder, 'nginx.conf'), join(folder, 'error.log')];
  // Its worker would otherwise be a user that may not enter the folder.
  writeFileSync(file, `${process.getuid?.() === 0 ? 'user root;\n' : ''}pid nginx.pid;\ndaemon off;\n${config}`);
  const child = spawn(NGINX!, ['-p', folder, '-e', log, '-c', file], { stdio: 'ignore' });
  const ended = new Promise<void>((end) => child.once('exit', () => end()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await takesConnections(port)); tries += 1) {
    if (tries < 200 && child.exitCode === null) {
      await delay(50);
      continue;
    }
    const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
    await stop();
    throw new Error(`nginx did not come up: ${said}`);
  }
  return { url: `http://127.0.0.1:${port}`, stop };
};

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((known) => {
    const socket = connect(port, '127.0.0.1');
    const tell = (is: boolean): void => {
      socket.destroy();
      known(is);
    };
    socket.once('connect', () => tell(true)).once('error', () => tell(false));
  });
