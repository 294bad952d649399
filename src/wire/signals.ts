import type { CacheField, CountField, Dialect, Field, NameField, TimeField, Unsupported } from '../model/dialect.ts';
import type { CacheStatus } from '../model/outcome.ts';
import { type Micros, micros } from '../model/units.ts';
import { parseCacheStatus } from './cache-status.ts';
import { oneLine } from './error-message.ts';
import type { HeaderLookup } from './headers.ts';
import { type Json, lookUp } from './json.ts';
import { serverTiming } from './server-timing.ts';

/**
 * What a gateway says about one response, by its dialect. Undefined = it said nothing, or nothing that the dialect knows;
 * whether it could have, the dialect tells. Limits are read apart, by `readLimits`.
 */
export interface Signals {
  readonly cache: CacheStatus | undefined;
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly requestId: string | undefined;
  /** Calls of a provider for this response, the first included. */
  readonly attempts: number | undefined;
  /** Which of the configured routes answered: 0 = the primary. */
  readonly fallback: number | undefined;
  /** Time that the gateway itself took, µs. */
  readonly gatewayTime: Micros | undefined;
  /** Time that it waited for its providers, µs. */
  readonly upstreamTime: Micros | undefined;
}

/** The longest name that is kept, in UTF-16 units. */
const MAX_NAME = 120;

/**
 * Reads a dialect's fields. `bodies` are the places that a body field is looked up in, in order: the JSON body; of a
 * stream, the answer put together from it and its last event.
 */
export const readSignals = (dialect: Dialect, header: HeaderLookup, bodies: readonly (Json | undefined)[]): Signals => {
  const find: Find = (field) => ('header' in field ? header(field.header) : firstFound(bodies, field.body));
  return {
    cache: dialect.cache === 'unsupported' ? undefined : readCache(dialect.cache, find),
    provider: firstOf(dialect.provider, find, readName),
    model: firstOf(dialect.model, find, readName),
    requestId: firstOf(dialect.requestId, find, readName),
    attempts: firstOf(dialect.attempts, find, readCount),
    fallback: firstOf(dialect.fallback, find, readCount),
    gatewayTime: firstOf(dialect.gatewayTime, find, readTime),
    upstreamTime: firstOf(dialect.upstreamTime, find, readTime),
  };
};

/** Whether any of the dialect's fields is in the body, so that the body must be kept and parsed. */
export const readsBody = (dialect: Dialect): boolean =>
  [
    dialect.cache === 'unsupported' ? [] : dialect.cache.fields,
    dialect.provider,
    dialect.model,
    dialect.requestId,
    dialect.attempts,
    dialect.fallback,
    dialect.gatewayTime,
    dialect.upstreamTime,
  ].some((fields) => fields !== 'unsupported' && fields.some((field) => 'body' in field));

/** What stands at a field's place; undefined when nothing does. */
type Find = (field: Field) => Json | undefined;

const firstFound = (bodies: readonly (Json | undefined)[], path: string): Json | undefined => {
  for (const body of bodies) {
    const found = lookUp(body, path);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The first field that is present decides, also when nothing can be read from it. */
const firstOf = <F extends Field, Read>(
  fields: Unsupported | readonly F[],
  find: Find,
  read: (value: Json, field: F) => Read | undefined,
): Read | undefined => {
  if (fields === 'unsupported') return undefined;
  for (const field of fields) {
    const value = find(field);
    if (isPresent(value)) return read(value, field);
  }
  return undefined;
};

const isPresent = (value: Json | undefined): value is Json =>
  value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');

/** The text of a value that is no list or map. */
const textOf = (value: Json): string | undefined => {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'object' ? undefined : String(value);
};

const readName = (value: Json, { part }: NameField): string | undefined => {
  const text = textOf(value);
  return text === undefined ? undefined : partOf(oneLine(text, MAX_NAME), part);
};

/** A value without a slash has no provider in front: it is all name. */
const partOf = (value: string, part: NameField['part']): string | undefined => {
  const slash = value.indexOf('/');
  if (part === undefined) return value;
  if (part === 'before-slash') return slash === -1 ? undefined : value.slice(0, slash);
  return value.slice(slash + 1);
};

const readCount = (value: Json, { format, plus = 0 }: CountField): number | undefined => {
  const count = rawCount(value, format);
  return count === undefined || !Number.isSafeInteger(count) ? undefined : count + plus;
};

const rawCount = (value: Json, format: CountField['format']): number | undefined => {
  switch (format) {
    case 'present':
      return 0;
    case 'items':
      return Array.isArray(value) ? value.length : undefined;
    case 'index':
      return wholeNumber(/\[(\d+)\][^[]*$/.exec(textOf(value) ?? '')?.[1] ?? textOf(value));
    default:
      return wholeNumber(textOf(value));
  }
};

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;

const readTime = (value: Json, { unit, metric }: TimeField): Micros | undefined => {
  const text = textOf(value);
  const written = metric === undefined || text === undefined ? text : serverTiming(text, metric);
  const number = written === undefined || written === '' ? Number.NaN : Number(written);
  const time = number * MICROS_IN[metric === undefined ? (unit ?? 'ms') : 'ms'];
  return time >= 0 && time <= Number.MAX_SAFE_INTEGER ? micros(time) : undefined;
};

const MICROS_IN = { us: 1, ms: 1_000, s: 1_000_000 } as const;

const readCache = (cache: Exclude<Dialect['cache'], Unsupported>, find: Find): CacheStatus | undefined =>
  firstOf(cache.fields, find, (value, { format }) => {
    const text = textOf(value);
    return text === undefined ? undefined : cacheStatusOf(text, format, cache.values);
  });

const cacheStatusOf = (
  value: string,
  format: CacheField['format'],
  values: Readonly<Record<string, CacheStatus>>,
): CacheStatus | undefined => {
  if (format === 'rfc9211') return parseCacheStatus(value);
  if (format === 'age') return Number(value) > 0 ? 'hit' : undefined;
  if (format === 'tokens') return tokensStatus(wholeNumber(value));
  if (Object.hasOwn(values, value)) return values[value];
  // Of caches behind one another each adds its word: the last is the nearest to us. Some put words behind it ("Hit from …").
  const last = value
    .slice(value.lastIndexOf(',') + 1)
    .trim()
    .toLowerCase();
  const known = Object.hasOwn(values, last) ? last : last.split(' ', 1)[0]!;
  return Object.hasOwn(values, known) ? values[known] : undefined;
};

const tokensStatus = (tokens: number | undefined): CacheStatus | undefined =>
  tokens === undefined ? undefined : tokens === 0 ? 'hit' : 'miss';
