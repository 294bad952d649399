import type { CacheField, Dialect, Field, NameField } from '../model/dialect.ts';
import type { CacheStatus } from '../model/outcome.ts';
import { parseCacheStatus } from './cache-status.ts';
import { oneLine } from './error-message.ts';
import type { HeaderLookup } from './headers.ts';
import { type Json, lookUp } from './json.ts';

/** What a gateway says about one response, by its dialect. Undefined = it said nothing, or nothing that the dialect knows. */
export interface Signals {
  readonly cache: CacheStatus | undefined;
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly requestId: string | undefined;
}

/** The longest name that is kept, in UTF-16 units. */
const MAX_NAME = 120;

/**
 * Reads a dialect's fields. `bodies` are the places that a body field is looked up in, in order: the JSON body; of a
 * stream, the answer put together from it and its last event.
 */
export const readSignals = (dialect: Dialect, header: HeaderLookup, bodies: readonly (Json | undefined)[]): Signals => {
  const read = (field: Field): string | undefined => {
    const value = 'header' in field ? header(field.header) : firstFound(bodies, field.body);
    if (value === undefined || value === null || typeof value === 'object') return undefined;
    return String(value).trim() || undefined;
  };
  const name = (fields: 'unsupported' | readonly NameField[]): string | undefined =>
    fields === 'unsupported' ? undefined : firstName(fields, read);
  return {
    cache: readCache(dialect.cache, read),
    provider: name(dialect.provider),
    model: name(dialect.model),
    requestId: name(dialect.requestId),
  };
};

/** Whether any of the dialect's fields is in the body, so that the body must be kept and parsed. */
export const readsBody = (dialect: Dialect): boolean =>
  [
    dialect.cache === 'unsupported' ? [] : dialect.cache.fields,
    dialect.provider,
    dialect.model,
    dialect.requestId,
  ].some((fields) => fields !== 'unsupported' && fields.some((field) => 'body' in field));

const firstFound = (bodies: readonly (Json | undefined)[], path: string): Json | undefined => {
  for (const body of bodies) {
    const found = lookUp(body, path);
    if (found !== undefined) return found;
  }
  return undefined;
};

const firstName = (fields: readonly NameField[], read: (field: Field) => string | undefined): string | undefined => {
  for (const field of fields) {
    const value = read(field);
    if (value !== undefined) return partOf(oneLine(value, MAX_NAME), field.part);
  }
  return undefined;
};

/** A value without a slash has no provider in front: it is all name. */
const partOf = (value: string, part: NameField['part']): string | undefined => {
  const slash = value.indexOf('/');
  if (part === undefined) return value;
  if (part === 'before-slash') return slash === -1 ? undefined : value.slice(0, slash);
  return value.slice(slash + 1);
};

const readCache = (cache: Dialect['cache'], read: (field: Field) => string | undefined): CacheStatus | undefined => {
  if (cache === 'unsupported') return undefined;
  for (const field of cache.fields) {
    const value = read(field);
    if (value !== undefined) return cacheStatusOf(value, field.format, cache.values);
  }
  return undefined;
};

const cacheStatusOf = (
  value: string,
  format: CacheField['format'],
  values: Readonly<Record<string, CacheStatus>>,
): CacheStatus | undefined => {
  if (format === 'rfc9211') return parseCacheStatus(value);
  if (format === 'age') return Number(value) > 0 ? 'hit' : undefined;
  if (Object.hasOwn(values, value)) return values[value];
  // Of caches behind one another each adds its word: the last is the nearest to us. Some put words behind it ("Hit from …").
  const last = value
    .slice(value.lastIndexOf(',') + 1)
    .trim()
    .toLowerCase();
  const known = Object.hasOwn(values, last) ? last : last.split(' ', 1)[0]!;
  return Object.hasOwn(values, known) ? values[known] : undefined;
};
