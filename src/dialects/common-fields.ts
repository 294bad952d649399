import type { Field, NameField } from '../model/dialect.ts';
import type { CacheStatus } from '../model/outcome.ts';

/**
 * The words for a cache's status that proxies share (nginx's `$upstream_cache_status` among them). Stale content that was
 * sent without waiting is a hit; content that had to be fetched again is a miss.
 */
export const COMMON_CACHE_WORDS: Readonly<Record<string, CacheStatus>> = {
  hit: 'hit',
  stale: 'hit',
  updating: 'hit',
  revalidated: 'hit',
  miss: 'miss',
  expired: 'miss',
  refresh: 'miss',
  bypass: 'bypass',
  disabled: 'bypass',
};

/** All that the words of a gateway with only two say. */
export const HIT_OR_MISS: Readonly<Record<string, CacheStatus>> = { hit: 'hit', miss: 'miss' };

/** The model as the answer names it: in every API's own body. */
export const BODY_MODEL: readonly NameField[] = [{ body: 'model' }];

/** Ids that proxies and providers give a request; the answer's own id where there is no header. */
export const COMMON_REQUEST_IDS: readonly Field[] = [
  { header: 'x-request-id' },
  { header: 'request-id' },
  { body: 'id' },
];
