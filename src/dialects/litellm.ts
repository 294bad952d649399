import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_REQUEST_IDS } from './common-fields.ts';

/**
 * LiteLLM proxy. It has no header that tells a hit from a miss (`x-litellm-cache-key` comes with both), and names the
 * deployment that answered, not its provider. The body's `model` is the requested name unless a fallback occurred.
 */
export const litellm: Dialect = {
  name: 'litellm',
  cache: 'unsupported',
  provider: [{ header: 'x-litellm-model-id' }],
  model: BODY_MODEL,
  requestId: COMMON_REQUEST_IDS,
};
