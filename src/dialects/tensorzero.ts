import type { Dialect } from '../model/dialect.ts';
import { PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * TensorZero, on its OpenAI-compatible endpoint. It declares no cache status, but states a usage of 0 for an answer out of
 * its cache; a stream states its usage only when asked to. The body's `model` is the variant that answered. The provider
 * is there where the request has `tensorzero::include_raw_response: true`.
 *
 * Fields: github.com/tensorzero/tensorzero, docs/gateway/guides/inference-caching.mdx and docs/gateway/api-reference/
 * inference-openai-compatible.mdx. `max_age_s` limits what is read from the cache, not what is kept.
 */
export const tensorzero: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'tensorzero',
  cache: { fields: [{ body: 'usage.total_tokens', format: 'tokens' }], values: {} },
  provider: [{ body: 'tensorzero_raw_response.0.provider_type' }],
  cacheControls: {
    enable: [{ body: 'tensorzero::cache_options.enabled', value: 'on' }],
    bypass: [{ body: 'tensorzero::cache_options.enabled', value: 'off' }],
    ttl: { body: 'tensorzero::cache_options.max_age_s', unit: 's' },
    namespace: 'unsupported',
  },
};

/** What it can be told by. */
export const tensorzeroMarks: readonly Mark[] = [
  { header: 'x-tensorzero-*', sure: true },
  { body: 'tensorzero_raw_response', sure: true },
  { body: 'episode_id' },
];
