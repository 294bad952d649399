import { type Micros, micros } from '../../model/units.ts';
import { cacheKey, createTtlCache } from './gateway-cache.ts';
import type { GatewayBehaviour } from './gateway-faults.ts';
import { createSemanticIndex, semanticQuery } from './gateway-semantic.ts';

/** What an answer is stored under, or looked up by. */
export interface StoreRequest {
  readonly tenant: string;
  readonly path: string;
  readonly text: string;
}

/** One request's place in the store, under the behaviour of the moment. */
export interface StorePlace<Value> {
  readonly key: string;
  /** The same request's answer, else that of the one most like it. */
  find(now: Micros): { readonly value: Value; readonly age: Micros } | undefined;
  /** `reach`: whether it answers the same request only, or like ones as well. */
  keep(value: Value, now: Micros, reach: 'same' | 'like'): void;
}

/** Stored answers: by the same request, and with a threshold by like ones too. */
export const createStore = <Value>({
  ttl,
  threshold,
}: {
  readonly ttl: Micros;
  readonly threshold: number | undefined;
}) => {
  const exact = createTtlCache<Value>(ttl);
  const index = createSemanticIndex<Value>();
  return (request: StoreRequest, behaviour: GatewayBehaviour): StorePlace<Value> => {
    const key = cacheKey(request, behaviour.cacheKeyIgnores);
    const least = behaviour.threshold ?? threshold;
    const query = least === undefined ? undefined : semanticQuery(request);
    const longest = behaviour.expires ? ttl : Number.POSITIVE_INFINITY;
    return {
      key,
      find: (now) => {
        const same = exact.get(key, now, longest);
        if (same !== undefined || query === undefined || least === undefined) return same;
        const like = index.find(query, least, now - longest);
        return like && { value: like.value, age: micros(now - like.at) };
      },
      keep: (value, now, reach) => {
        exact.set(key, value, now);
        if (query !== undefined && reach === 'like') index.add(query, value, now);
      },
    };
  };
};
