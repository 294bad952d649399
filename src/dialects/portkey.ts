import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_REQUEST_IDS } from './common-fields.ts';

/** Portkey. REFRESH answers a request that forces a fresh answer, DISABLED one without a cache: both pass the cache by. */
export const portkey: Dialect = {
  name: 'portkey',
  cache: {
    fields: [{ header: 'x-portkey-cache-status' }],
    values: {
      hit: 'hit',
      'semantic hit': 'hit',
      miss: 'miss',
      'semantic miss': 'miss',
      refresh: 'bypass',
      disabled: 'bypass',
    },
  },
  provider: [{ header: 'x-portkey-provider' }],
  model: BODY_MODEL,
  requestId: [{ header: 'x-portkey-trace-id' }, ...COMMON_REQUEST_IDS],
};
