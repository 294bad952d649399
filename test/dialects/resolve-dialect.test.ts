import { describe, expect, it } from 'vitest';
import { DIALECT_NAMES, type DialectOverrides, resolveDialect } from '../../src/dialects/resolve-dialect.ts';
import type { Dialect } from '../../src/model/dialect.ts';
import { CACHE_STATUSES } from '../../src/model/outcome.ts';

const resolved = (spec: string | DialectOverrides): Dialect => {
  const resolution = resolveDialect(spec);
  if (!resolution.ok) throw new Error(resolution.message);
  return resolution.dialect;
};

describe('resolveDialect', () => {
  it('knows each of its names, generic first', () => {
    expect(DIALECT_NAMES).toEqual([
      'generic',
      'litellm',
      'portkey',
      'cloudflare',
      'kong',
      'envoy',
      'apisix',
      'helicone',
      'openrouter',
    ]);
    for (const name of DIALECT_NAMES) expect(resolved(name).name).toBe(name);
  });

  it('says which there are when one is unknown', () => {
    const answer = { ok: false, message: 'no dialect is called kongg', allowed: DIALECT_NAMES.join(', ') };
    expect(resolveDialect('kongg')).toEqual(answer);
    expect(resolveDialect({ base: 'kongg' })).toEqual(answer);
  });

  it('lays nothing over generic, and only its name changes', () => {
    expect(resolved({})).toEqual({ ...resolved('generic'), name: 'generic (overridden)' });
  });

  it('replaces the parts that are given, and keeps the others of the base', () => {
    const portkey = resolved('portkey');
    const dialect = resolved({
      base: 'portkey',
      provider: [{ header: 'X-Served-By' }, { body: 'meta.Provider' }],
      model: 'unsupported',
      request_id: [{ header: 'X-Trace' }],
    });
    expect(dialect).toEqual({
      name: 'portkey (overridden)',
      cache: portkey.cache,
      provider: [{ header: 'x-served-by' }, { body: 'meta.Provider' }],
      model: 'unsupported',
      requestId: [{ header: 'x-trace' }],
    });
  });

  it.each<readonly [name: string, spec: DialectOverrides, cache: unknown]>([
    ['unsupported', { cache: 'unsupported' }, 'unsupported'],
    [
      'words are added, in lower case, and win',
      { base: 'cloudflare', cache: { values: { SERVED: 'hit', Hit: 'bypass' } } },
      { fields: [{ header: 'cf-aig-cache-status' }], values: { hit: 'bypass', miss: 'miss', served: 'hit' } },
    ],
    [
      'fields replace those of the base, its words stay',
      { base: 'cloudflare', cache: { fields: [{ header: 'X-Mine' }, { body: 'cached' }] } },
      { fields: [{ header: 'x-mine' }, { body: 'cached' }], values: { hit: 'hit', miss: 'miss' } },
    ],
    [
      'headers with a format of their own keep it',
      { base: 'cloudflare', cache: { fields: [{ header: 'Cache-Status' }, { header: 'Age' }] } },
      {
        fields: [
          { header: 'cache-status', format: 'rfc9211' },
          { header: 'age', format: 'age' },
        ],
        values: { hit: 'hit', miss: 'miss' },
      },
    ],
  ])('cache: %s', (_name, spec, cache) => {
    expect(resolved(spec).cache).toEqual(cache);
  });

  it('has the common words for a base that has none of its own', () => {
    expect(resolved({ base: 'litellm', cache: { fields: [{ header: 'x-c' }] } }).cache).toMatchObject({
      fields: [{ header: 'x-c' }],
      values: { hit: 'hit', miss: 'miss', bypass: 'bypass' },
    });
  });
});

describe('every dialect', () => {
  it.each(DIALECT_NAMES)('%s is written as the model wants it', (name) => {
    const { cache, provider, model, requestId } = resolved(name);
    const lists = [cache === 'unsupported' ? [] : cache.fields, provider, model, requestId];
    const headers = lists
      .flatMap((list) => (list === 'unsupported' ? [] : list))
      .flatMap((field) => ('header' in field ? field.header : []));
    expect(headers.filter((header) => header !== header.toLowerCase())).toEqual([]);
    if (cache === 'unsupported') return;
    expect(cache.fields.length).toBeGreaterThan(0);
    expect(Object.keys(cache.values).filter((word) => word !== word.toLowerCase())).toEqual([]);
    expect(Object.values(cache.values).filter((status) => !CACHE_STATUSES.includes(status))).toEqual([]);
  });
});
