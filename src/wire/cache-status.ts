import type { CacheStatus } from '../model/outcome.ts';

/** What RFC 9211 §2.2 gives as reasons to forward a request, as far as they mean that the cache was passed by on purpose. */
const BYPASSING = ['bypass', 'method', 'request'];

/**
 * Reads a Cache-Status header (RFC 9211): a list of caches, the last of which is the nearest to the client and decides.
 * `hit` is a hit; `fwd=bypass`, `method` and `request` are a bypass, every other `fwd` (miss, uri-miss, vary-miss, stale,
 * partial) a miss. Undefined when the member says neither.
 */
export const parseCacheStatus = (header: string): CacheStatus | undefined => {
  const members = splitOutsideQuotes(header, ',').filter((member) => member.trim() !== '');
  const parameters = splitOutsideQuotes(members.at(-1) ?? '', ';').slice(1);
  const values = new Map(parameters.map((parameter) => splitParameter(parameter)));
  const hit = values.get('hit');
  if (hit === '' || hit === '?1') return 'hit';
  const forward = values.get('fwd');
  if (forward === undefined) return undefined;
  return BYPASSING.includes(forward) ? 'bypass' : 'miss';
};

/** Name and value of a parameter; a bare name is true and has the empty value. */
const splitParameter = (parameter: string): readonly [name: string, value: string] => {
  const equals = parameter.indexOf('=');
  const [name, value] = equals === -1 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
  return [name.trim().toLowerCase(), value.trim().toLowerCase()];
};

/** Splits a structured header (RFC 9651) where the separator does not stand in a quoted string. */
const splitOutsideQuotes = (text: string, separator: ',' | ';'): string[] =>
  text.match(separator === ',' ? /(?:"(?:\\.|[^"\\])*"|[^,])+/g : /(?:"(?:\\.|[^"\\])*"|[^;])+/g) ?? [];
