import type { Dialect, Field, LimitFields, NameField, RejectionCodes, WhenHeader } from '../model/dialect.ts';
import type { CacheStatus } from '../model/outcome.ts';

/**
 * The words for a cache's status that proxies share (nginx's `$upstream_cache_status` among them). Stale content that was
 * sent without waiting is a hit; content that had to be fetched again is a miss.
 */
export const COMMON_CACHE_WORDS: Readonly<Record<string, CacheStatus>> = {
  hit: 'hit',
  stale: 'hit',
  updating: 'hit',
  revalidated: 'hit',
  miss: 'miss',
  expired: 'miss',
  refresh: 'miss',
  bypass: 'bypass',
  disabled: 'bypass',
};

/** All that the words of a gateway with only two say. */
export const HIT_OR_MISS: Readonly<Record<string, CacheStatus>> = { hit: 'hit', miss: 'miss' };

/** The model as the answer names it: in every API's own body. */
export const BODY_MODEL: readonly NameField[] = [{ body: 'model' }];

/** Ids that proxies and providers give a request; the answer's own id where there is no header. */
export const COMMON_REQUEST_IDS: readonly Field[] = [
  { header: 'x-request-id' },
  { header: 'request-id' },
  { body: 'id' },
];

/**
 * OpenAI's: resets like `12ms` and `6m0s`, though others write plain seconds under the same names
 * (https://platform.openai.com/docs/guides/rate-limits).
 */
export const OPENAI_LIMITS: readonly LimitFields[] = (['requests', 'tokens'] as const).map((of) => ({
  of,
  limit: `x-ratelimit-limit-${of}`,
  remaining: `x-ratelimit-remaining-${of}`,
  reset: { header: `x-ratelimit-reset-${of}` },
}));

/** Anthropic's: resets in RFC 3339 (https://docs.anthropic.com/en/api/rate-limits). */
const ANTHROPIC_LIMITS: readonly LimitFields[] = (
  [
    ['requests', 'requests'],
    ['tokens', 'tokens'],
    ['tokens', 'input-tokens'],
    ['tokens', 'output-tokens'],
  ] as const
).map(([of, name]) => ({
  of,
  limit: `anthropic-ratelimit-${name}-limit`,
  remaining: `anthropic-ratelimit-${name}-remaining`,
  reset: { header: `anthropic-ratelimit-${name}-reset`, format: 'rfc3339' },
}));

/** What providers say of their own limits, where a gateway passes it on. */
export const PROVIDER_LIMITS: readonly LimitFields[] = [...OPENAI_LIMITS, ...ANTHROPIC_LIMITS];

/** `Retry-After` is seconds or a date (RFC 9110 §10.2.3); OpenAI and Azure add a finer one in ms. */
export const COMMON_RETRY_AFTER: readonly WhenHeader[] = [
  { header: 'retry-after-ms', format: 'millis' },
  { header: 'retry-after' },
];

/** 429 and nothing else. */
const TOO_MANY_REQUESTS: RejectionCodes = { rate: [429], quota: [] };

/** A gateway that says no more than the APIs that it speaks: each dialect is this and what its gateway adds. */
export const PLAIN_GATEWAY: Omit<Dialect, 'name'> = {
  cache: 'unsupported',
  provider: 'unsupported',
  model: BODY_MODEL,
  requestId: COMMON_REQUEST_IDS,
  attempts: 'unsupported',
  fallback: 'unsupported',
  gatewayTime: 'unsupported',
  upstreamTime: 'unsupported',
  limits: 'unsupported',
  providerLimits: PROVIDER_LIMITS,
  retryAfter: COMMON_RETRY_AFTER,
  rejections: TOO_MANY_REQUESTS,
  cacheControls: { enable: [], bypass: 'unsupported', ttl: 'unsupported', namespace: 'unsupported' },
};
