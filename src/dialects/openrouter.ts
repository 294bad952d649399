import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_REQUEST_IDS, HIT_OR_MISS } from './common-fields.ts';

/** OpenRouter. It names the provider in the body, of a stream in each chunk. */
export const openrouter: Dialect = {
  name: 'openrouter',
  cache: { fields: [{ header: 'x-openrouter-cache-status' }], values: HIT_OR_MISS },
  provider: [{ body: 'provider' }],
  model: BODY_MODEL,
  requestId: COMMON_REQUEST_IDS,
};
