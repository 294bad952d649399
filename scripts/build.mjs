// Builds dist/ from src/: tsc, then one ncc bundle for each entry. `--out DIR` builds elsewhere, `--check` fails when
// dist/ is not what the sources build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** Bundle folder → entry. Workers are entries of their own, because ncc ships worker files unbundled. */
const ENTRIES = {
  action: 'action',
  cli: 'cli',
  'load-worker': 'load-worker',
  'provider-worker': 'provider-worker',
};

const root = join(import.meta.dirname, '..');

const run = (command, ...args) => {
  const { status } = spawnSync(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    console.error(`${command} ${args.join(' ')} failed`);
    process.exit(1);
  }
};

const build = (out) => {
  rmSync(join(root, 'build'), { recursive: true, force: true });
  run('tsc', '-p', 'tsconfig.build.json');
  for (const [folder, entry] of Object.entries(ENTRIES)) {
    rmSync(join(out, folder), { recursive: true, force: true });
    run(
      'ncc',
      'build',
      `build/entry/${entry}.js`,
      '-o',
      join(out, folder),
      '--license',
      'licenses.txt',
      '--target',
      'es2024',
      '--no-cache',
    );
  }
};

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();

const digest = (folder) =>
  new Map(filesOf(folder).map((path) => [relative(folder, path), readFileSync(path).toString('base64')]));

const check = () => {
  const fresh = mkdtempSync(join(tmpdir(), 'gatemark-dist-'));
  build(fresh);
  const [built, committed] = [digest(fresh), digest(join(root, 'dist'))];
  const differing = [...new Set([...built.keys(), ...committed.keys()])].filter(
    (name) => built.get(name) !== committed.get(name),
  );
  rmSync(fresh, { recursive: true, force: true });
  if (differing.length > 0) {
    console.error(`dist/ is not what the sources build (run \`npm run build\`):\n  ${differing.join('\n  ')}`);
    process.exit(1);
  }
  console.log(`dist/ is what the sources build (${built.size} files)`);
};

const flag = process.argv.indexOf('--out');
if (process.argv.includes('--check')) check();
else build(flag > 0 ? process.argv[flag + 1] : join(root, 'dist'));
