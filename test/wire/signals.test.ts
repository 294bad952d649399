import { describe, expect, it } from 'vitest';
import { generic } from '../../src/dialects/generic.ts';
import type { Dialect } from '../../src/model/dialect.ts';
import type { CacheStatus } from '../../src/model/outcome.ts';
import { parseCacheStatus } from '../../src/wire/cache-status.ts';
import { headerLookup } from '../../src/wire/headers.ts';
import { readSignals, readsBody } from '../../src/wire/signals.ts';

const bare: Dialect = {
  name: 'bare',
  cache: 'unsupported',
  provider: 'unsupported',
  model: 'unsupported',
  requestId: [],
};

describe('parseCacheStatus (RFC 9211)', () => {
  it.each<readonly [header: string, status: CacheStatus | undefined]>([
    ['ExampleCache; hit', 'hit'],
    ['ExampleCache;hit;ttl=376', 'hit'],
    ['ExampleCache; hit=?1', 'hit'],
    ['ExampleCache; hit=?0', undefined],
    ['ExampleCache; hit=?0; fwd=miss', 'miss'],
    ['ExampleCache; fwd=uri-miss; collapsed', 'miss'],
    ['ExampleCache; fwd=vary-miss; stored', 'miss'],
    ['ExampleCache; fwd=stale; fwd-status=304', 'miss'],
    ['ExampleCache; fwd=partial', 'miss'],
    ['ExampleCache; fwd=bypass', 'bypass'],
    ['ExampleCache; fwd=method', 'bypass'],
    ['ExampleCache; fwd=request', 'bypass'],
    ['OriginCache; hit; ttl=1100, "CDN Company Here"; fwd=miss', 'miss'],
    ['OriginCache; fwd=miss, "CDN, with; hit=a \\" comma"; hit', 'hit'],
    ['Cache; detail="fwd=bypass"; hit', 'hit'],
    ['ExampleCache; detail=MEMORY', undefined],
    ['ExampleCache', undefined],
    ['hit', undefined],
    ['', undefined],
    [', ,', undefined],
    ['Cache; "unterminated; hit', 'hit'],
  ])('%s', (header, status) => {
    expect(parseCacheStatus(header)).toBe(status);
  });
});

describe('readSignals', () => {
  const cacheOf = (...flat: string[]) => readSignals(generic, headerLookup(flat), []).cache;

  it.each<readonly [flat: readonly string[], status: CacheStatus | undefined]>([
    [['x-cache', 'hit'], 'hit'],
    [['x-cache', 'HIT'], 'hit'],
    [['x-cache', ' Miss '], 'miss'],
    [['x-cache', 'Hit from cloudfront'], 'hit'],
    [['x-cache', 'MISS, HIT'], 'hit'],
    [['x-cache', 'HIT', 'x-cache', 'MISS'], 'miss'],
    [['x-cache-status', 'BYPASS'], 'bypass'],
    [['cache-status', 'x; fwd=miss'], 'miss'],
    [['age', '12'], 'hit'],
    [['age', '0'], undefined],
    [['age', 'x'], undefined],
    [['age', '12', 'x-cache', 'MISS'], 'miss'],
    [['x-cache', 'constructor'], undefined],
    [['x-cache', 'whatever', 'age', '12'], undefined],
    [['x-cache', '', 'x-cache-status', 'hit'], 'hit'],
    [['cache-status', `${'Far; fwd=miss; key="0123456789", '.repeat(9)}Near; hit`], 'hit'],
    [[], undefined],
  ])('reads the cache status of %j', (flat, status) => {
    expect(cacheOf(...flat)).toBe(status);
  });

  it('takes the first field that is present, header or body', () => {
    const dialect: Dialect = {
      ...bare,
      provider: [{ header: 'x-provider' }, { body: 'meta.provider' }],
      model: [{ body: 'model' }],
      requestId: [{ header: 'x-id' }, { body: 'id' }],
    };
    const read = (flat: string[], ...bodies: Parameters<typeof readSignals>[2]) =>
      readSignals(dialect, headerLookup(flat), bodies);
    const body = { model: 'm', id: 7, meta: { provider: 'b' } };
    expect(read(['x-provider', 'a'], body)).toEqual({ cache: undefined, provider: 'a', model: 'm', requestId: '7' });
    expect(read([], body).provider).toBe('b');
    expect(read([], { model: 'm' }, body)).toMatchObject({ provider: 'b', model: 'm' });
    expect(read([], { model: null, id: [1], meta: { provider: ' ' } })).toEqual(read([]));
  });

  it('cuts names to one short line', () => {
    const dialect: Dialect = { ...bare, provider: [{ header: 'p' }] };
    const { provider } = readSignals(dialect, headerLookup(['p', `a\u0007b${'x'.repeat(500)}`]), []);
    expect(provider).toMatch(/^a bx+…$/);
    expect(provider).toHaveLength(120);
  });

  it.each([
    ['openai/gpt-4o', 'openai', 'gpt-4o'],
    ['groq/meta/llama', 'groq', 'meta/llama'],
    ['gpt-4o', undefined, 'gpt-4o'],
  ])('takes %s apart', (value, provider, model) => {
    const dialect: Dialect = {
      ...bare,
      provider: [{ header: 'm', part: 'before-slash' }],
      model: [{ header: 'm', part: 'after-slash' }],
    };
    expect(readSignals(dialect, headerLookup(['m', value]), [])).toMatchObject({ provider, model });
  });

  it('reads a boolean of the body by its word', () => {
    const cache = { fields: [{ body: 'debug.hit' }], values: { true: 'hit', false: 'miss' } } as const;
    for (const [hit, status] of [
      [true, 'hit'],
      [false, 'miss'],
    ] as const)
      expect(readSignals({ ...bare, cache }, headerLookup([]), [{ debug: { hit } }]).cache).toBe(status);
  });

  it('says nothing where the dialect supports nothing', () => {
    const flat = headerLookup(['x-cache', 'hit', 'x-provider', 'a']);
    expect(Object.values(readSignals(bare, flat, [{ model: 'm' }])).filter((value) => value !== undefined)).toEqual([]);
  });
});

describe('readsBody', () => {
  it.each<readonly [dialect: Dialect, reads: boolean]>([
    [bare, false],
    [generic, true],
    [{ ...bare, provider: [{ header: 'a' }] }, false],
    [{ ...bare, cache: { fields: [{ body: 'a' }], values: {} } }, true],
    [{ ...bare, requestId: [{ header: 'a' }, { body: 'id' }] }, true],
  ])('%#', (dialect, reads) => {
    expect(readsBody(dialect)).toBe(reads);
  });
});
