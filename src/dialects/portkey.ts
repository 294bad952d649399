import type { Dialect } from '../model/dialect.ts';
import { COMMON_REQUEST_IDS, PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * Portkey. REFRESH answers a request that forces a fresh answer, DISABLED one without a cache: both pass the cache by. The
 * option's index is a path, `config.targets[1]`: a fallback where the targets are in order, a choice where they share the
 * load. A count of -1 says that all retries were used up, not how many there were.
 *
 * Headers: github.com/Portkey-AI/gateway, src/globals.ts, handlers/services/responseService.ts, middlewares/cache. The
 * status is absent where no cache is configured. The time to live is part of `x-portkey-config`.
 */
export const portkey: Dialect = {
  ...PLAIN_GATEWAY,
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
  requestId: [{ header: 'x-portkey-trace-id' }, ...COMMON_REQUEST_IDS],
  attempts: [{ header: 'x-portkey-retry-attempt-count', plus: 1 }],
  fallback: [{ header: 'x-portkey-last-used-option-index', format: 'index' }],
  cacheControls: {
    enable: [],
    bypass: [{ header: 'x-portkey-cache-force-refresh', value: 'true' }],
    ttl: 'unsupported',
    namespace: { header: 'x-portkey-cache-namespace' },
  },
};

/** What it can be told by. */
export const portkeyMarks: readonly Mark[] = [{ header: 'x-portkey-*', sure: true }];
