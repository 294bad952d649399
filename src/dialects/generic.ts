import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_CACHE_WORDS, COMMON_REQUEST_IDS } from './common-fields.ts';

/** A gateway that names things as most do; the base that overrides are laid over when they name none. */
export const generic: Dialect = {
  name: 'generic',
  cache: {
    fields: [
      { header: 'x-cache' },
      { header: 'x-cache-status' },
      { header: 'cache-status', format: 'rfc9211' },
      { header: 'age', format: 'age' },
    ],
    values: COMMON_CACHE_WORDS,
  },
  provider: [{ header: 'x-upstream-provider' }, { header: 'x-provider' }],
  model: BODY_MODEL,
  requestId: COMMON_REQUEST_IDS,
};
