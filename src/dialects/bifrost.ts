import type { Dialect } from '../model/dialect.ts';
import { COMMON_REQUEST_IDS, PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * Bifrost. The cache's status is in the body, of a stream in its last chunk, and only where the request had a cache key:
 * without one (and without a default key at the gateway) nothing is cached, which is also the way past the cache. A 0 as
 * the fallback's index is left out. The upstream's latency is the sum over all attempts.
 *
 * Headers: github.com/maximhq/bifrost, transports/bifrost-http/lib (x-bifrost-*); docs.getbifrost.ai/features/
 * semantic-caching (`extra_fields.cache_debug`, x-bf-cache-*). Its headers for limits are not verified.
 */
export const bifrost: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'bifrost',
  cache: { fields: [{ body: 'extra_fields.cache_debug.cache_hit' }], values: { true: 'hit', false: 'miss' } },
  provider: [
    { header: 'x-bifrost-provider' },
    { header: 'x-bifrost-routing-info-provider' },
    { body: 'extra_fields.provider' },
  ],
  model: [{ header: 'x-bifrost-resolved-model' }, { header: 'x-bifrost-routing-info-model' }, { body: 'model' }],
  requestId: [{ header: 'x-bifrost-request-id' }, ...COMMON_REQUEST_IDS],
  fallback: [
    { header: 'x-bifrost-fallback-index' },
    { header: 'x-bifrost-provider', format: 'present' },
    { header: 'x-bifrost-routing-info-provider', format: 'present' },
  ],
  upstreamTime: [{ header: 'x-bifrost-upstream-latency-ms' }],
  cacheControls: {
    enable: [{ header: 'x-bf-cache-key', value: 'gatemark' }],
    bypass: 'unsupported',
    ttl: { header: 'x-bf-cache-ttl', unit: 'text' },
    namespace: { header: 'x-bf-cache-key' },
  },
};

/** What it can be told by. */
export const bifrostMarks: readonly Mark[] = [
  { header: 'x-bifrost-*', sure: true },
  { body: 'extra_fields.provider' },
  { body: 'is_bifrost_error' },
];
