import type { Dialect } from '../model/dialect.ts';
import { BODY_MODEL, COMMON_REQUEST_IDS, HIT_OR_MISS, PLAIN_GATEWAY } from './common-fields.ts';
import type { Mark } from './mark.ts';

/**
 * Cloudflare AI Gateway. It names the provider and the model of its dynamic routes; whether it does elsewhere is not
 * verified. `cf-aig-cache-key` replaces the whole key of the cache, prompt included, so that it is no namespace.
 *
 * Headers: developers.cloudflare.com/ai-gateway/glossary, /features/caching, /features/dynamic-routing/usage, and
 * /configuration/fallbacks for the step.
 */
export const cloudflare: Dialect = {
  ...PLAIN_GATEWAY,
  name: 'cloudflare',
  cache: { fields: [{ header: 'cf-aig-cache-status' }], values: HIT_OR_MISS },
  provider: [{ header: 'cf-aig-provider' }],
  model: [{ header: 'cf-aig-model' }, ...BODY_MODEL],
  requestId: [{ header: 'cf-aig-log-id' }, ...COMMON_REQUEST_IDS],
  fallback: [{ header: 'cf-aig-step' }],
  cacheControls: {
    enable: [],
    bypass: [{ header: 'cf-aig-skip-cache', value: 'true' }],
    ttl: { header: 'cf-aig-cache-ttl', unit: 's' },
    namespace: 'unsupported',
  },
};

/** What it can be told by. `cf-ray` and the like are of any site behind Cloudflare. */
export const cloudflareMarks: readonly Mark[] = [{ header: 'cf-aig-*', sure: true }];
