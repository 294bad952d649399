import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const PAGES = [
  'docs/workflows.md',
  'examples/gateways/README.md',
  ...readdirSync(join(ROOT, 'examples/gateways'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `examples/gateways/${name}/README.md`),
];

const linksOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !target.startsWith('https:'))
    .map((target) => resolve(join(ROOT, page), '..', target));

const [minimal] = /^```yaml\n[\s\S]*?^```$/m.exec(textOf('README.md'))!;

it('the page of the workflows names every example', () => {
  const files = readdirSync(join(ROOT, 'examples/workflows')).map((name) => join(ROOT, 'examples/workflows', name));
  const named = new Set(linksOf('docs/workflows.md'));
  expect(files.filter((file) => !named.has(file))).toEqual([]);
});

it('and explains the workflow of the README', () => expect(textOf('docs/workflows.md')).toContain(minimal));

it.each(PAGES)('%s links to files that are there', (page) => {
  const links = linksOf(page);
  expect(links.length).toBeGreaterThan(2);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});
