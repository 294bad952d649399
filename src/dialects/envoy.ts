import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_REQUEST_IDS } from './common-fields.ts';

/** Envoy AI Gateway. It declares neither a cache nor the provider that answered. */
export const envoy: Dialect = {
  name: 'envoy',
  cache: 'unsupported',
  provider: 'unsupported',
  model: BODY_MODEL,
  requestId: COMMON_REQUEST_IDS,
};
