import { describe, expect, it } from 'vitest';
import type { DialectOverrides } from '../../src/dialects/override-dialect.ts';
import { DIALECT_NAMES, resolveDialect } from '../../src/dialects/resolve-dialect.ts';
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
      'bifrost',
      'tensorzero',
      'openrouter',
      'vercel',
      'azure-apim',
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
      ...portkey,
      name: 'portkey (overridden)',
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

describe('overrides of the other parts', () => {
  it.each<readonly [name: string, spec: DialectOverrides, part: Partial<Dialect>]>([
    [
      'counts',
      { attempts: [{ header: 'X-Tries', plus: 1 }], fallback: 'unsupported' },
      { attempts: [{ header: 'x-tries', plus: 1 }], fallback: 'unsupported' },
    ],
    [
      'times',
      { gateway_time: [{ header: 'Server-Timing', metric: 'Edge' }], upstream_time: 'unsupported' },
      { gatewayTime: [{ header: 'server-timing', metric: 'Edge' }], upstreamTime: 'unsupported' },
    ],
    [
      'limits',
      {
        limits: [
          { of: 'tokens', limit: 'X-*-Limit', reset: { header: 'X-*-Reset', format: 'epoch' } },
          { of: 'requests', structured: { state: 'RateLimit', policy: 'RateLimit-Policy' } },
        ],
        provider_limits: [],
      },
      {
        limits: [
          { of: 'tokens', limit: 'x-*-limit', reset: { header: 'x-*-reset', format: 'epoch' } },
          { of: 'requests', structured: { state: 'ratelimit', policy: 'ratelimit-policy' } },
        ],
        providerLimits: [],
      },
    ],
    ['no limits', { limits: 'unsupported' }, { limits: 'unsupported' }],
    [
      'when to retry',
      { retry_after: [{ header: 'X-Wait', format: 'millis' }] },
      { retryAfter: [{ header: 'x-wait', format: 'millis' }] },
    ],
    ['one kind of rejection', { rejections: { quota: [402] } }, { rejections: { rate: [429], quota: [402] } }],
    [
      'what a request can ask of the cache',
      {
        base: 'cloudflare',
        cache_controls: {
          enable: [{ header: 'X-On', value: '1' }],
          bypass: 'unsupported',
          namespace: { header: 'X-Part' },
        },
      },
      {
        cacheControls: {
          enable: [{ header: 'x-on', value: '1' }],
          bypass: 'unsupported',
          ttl: { header: 'cf-aig-cache-ttl', unit: 's' },
          namespace: { header: 'x-part' },
        },
      },
    ],
  ])('%s', (_name, spec, part) => {
    const base = resolved(spec.base ?? 'generic');
    expect(resolved(spec)).toEqual({ ...base, name: `${base.name} (overridden)`, ...part });
  });
});

describe('every dialect', () => {
  it.each(DIALECT_NAMES)('%s is written as the model wants it', (name) => {
    const dialect = resolved(name);
    const headers = JSON.stringify(dialect).matchAll(/"(?:header|limit|remaining|state|policy)":"([^"]*)"/g);
    expect(
      [...headers].map(([, header]) => header!).filter((header) => !/^[a-z0-9-]+(?:\*[a-z0-9-]*)?$/.test(header)),
    ).toEqual([]);
    if (dialect.cache === 'unsupported') return;
    const { fields, values } = dialect.cache;
    expect(fields.length).toBeGreaterThan(0);
    expect(Object.keys(values).filter((word) => word !== word.toLowerCase())).toEqual([]);
    expect(Object.values(values).filter((status) => !CACHE_STATUSES.includes(status))).toEqual([]);
  });
});
