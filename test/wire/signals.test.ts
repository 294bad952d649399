import { describe, expect, it } from 'vitest';
import { PLAIN_GATEWAY } from '../../src/dialects/common-fields.ts';
import { generic } from '../../src/dialects/generic.ts';
import type { CountField, Dialect, TimeField } from '../../src/model/dialect.ts';
import type { CacheStatus } from '../../src/model/outcome.ts';
import { parseCacheStatus } from '../../src/wire/cache-status.ts';
import { headerLookup } from '../../src/wire/headers.ts';
import type { Json } from '../../src/wire/json.ts';
import { readSignals, readsBody } from '../../src/wire/signals.ts';

const bare: Dialect = { ...PLAIN_GATEWAY, name: 'bare', model: 'unsupported', requestId: [] };

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

  it.each<readonly [value: Json, field: CountField, count: number | undefined]>([
    ['2', { body: 'n' }, 2],
    [0, { body: 'n' }, 0],
    [2, { body: 'n', plus: 1 }, 3],
    ['-1', { body: 'n', plus: 1 }, undefined],
    ['1.5', { body: 'n' }, undefined],
    ['many', { body: 'n' }, undefined],
    ['9'.repeat(30), { body: 'n' }, undefined],
    [[{}, {}], { body: 'n', format: 'items' }, 2],
    [[], { body: 'n', format: 'items' }, 0],
    ['2', { body: 'n', format: 'items' }, undefined],
    ['config.targets[1]', { body: 'n', format: 'index' }, 1],
    ['config.targets[1].targets[0]', { body: 'n', format: 'index' }, 0],
    ['3', { body: 'n', format: 'index' }, 3],
    ['config', { body: 'n', format: 'index' }, undefined],
    ['openai', { body: 'n', format: 'present' }, 0],
  ])('counts in %j by %j', (value, field, count) => {
    expect(readSignals({ ...bare, attempts: [field] }, headerLookup([]), [{ n: value }]).attempts).toBe(count);
  });

  it('takes the absence of one header for a 0 where another one is there', () => {
    const fallback: readonly CountField[] = [{ header: 'x-index' }, { header: 'x-provider', format: 'present' }];
    const read = (flat: string[]) => readSignals({ ...bare, fallback }, headerLookup(flat), []).fallback;
    expect(read(['x-provider', 'a'])).toBe(0);
    expect(read(['x-provider', 'a', 'x-index', '1'])).toBe(1);
    expect(read([])).toBeUndefined();
  });

  it.each<readonly [value: Json, field: TimeField, us: number | undefined]>([
    ['12.5', { body: 't' }, 12_500],
    [12.5, { body: 't', unit: 'ms' }, 12_500],
    ['7', { body: 't', unit: 'us' }, 7],
    ['0.25', { body: 't', unit: 's' }, 250_000],
    [1e-7, { body: 't', unit: 's' }, 0],
    ['-3', { body: 't' }, undefined],
    ['fast', { body: 't' }, undefined],
    ['1e400', { body: 't' }, undefined],
    ['gateway;dur=1.5, upstream;dur=20', { body: 't', metric: 'upstream' }, 20_000],
    ['db;desc="a, gateway;dur=9";dur=3, gateway;dur="1.5"', { body: 't', metric: 'gateway' }, 1_500],
    ['gateway;desc=x', { body: 't', metric: 'gateway' }, undefined],
    ['upstream;dur=20', { body: 't', metric: 'gateway' }, undefined],
  ])('reads a time from %j by %j', (value, field, us) => {
    expect(readSignals({ ...bare, gatewayTime: [field] }, headerLookup([]), [{ t: value }]).gatewayTime).toBe(us);
  });

  it.each<readonly [tokens: Json, status: CacheStatus | undefined]>([
    [0, 'hit'],
    [50, 'miss'],
    ['none', undefined],
  ])('takes %j tokens paid for as its cache status', (tokens, status) => {
    const cache = { fields: [{ body: 'usage.total_tokens', format: 'tokens' as const }], values: {} };
    expect(readSignals({ ...bare, cache }, headerLookup([]), [{ usage: { total_tokens: tokens } }]).cache).toBe(status);
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
    [{ ...bare, attempts: [{ body: 'a' }] }, true],
    [{ ...bare, fallback: [{ body: 'a' }] }, true],
    [{ ...bare, gatewayTime: [{ body: 'a' }] }, true],
    [{ ...bare, upstreamTime: [{ body: 'a' }] }, true],
  ])('%#', (dialect, reads) => {
    expect(readsBody(dialect)).toBe(reads);
  });
});
