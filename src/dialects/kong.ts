import type { Dialect } from '../model/dialect.ts';
import { COMMON_REQUEST_IDS } from './common-fields.ts';

/** Kong AI Gateway. `X-Kong-LLM-Model` is `provider/model`. Refresh = found, but not usable, so fetched again. */
export const kong: Dialect = {
  name: 'kong',
  cache: {
    fields: [{ header: 'x-cache-status' }],
    values: { hit: 'hit', miss: 'miss', bypass: 'bypass', refresh: 'miss' },
  },
  provider: [{ header: 'x-kong-llm-model', part: 'before-slash' }],
  model: [{ header: 'x-kong-llm-model', part: 'after-slash' }, { body: 'model' }],
  requestId: COMMON_REQUEST_IDS,
};
