import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Folder → floor. A file may import from its own folder and from floors below; siblings on a floor stay apart. */
const FLOORS: Readonly<Record<string, number>> = {
  model: 0,
  config: 1,
  wire: 1,
  dialects: 1,
  stats: 1,
  plan: 2,
  archive: 2,
  setup: 2,
  verdict: 3,
  report: 4,
  ports: 5,
  page: 5,
  load: 6,
  probes: 7,
  adapters: 8,
  app: 9,
  entry: 10,
};

/** Floors up to this one are pure. */
const PURE_UP_TO = 4;

/** What purity forbids, with the reason that the failure prints. */
const IMPURE: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\bawait\b/, 'await'],
  [/\bnew Date\b|\bDate\.now\b/, 'the wall clock (time is a port)'],
  [/\bMath\.random\b/, 'unseeded randomness'],
  [/(?<![.\w])process\.\w/, 'process'],
  [/\bconsole\.\w/, 'console'],
  [/\bperformance\.now\b/, 'a clock (time is a port)'],
];

/** Pure floors may use these parts of the platform: functions of their input, without a world. */
const PURE_BUILTINS = new Set(['node:zlib', 'node:crypto', 'node:buffer']);

interface SourceFile {
  readonly path: string;
  readonly folder: string;
  /** Comments and string contents are kept; only imports and code lines matter here. */
  readonly text: string;
}

const files: readonly SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ path: name, folder: name.split('/')[0]!, text: readFileSync(join(SRC, name), 'utf8') }));

const importsOf = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gms)].map(
    (match) => (match[1] ?? match[2] ?? match[3])!,
  );

const stripComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/(^|\s)\/\/.*$/gm, '$1');

/** The unit inside a floor that may not look sideways: the folder, and for adapters each adapter. */
const roomOf = (path: string): string => {
  const [folder, inner] = path.split('/') as [string, string];
  return folder === 'adapters' ? `${folder}/${inner}` : folder;
};

describe('the house', () => {
  it('has sources to look at, all in known folders', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => FLOORS[file.folder] === undefined).map((file) => file.path)).toEqual([]);
  });

  it('imports run down, and never sideways', () => {
    const wrong: string[] = [];
    for (const file of files) {
      for (const specifier of importsOf(file.text)) {
        if (!specifier.startsWith('.')) continue;
        const target = relative(SRC, resolve(dirname(join(SRC, file.path)), specifier));
        const [from, to] = [FLOORS[file.folder]!, FLOORS[target.split('/')[0]!]];
        if (target.startsWith('..') && target !== '../package.json')
          wrong.push(`${file.path} leaves src: ${specifier}`);
        else if (to !== undefined && roomOf(file.path) !== roomOf(target) && to >= from)
          wrong.push(`${file.path} (floor ${from}) imports ${target} (floor ${to})`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('relative imports name the file, extension included', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file.text)
        .filter((specifier) => specifier.startsWith('.') && !/\.(ts|json)$/.test(specifier))
        .map((specifier) => `${file.path}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it(`floors 0 to ${PURE_UP_TO} are pure`, () => {
    const wrong: string[] = [];
    for (const file of files.filter((each) => FLOORS[each.folder]! <= PURE_UP_TO)) {
      const code = stripComments(file.text);
      code.split('\n').forEach((line, index) => {
        for (const [pattern, why] of IMPURE) if (pattern.test(line)) wrong.push(`${file.path}:${index + 1}: ${why}`);
      });
      for (const specifier of importsOf(file.text))
        if (specifier.startsWith('node:') && !PURE_BUILTINS.has(specifier)) wrong.push(`${file.path}: ${specifier}`);
    }
    expect(wrong).toEqual([]);
  });

  it('the model imports nothing but itself', () => {
    const wrong = files
      .filter((file) => file.folder === 'model')
      .flatMap((file) => importsOf(file.text).filter((specifier) => !specifier.startsWith('./')));
    expect(wrong).toEqual([]);
  });

  it('only the entries end the process', () => {
    const wrong = files.filter(
      (file) => file.folder !== 'entry' && /\bprocess\.exit(Code)?\b|\bsetFailed\(/.test(stripComments(file.text)),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });
});
