import type { CacheStatus } from '../model/outcome.ts';
import { readStructuredList } from './structured-list.ts';

/** What RFC 9211 §2.2 gives as reasons to forward a request, as far as they mean that the cache was passed by on purpose. */
const BYPASSING = ['bypass', 'method', 'request'];

/**
 * Reads a Cache-Status header (RFC 9211): a list of caches, the last of which is the nearest to the client and decides.
 * `hit` is a hit; `fwd=bypass`, `method` and `request` are a bypass, every other `fwd` (miss, uri-miss, vary-miss, stale,
 * partial) a miss. Undefined when the member says neither.
 */
export const parseCacheStatus = (header: string): CacheStatus | undefined => {
  const nearest = readStructuredList(header).at(-1)?.parameters;
  const hit = nearest?.get('hit');
  if (hit === '' || hit === '?1') return 'hit';
  const forward = nearest?.get('fwd');
  if (forward === undefined) return undefined;
  return BYPASSING.includes(forward.toLowerCase()) ? 'bypass' : 'miss';
};
