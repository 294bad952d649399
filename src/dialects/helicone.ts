import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_REQUEST_IDS, HIT_OR_MISS } from './common-fields.ts';

/** Helicone. */
export const helicone: Dialect = {
  name: 'helicone',
  cache: { fields: [{ header: 'helicone-cache' }], values: HIT_OR_MISS },
  provider: [{ header: 'helicone-provider' }],
  model: BODY_MODEL,
  requestId: [{ header: 'helicone-id' }, ...COMMON_REQUEST_IDS],
};
