import type { Dialect } from '../model/dialect.ts';
import { PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * Apache APISIX with its AI plugins. It names the instance that was picked only where its debug header is on. Its limits
 * on tokens are named by instance, or by rule (`X-AI-1-RateLimit-Limit`); those on requests are limit-count's. Both reject
 * with 503 unless told otherwise, without `Retry-After`. Which header passes the cache by is the operator's (`bypass_on`).
 *
 * Headers: github.com/apache/apisix, docs/en/latest/plugins/{ai-cache,ai-rate-limiting,ai-proxy-multi,limit-count}.md.
 */
export const apisix: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'apisix',
  cache: {
    fields: [{ header: 'x-ai-cache-status' }],
    values: { hit: 'hit', miss: 'miss', bypass: 'bypass' },
  },
  provider: [{ header: 'x-ai-semantic-picked-instance' }],
  limits: [
    {
      of: 'requests',
      limit: 'x-ratelimit-limit',
      remaining: 'x-ratelimit-remaining',
      reset: { header: 'x-ratelimit-reset', format: 'seconds' },
    },
    {
      of: 'tokens',
      limit: 'x-ai-ratelimit-limit-*',
      remaining: 'x-ai-ratelimit-remaining-*',
      reset: { header: 'x-ai-ratelimit-reset-*', format: 'seconds' },
    },
    {
      of: 'tokens',
      limit: 'x-ai-*-ratelimit-limit',
      remaining: 'x-ai-*-ratelimit-remaining',
      reset: { header: 'x-ai-*-ratelimit-reset', format: 'seconds' },
    },
  ],
  retryAfter: 'unsupported',
  rejections: { rate: [503, 429], quota: [] },
};

/** What it can be told by. */
export const apisixMarks: readonly Mark[] = [
  { header: 'server', value: 'apisix', sure: true },
  { header: 'x-ai-cache-*', sure: true },
  { header: 'x-ai-semantic-*', sure: true },
  { header: 'x-ai-*-ratelimit-limit' },
  { header: 'x-ai-ratelimit-*' },
];
