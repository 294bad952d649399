import type { Dialect } from '../model/dialect.ts';
import { COMMON_REQUEST_IDS, OPENAI_LIMITS, PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * LiteLLM proxy. It has no header that tells a hit from a miss (`x-litellm-cache-key` comes with both), and names the
 * deployment that answered, not its provider. The body's `model` is the requested name unless a fallback occurred. Under
 * OpenAI's names it states a key's own limits where it has any, and else the provider's: they are read as its own.
 *
 * Headers: docs.litellm.ai/docs/proxy/response_headers and /docs/proxy/caching. The overhead is missing on some routes.
 */
export const litellm: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'litellm',
  provider: [{ header: 'x-litellm-model-id' }],
  requestId: [{ header: 'x-litellm-call-id' }, ...COMMON_REQUEST_IDS],
  attempts: [{ header: 'x-litellm-attempted-retries', plus: 1 }],
  fallback: [{ header: 'x-litellm-attempted-fallbacks' }],
  gatewayTime: [{ header: 'x-litellm-overhead-duration-ms' }],
  limits: [
    ...OPENAI_LIMITS,
    { of: 'requests', limit: 'x-litellm-key-rpm-limit' },
    { of: 'tokens', limit: 'x-litellm-key-tpm-limit' },
  ],
  cacheControls: {
    enable: [],
    bypass: [{ body: 'cache.no-cache', value: true }],
    ttl: { body: 'cache.ttl', unit: 's' },
    namespace: { body: 'cache.namespace' },
  },
};

/** What it can be told by. */
export const litellmMarks: readonly Mark[] = [{ header: 'x-litellm-*', sure: true }];
