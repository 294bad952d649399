import type { Dialect } from '../model/dialect.ts';
import { COMMON_REQUEST_IDS, HIT_OR_MISS, PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * OpenRouter. It names the provider in the body, of a stream in each chunk. Its cache is used by requests that ask for it.
 *
 * Headers: openrouter.ai/docs/guides/features/response-caching (a beta). Its limits' headers are not verified: they are
 * read under the names that are seen with its errors, the reset as an epoch in ms.
 */
export const openrouter: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'openrouter',
  cache: { fields: [{ header: 'x-openrouter-cache-status' }], values: HIT_OR_MISS },
  provider: [{ body: 'provider' }],
  requestId: [{ header: 'x-generation-id' }, ...COMMON_REQUEST_IDS],
  limits: [
    {
      of: 'requests',
      limit: 'x-ratelimit-limit',
      remaining: 'x-ratelimit-remaining',
      reset: { header: 'x-ratelimit-reset' },
    },
  ],
  cacheControls: {
    enable: [{ header: 'x-openrouter-cache', value: 'true' }],
    bypass: [{ header: 'x-openrouter-cache', value: 'false' }],
    ttl: { header: 'x-openrouter-cache-ttl', unit: 's' },
    namespace: 'unsupported',
  },
};

/** What it can be told by. */
export const openrouterMarks: readonly Mark[] = [
  { header: 'x-openrouter-*', sure: true },
  { header: 'x-generation-id' },
  { body: 'provider' },
];
