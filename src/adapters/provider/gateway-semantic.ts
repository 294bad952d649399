import type { Micros } from '../../model/units.ts';
import { cacheKey } from './gateway-cache.ts';
import { parseObject } from './model-request.ts';

/** A request as a semantic cache sees it. */
export interface SemanticQuery {
  /** What must be the same: tenant, path, and all of the body but the words of the last message. Numbers and ids are no words. */
  readonly scope: string;
  /** How often each word occurs. */
  readonly words: ReadonlyMap<string, number>;
}

/** Stored values by what was asked; the oldest go when it is full. */
export interface SemanticIndex<Value> {
  /** The most alike of those stored after `since`, if it is at least as alike as `threshold` (cosine, 0–1). */
  find(
    query: SemanticQuery,
    threshold: number,
    since: number,
  ): { readonly value: Value; readonly at: Micros } | undefined;
  add(query: SemanticQuery, value: Value, at: Micros): void;
}

const MAX_ENTRIES = 2_000;

/**
 * Looks for like prompts by the cosine of their words: no model of language, but deterministic, and with the one weakness
 * of all of them, a threshold below which unlike prompts look alike.
 */
export const createSemanticIndex = <Value>(): SemanticIndex<Value> => {
  let entries: { readonly query: SemanticQuery; readonly value: Value; readonly at: Micros }[] = [];
  return {
    find: ({ scope, words }, threshold, since) => {
      const [best] = entries
        .filter((entry) => entry.query.scope === scope && entry.at > since)
        .map((entry) => ({ entry, likeness: cosine(words, entry.query.words) }))
        .filter(({ likeness }) => likeness >= threshold)
        .toSorted((one, other) => other.likeness - one.likeness);
      return best?.entry;
    },
    add: (query, value, at) => {
      entries = [...entries.slice(1 - MAX_ENTRIES), { query, value, at }];
    },
  };
};

/** Undefined for what is no conversation whose last message is a text. */
export const semanticQuery = (request: {
  readonly tenant: string;
  readonly path: string;
  readonly text: string;
}): SemanticQuery | undefined => {
  const { messages, ...rest } = parseObject(request.text) ?? {};
  const last: unknown = Array.isArray(messages) ? messages.at(-1)?.content : undefined;
  if (!Array.isArray(messages) || typeof last !== 'string') return undefined;
  const tokens = last.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  const words = new Map<string, number>();
  for (const word of tokens.filter(isWord)) words.set(word, (words.get(word) ?? 0) + 1);
  const fixed = tokens.filter((token) => !isWord(token)).toSorted();
  const text = JSON.stringify({ ...rest, messages: messages.slice(0, -1), fixed });
  return { scope: cacheKey({ ...request, text }, []), words };
};

const isWord = (token: string): boolean => !/\p{N}/u.test(token);

const cosine = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number => {
  let product = 0;
  for (const [word, count] of one) product += count * (other.get(word) ?? 0);
  return product === 0 ? 0 : product / (length(one) * length(other));
};

const length = (words: ReadonlyMap<string, number>): number => Math.hypot(...words.values());
