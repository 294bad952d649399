import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { PRODUCT } from './load-config.ts';

const COMMITTED = join(import.meta.dirname, '../../schema/gatemark.schema.json');

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly description?: string;
  readonly [key: string]: unknown;
}

/** Every property of every object in a schema, with its path. */
const propertiesOf = (node: unknown, path = ''): readonly (readonly [path: string, node: Node])[] => {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((item) => propertiesOf(item, path));
  const { properties = {}, ...rest } = node as Node;
  return [
    ...Object.entries(properties).flatMap(([key, value]) => [
      [`${path}.${key}`, value] as const,
      ...propertiesOf(value, `${path}.${key}`),
    ]),
    ...Object.values(rest).flatMap((value) => propertiesOf(value, path)),
  ];
};

describe('the JSON schema of the configuration', () => {
  it('is committed as generated: node scripts/generate-schema.ts', () => {
    expect(JSON.parse(readFileSync(COMMITTED, 'utf8'))).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });

  it('describes every key', () => {
    const properties = propertiesOf(configJsonSchema());
    expect(properties.length).toBeGreaterThan(100);
    expect(properties.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
  });

  const schema = z.fromJSONSchema(configJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

  it('accepts the example of the documentation', () => {
    expect(schema.safeParse(parse(PRODUCT)).error?.issues ?? []).toEqual([]);
  });

  it.each([
    ['an unknown key', 'requests: 6000', 'request: 6000'],
    ['a rate without unit', 'rate: 20/s', 'rate: 20'],
    ['a duration without unit', 'duration: 4m', 'duration: 4'],
    ['an unknown probe', 'probe: cache', 'probe: cash'],
    ['a name with a blank', 'faq-cache:', 'faq cache:'],
  ])('refuses %s', (_, from, to) => {
    expect(PRODUCT).toContain(from);
    expect(schema.safeParse(parse(PRODUCT.replace(from, to))).success).toBe(false);
  });
});
