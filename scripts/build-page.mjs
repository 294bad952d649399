// Builds the script and the style of report.html from src/page/ into one JSON file among the sources, so that both bundles
// and the tests have them: node scripts/build-page.mjs [FILE]. A test fails when the file is not what the sources build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const target = process.argv[2] ?? join(root, 'src/report/page/page-assets.generated.json');

const run = (command, ...args) => {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', command), args, { cwd: root });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`);
  process.exit(1);
};

const read = (path) => readFileSync(join(root, path), 'utf8');

/** Comments of a style sheet and the white space around what it says. */
const shorten = (css) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .trim();

// Inside the project, where the compiled script finds its library.
mkdirSync(join(root, 'build'), { recursive: true });
const built = mkdtempSync(join(root, 'build/page-'));
try {
  run('tsc', '-p', 'src/page', '--noEmit', 'false', '--rootDir', 'src', '--outDir', join(built, 'js'));
  run(
    'ncc',
    'build',
    join(built, 'js/page/main.js'),
    '-o',
    join(built, 'out'),
    '--minify',
    '--target',
    'es2024',
    '--no-cache',
  );
  const script = readFileSync(join(built, 'out/index.js'), 'utf8');
  if (script.includes('</script') || script.includes('import.meta'))
    throw new Error('this script cannot stand in a page');
  const assets = {
    script: `/*! uPlot\n${read('node_modules/uplot/LICENSE').trim()}\n*/\n${script}`,
    style: `${shorten(read('node_modules/uplot/dist/uPlot.min.css'))}\n${shorten(read('src/page/style.css'))}`,
  };
  writeFileSync(target, `${JSON.stringify(assets, null, 2)}\n`);
} finally {
  rmSync(built, { recursive: true, force: true });
}
