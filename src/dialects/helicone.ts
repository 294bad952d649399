import type { Dialect } from '../model/dialect.ts';
import { COMMON_REQUEST_IDS, HIT_OR_MISS, PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * Helicone. Its cache is used by requests that ask for it. The fallback's index comes from its gateway of old; that of
 * today names the provider only.
 *
 * Headers: docs.helicone.ai/helicone-headers/header-directory, /features/advanced-usage/caching and /custom-rate-limits,
 * github.com/Helicone/helicone, worker/src. `x-ratelimit-{limit,remaining,after}` are of its self-hosted gateway.
 */
export const helicone: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'helicone',
  cache: { fields: [{ header: 'helicone-cache' }], values: HIT_OR_MISS },
  provider: [{ header: 'helicone-provider' }],
  requestId: [{ header: 'helicone-id' }, ...COMMON_REQUEST_IDS],
  fallback: [{ header: 'helicone-fallback-index' }],
  limits: [
    {
      of: 'requests',
      limit: 'helicone-ratelimit-limit',
      remaining: 'helicone-ratelimit-remaining',
      reset: { header: 'helicone-ratelimit-reset' },
    },
    {
      of: 'requests',
      limit: 'x-ratelimit-limit',
      remaining: 'x-ratelimit-remaining',
      reset: { header: 'x-ratelimit-after', format: 'seconds' },
    },
  ],
  cacheControls: {
    enable: [{ header: 'helicone-cache-enabled', value: 'true' }],
    bypass: [{ header: 'helicone-cache-enabled', value: 'false' }],
    ttl: { header: 'cache-control', unit: 'max-age' },
    namespace: { header: 'helicone-cache-seed' },
  },
};

/** What it can be told by. */
export const heliconeMarks: readonly Mark[] = [{ header: 'helicone-*', sure: true }];
