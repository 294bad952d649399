import type { Dialect } from '../model/dialect.ts';
import { COMMON_REQUEST_IDS, COMMON_RETRY_AFTER, PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * Kong AI Gateway. `X-Kong-LLM-Model` is `provider/model`. Refresh = found, but not usable, so fetched again. Kong's own
 * latency is `X-Kong-Proxy-Latency`, or `X-Kong-Response-Latency` where it answered itself; the upstream's is that to its
 * headers, not to its last byte. Limits on tokens are named by window and provider, `minute-openai` or `60-openai`.
 *
 * Headers: developer.konghq.com/plugins/ai-rate-limiting-advanced, /plugins/ai-proxy, /plugins/ai-semantic-cache. Its
 * cache heeds `Cache-Control` where the plugin's `cache_control` is on.
 */
export const kong: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'kong',
  cache: {
    fields: [{ header: 'x-cache-status' }],
    values: { hit: 'hit', miss: 'miss', bypass: 'bypass', refresh: 'miss' },
  },
  provider: [{ header: 'x-kong-llm-model', part: 'before-slash' }],
  model: [{ header: 'x-kong-llm-model', part: 'after-slash' }, { body: 'model' }],
  requestId: [{ header: 'x-kong-request-id' }, ...COMMON_REQUEST_IDS],
  gatewayTime: [{ header: 'x-kong-proxy-latency' }, { header: 'x-kong-response-latency' }],
  upstreamTime: [{ header: 'x-kong-upstream-latency' }],
  limits: [
    {
      of: 'requests',
      limit: 'ratelimit-limit',
      remaining: 'ratelimit-remaining',
      reset: { header: 'ratelimit-reset', format: 'seconds' },
    },
    {
      of: 'tokens',
      limit: 'x-ai-ratelimit-limit-*',
      remaining: 'x-ai-ratelimit-remaining-*',
      reset: { header: 'x-ai-ratelimit-reset-*', format: 'seconds' },
    },
  ],
  retryAfter: [...COMMON_RETRY_AFTER, { header: 'x-ai-ratelimit-retry-after', format: 'seconds' }],
  cacheControls: {
    enable: [],
    bypass: [{ header: 'cache-control', value: 'no-store' }],
    ttl: 'unsupported',
    namespace: 'unsupported',
  },
};

/** What it can be told by. */
export const kongMarks: readonly Mark[] = [
  { header: 'x-kong-*', sure: true },
  { header: 'server', value: 'kong/', sure: true },
  { header: 'via', value: 'kong/', sure: true },
  { header: 'x-ai-ratelimit-*' },
];
