import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { formatProblems } from '../../src/config/format-problems.ts';
import { type ConfigResult, readConfig } from '../../src/config/read-config.ts';
import { resolveDialect } from '../../src/dialects/resolve-dialect.ts';
import type { World } from './broken-configs.ts';

/** Reads a text as the program does, in a world of its own. */
export const readIn = (text: string, world: World = {}): ConfigResult =>
  readConfig({
    file: 'gatemark.yml',
    text,
    env: (name) => world.env?.[name],
    profile: world.profile,
    overrides: world.overrides ?? {},
    readFile: (path) => world.files?.[path],
    checkDialect: resolveDialect,
  });

/** The same for a text that must be sound. */
export const readSound = (text: string, world: World = {}): Extract<ConfigResult, { ok: true }> => {
  const result = readIn(text, world);
  expect(result.ok ? '' : formatProblems(result.problems)).toBe('');
  if (!result.ok) throw new Error('unreachable');
  return result;
};

/** Just the configuration. */
export const configOf = (text: string, world: World = {}): Config => readSound(text, world).config;

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, '../fixtures/config', name), 'utf8');

/** The example of the documentation, word for word. */
export const PRODUCT = fixture('product.yml');
/** Where it can be read. */
export const PRODUCT_WORLD: World = {
  env: { GATEWAY_URL: 'https://gateway.example/v1/', GATEWAY_KEY: 'sk-secret-1' },
  files: { 'documents.jsonl': fixture('documents.jsonl') },
};
