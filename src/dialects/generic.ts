import type { Dialect } from '../model/dialect.ts';
import { COMMON_CACHE_WORDS, PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * A gateway that names things as most do; the base that overrides are laid over when they name none. Its names of
 * Server-Timing metrics are those of our reference gateway: W3C leaves them free.
 */
export const generic: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'generic',
  cache: {
    fields: [
      { header: 'x-cache' },
      { header: 'x-cache-status' },
      { header: 'cache-status', format: 'rfc9211' },
      { header: 'age', format: 'age' },
    ],
    values: COMMON_CACHE_WORDS,
  },
  provider: [{ header: 'x-upstream-provider' }, { header: 'x-provider' }],
  gatewayTime: [{ header: 'server-timing', metric: 'gateway' }],
  upstreamTime: [{ header: 'x-upstream-latency-ms' }, { header: 'server-timing', metric: 'upstream' }],
  limits: [
    {
      of: 'requests',
      limit: 'x-ratelimit-limit',
      remaining: 'x-ratelimit-remaining',
      reset: { header: 'x-ratelimit-reset' },
    },
    { of: 'requests', structured: { state: 'ratelimit', policy: 'ratelimit-policy' } },
    // Drafts before the sixth had one header for each number.
    {
      of: 'requests',
      limit: 'ratelimit-limit',
      remaining: 'ratelimit-remaining',
      reset: { header: 'ratelimit-reset', format: 'seconds' },
    },
  ],
  // No gateway is bound to heed them.
  cacheControls: {
    enable: [],
    bypass: [
      { header: 'cache-control', value: 'no-cache' },
      { header: 'x-cache-enabled', value: 'false' },
    ],
    ttl: 'unsupported',
    namespace: 'unsupported',
  },
};

/** What it can be told by. Names that anybody may use: hints, which say that this dialect will read something. */
export const genericMarks: readonly Mark[] = [
  { header: 'x-cache' },
  { header: 'x-cache-status' },
  { header: 'cache-status' },
  { header: 'x-upstream-provider' },
  { header: 'x-provider' },
  { header: 'x-upstream-latency-ms' },
  { header: 'server-timing' },
  { header: 'x-ratelimit-limit' },
  { header: 'ratelimit' },
];
