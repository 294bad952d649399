import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_REQUEST_IDS, HIT_OR_MISS } from './common-fields.ts';

/** Cloudflare AI Gateway. Whether it names the provider is not verified: configure it where it does. */
export const cloudflare: Dialect = {
  name: 'cloudflare',
  cache: { fields: [{ header: 'cf-aig-cache-status' }], values: HIT_OR_MISS },
  provider: 'unsupported',
  model: BODY_MODEL,
  requestId: [{ header: 'cf-aig-log-id' }, ...COMMON_REQUEST_IDS],
};
