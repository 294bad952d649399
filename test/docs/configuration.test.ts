import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { DIALECT_NAMES } from '../../src/dialects/resolve-dialect.ts';
import { compareCommand } from '../../src/entry/commands/compare.ts';
import { demoCommand } from '../../src/entry/commands/demo.ts';
import { initCommand } from '../../src/entry/commands/init.ts';
import { mergeCommand } from '../../src/entry/commands/merge.ts';
import { planCommand } from '../../src/entry/commands/plan.ts';
import { probeCommand } from '../../src/entry/commands/probe.ts';
import { providerCommand } from '../../src/entry/commands/provider.ts';
import { runCommand } from '../../src/entry/commands/run.ts';
import { schemaCommand } from '../../src/entry/commands/schema.ts';
import { validateCommand } from '../../src/entry/commands/validate.ts';
import { DROP_REASONS, ERROR_CLASSES } from '../../src/model/outcome.ts';
import { PROBES } from '../../src/model/probe.ts';
import { readSound } from '../config/load-config.ts';

const ROOT = join(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const page = textOf('docs/configuration.md');
/** Each probe has a page of its own. */
const probePages = readdirSync(join(ROOT, 'docs/probes')).map((name) => textOf(`docs/probes/${name}`));
const pages = [page, ...probePages].join('\n');

/** What stands in the first column of some table, without its back quotes. */
const documented = new Set(
  pages.split('\n').flatMap((line) => {
    const cell = /^\| ((?:`[^`]+`(?:, )?)+)/.exec(line)?.[1] ?? '';
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  }),
);

const fragments = [...pages.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);

/** What a fragment leaves out. */
const BASE = {
  version: 1,
  gateway: { url: 'https://gateway.example' },
  scenarios: { models: { load: { rate: '5/s' }, endpoint: 'models' } },
};

const world = {
  env: { GATEWAY_URL: 'https://gateway.example', GATEWAY_KEY: 'sk-secret' },
  files: {
    'documents.jsonl': '{"text": "one"}\n',
    'ca.pem': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
  },
};

describe('docs/configuration.md', () => {
  it.each(fragments.map((text) => [text.split('\n')[0]!, text]))('has an example that is sound: %s', (_, text) => {
    readSound(stringify({ ...BASE, ...parse(text) }), world);
  });

  it('has examples', () => expect(fragments.length).toBeGreaterThan(10));

  it('names every key of the schema', () => {
    const keys = new Set(keysOf(configJsonSchema()));
    expect(keys.size).toBeGreaterThan(60);
    const inTables = (key: string): boolean => documented.has(key) || NESTED.has(key);
    expect([...keys].filter((key) => !inTables(key) || !pages.includes(key))).toEqual([]);
  });

  it('has the grammar of SLOs as it stands above the parser', () => {
    const source = textOf('src/config/slo-grammar.ts');
    const rules = source.split('\n').filter((line) => /^ \* {3}\S|^ \* {10,}\//.test(line));
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.map((line) => line.slice(5)).filter((rule) => !page.includes(`\n${rule}\n`))).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['dialect', DIALECT_NAMES],
    ['input', namesIn('inputs')],
    ['output', namesIn('outputs')],
  ])('has a row for every %s', (_, names) => {
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !documented.has(name))).toEqual([]);
  });

  it('states the defaults of the inputs', () => {
    const defaults = Object.entries(inputs).flatMap(([name, input]) =>
      input.default === '' || input.default.includes('${{') ? [] : [`| \`${name}\` | \`${input.default}\` |`],
    );
    const squeezed = page.replace(/ +/g, ' ');
    expect(defaults.filter((row) => !squeezed.includes(row))).toEqual([]);
  });

  it('names every class of error, reason of a drop, and probe', () => {
    const words = [...ERROR_CLASSES, ...DROP_REASONS, ...PROBES];
    expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  });

  it('has a row for every option and command', () => {
    const rows = [...documented].map((cell) => cell.split(' ')[0]);
    const options = COMMANDS.flatMap((command) => command.options.flatMap(({ long }) => long ?? []));
    expect([...new Set(options)].filter((option) => !rows.includes(option))).toEqual([]);
    expect(COMMANDS.map((command) => command.name()).filter((name) => !page.includes(`| \`gatemark ${name}`))).toEqual(
      [],
    );
  });
});

const COMMANDS: readonly Command[] = [
  runCommand(),
  compareCommand(),
  mergeCommand(),
  validateCommand(),
  planCommand(),
  probeCommand(),
  initCommand(),
  schemaCommand(),
  demoCommand(),
  providerCommand(),
];

/** Keys that are explained in the row of the map around them. */
const NESTED = new Set([
  ...['to', 'over', 'from', 'by', 'hold', 'error_rate', 'for', 'p50', 'p95', 'file', 'field', 'method', 'path'],
  ...['header', 'fields', 'values', 'limit', 'window', 'rate', 'quota', 'state', 'policy', 'value', 'algorithm'],
  ...['enable', 'bypass', 'ttl', 'namespace'],
]);

const inputs: Readonly<Record<string, { readonly default: string }>> = parse(textOf('action.yml')).inputs;

function namesIn(part: 'inputs' | 'outputs'): readonly string[] {
  return Object.keys(parse(textOf('action.yml'))[part]);
}

function keysOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(keysOf);
  const { properties = {}, ...rest } = node as { readonly properties?: object };
  return [...Object.keys(properties), ...Object.values(properties).flatMap(keysOf), ...keysOf(Object.values(rest))];
}
