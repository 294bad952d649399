import { hash } from 'node:crypto';
import type { Micros } from '../../model/units.ts';
import type { GatewayBehaviour } from './gateway-faults.ts';

/** Values by key for a time to live; the oldest go when it is full. */
export interface TtlCache<Value> {
  /** `longest` instead of the time to live, where it is given. */
  get(key: string, now: Micros, longest?: number): { readonly value: Value; readonly age: Micros } | undefined;
  set(key: string, value: Value, now: Micros): void;
}

const MAX_ENTRIES = 10_000;

export const createTtlCache = <Value>(ttl: Micros): TtlCache<Value> => {
  const entries = new Map<string, { readonly value: Value; readonly at: Micros }>();
  return {
    get: (key, now, longest = ttl) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      const age = (now - entry.at) as Micros;
      if (age < longest) return { value: entry.value, age };
      entries.delete(key);
      return undefined;
    },
    set: (key, value, now) => {
      entries.delete(key);
      entries.set(key, { value, at: now });
      if (entries.size > MAX_ENTRIES) entries.delete(entries.keys().next().value!);
    },
  };
};

/** Under what an answer is stored: tenant, path and body, minus what the behaviour leaves out. */
export const cacheKey = (
  request: { readonly tenant: string; readonly path: string; readonly text: string },
  ignores: GatewayBehaviour['cacheKeyIgnores'],
): string => {
  const tenant = ignores.includes('tenant') ? '' : request.tenant;
  return hash('sha256', `${tenant}\0${request.path}\0${bodyWithout(request.text, ignores)}`, 'hex');
};

const bodyWithout = (text: string, fields: GatewayBehaviour['cacheKeyIgnores']): string =>
  fields.length === 0
    ? text
    : JSON.stringify(JSON.parse(text), (key, value) => {
        if (key === 'messages' && fields.includes('system') && Array.isArray(value))
          return value.filter(({ role }) => role !== 'system');
        return fields.some((field) => field === key) ? undefined : value;
      });

/** Joins callers of the same key to one piece of work, which is cancelled when the last of them has left. */
export interface Flights<Value> {
  /** `first` is true for the caller whose `start` was used. */
  join(
    key: string,
    start: (signal: AbortSignal) => Promise<Value>,
  ): { readonly first: boolean; readonly landed: Promise<Value>; readonly leave: () => void };
}

export const createFlights = <Value>(): Flights<Value> => {
  const flights = new Map<
    string,
    { readonly landed: Promise<Value>; readonly abort: AbortController; callers: number }
  >();
  return {
    join: (key, start) => {
      const running = flights.get(key);
      const abort = running?.abort ?? new AbortController();
      const flight = running ?? { abort, landed: start(abort.signal), callers: 0 };
      flight.callers += 1;
      const forget = (): void => {
        if (flights.get(key) === flight) flights.delete(key);
      };
      if (running === undefined) {
        flights.set(key, flight);
        flight.landed.then(forget, forget);
      }
      const leave = (): void => {
        flight.callers -= 1;
        if (flight.callers > 0) return;
        // A caller that comes from here on must not join work that is being thrown away.
        forget();
        abort.abort();
      };
      return { first: running === undefined, landed: flight.landed, leave };
    },
  };
};
