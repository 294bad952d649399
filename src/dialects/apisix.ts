import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_REQUEST_IDS } from './common-fields.ts';

/** Apache APISIX with its AI plugins. It names the instance that was picked only where its debug header is on. */
export const apisix: Dialect = {
  name: 'apisix',
  cache: {
    fields: [{ header: 'x-ai-cache-status' }],
    values: { hit: 'hit', miss: 'miss', bypass: 'bypass' },
  },
  provider: [{ header: 'x-ai-semantic-picked-instance' }],
  model: BODY_MODEL,
  requestId: COMMON_REQUEST_IDS,
};
