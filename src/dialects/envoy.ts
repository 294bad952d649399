import type { Dialect } from '../model/dialect.ts';
import { PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * Envoy AI Gateway. It declares neither a cache nor the provider that answered. `x-envoy-upstream-service-time` is Envoy's
 * router's, and there only where the gateway's policy lets Envoy's headers out. The limits are those of Envoy's rate limit
 * filter (the third draft, seconds).
 *
 * Headers: envoyproxy.io, HTTP filters "router" and "rate limit"; github.com/envoyproxy/ai-gateway names none of its own.
 */
export const envoy: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'envoy',
  upstreamTime: [{ header: 'x-envoy-upstream-service-time' }],
  limits: [
    {
      of: 'requests',
      limit: 'x-ratelimit-limit',
      remaining: 'x-ratelimit-remaining',
      reset: { header: 'x-ratelimit-reset', format: 'seconds' },
    },
  ],
};

/** What it can be told by. All of them are of any Envoy. */
export const envoyMarks: readonly Mark[] = [{ header: 'x-envoy-*' }, { header: 'server', value: 'envoy' }];
