import { oneLine } from './error-message.ts';
import type { HeaderLookup } from './headers.ts';
import { type Json, jsonText, lookUp } from './json.ts';

/** A matcher of the plan whose templates are rendered for one request. */
export type RenderedMatcher =
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'nonempty' }
  | { readonly kind: 'equals'; readonly value: Json }
  | { readonly kind: 'oneOf'; readonly values: readonly Json[] }
  | { readonly kind: 'not'; readonly values: readonly Json[] }
  | { readonly kind: 'matches'; readonly pattern: string };

/** What one request's response must be: the plan's `Expectation`, rendered. */
export interface ExpectedResponse {
  /** Accepted status codes. Among them, 429, 503 and the dialect's rejections count as throttled and all others as ok. */
  readonly status: readonly number[];
  /** Names in lower case. */
  readonly headers: readonly { readonly name: string; readonly matcher: RenderedMatcher }[];
  /** Dotted paths; of a stream, into the answer put together from its events. */
  readonly body: readonly { readonly path: string; readonly matcher: RenderedMatcher }[];
}

/** The longest received value that a sentence quotes. */
const MAX_QUOTE = 60;

/**
 * The first expected header that the response does not match, in words; undefined when all match. A header's value is
 * text, compared as it came: a number or boolean in the expectation stands for its own text.
 */
export const checkHeaders = (expected: ExpectedResponse['headers'], header: HeaderLookup): string | undefined => {
  for (const { name, matcher } of expected) {
    const received = header(name);
    if (!isMatch(matcher, received, (value, wanted) => typeof wanted !== 'object' && value === String(wanted)))
      return mismatch(`header ${name}`, matcher, received);
  }
  return undefined;
};

/** The first expected body path that the answer does not match, in words; undefined when all match. Numbers never equal text. */
export const checkBody = (expected: ExpectedResponse['body'], body: Json | undefined): string | undefined => {
  for (const { path, matcher } of expected) {
    const received = lookUp(body, path);
    if (!isMatch(matcher, received, isSameJson)) return mismatch(`body ${path}`, matcher, received);
  }
  return undefined;
};

/**
 * Whether a value is what the matcher wants. JSON's null counts as absent. What is absent matches only `absent`, and
 * `equals`, `oneOf` where they name null: in particular not `not`, since what was never said proves nothing.
 */
const isMatch = (
  matcher: RenderedMatcher,
  value: Json | undefined,
  isSame: (value: Json, wanted: Json) => boolean,
): boolean => {
  const absent = value === undefined || value === null;
  switch (matcher.kind) {
    case 'present':
      return !absent;
    case 'absent':
      return absent;
    case 'nonempty':
      return !absent && !isEmpty(value);
    case 'equals':
      return value !== undefined && isSame(value, matcher.value);
    case 'oneOf':
      return value !== undefined && matcher.values.some((wanted) => isSame(value, wanted));
    case 'not':
      return !absent && !matcher.values.some((unwanted) => isSame(value, unwanted));
    case 'matches':
      return !absent && typeof value !== 'object' && compiled(matcher.pattern).test(String(value));
  }
};

const isEmpty = (value: Json): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** Deep equality of JSON; the order of an object's keys does not matter. */
const isSameJson = (a: Json, b: Json): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a) as [string, Json][], b as { readonly [key: string]: Json }];
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => Object.hasOwn(right, key) && isSameJson(value, right[key]!))
  );
};

/** Patterns come from the configuration, so there are few: each is compiled once and kept. */
const patterns = new Map<string, RegExp>();

/** Throws a SyntaxError for what is no pattern; the configuration is read with the same constructor before. */
const compiled = (pattern: string): RegExp => {
  const known = patterns.get(pattern) ?? new RegExp(pattern);
  patterns.set(pattern, known);
  return known;
};

const mismatch = (place: string, matcher: RenderedMatcher, received: Json | undefined): string =>
  `${place}: expected ${inWords(matcher)}, received ${received === undefined ? 'nothing' : quote(received)}`;

const inWords = (matcher: RenderedMatcher): string => {
  switch (matcher.kind) {
    case 'present':
      return 'a value';
    case 'absent':
      return 'no value';
    case 'nonempty':
      return 'something that is not empty';
    case 'equals':
      return quote(matcher.value);
    case 'oneOf':
      return `one of ${matcher.values.map(quote).join(', ')}`;
    case 'not':
      return `none of ${matcher.values.map(quote).join(', ')}`;
    case 'matches':
      return `a match of /${matcher.pattern}/`;
  }
};

const quote = (value: Json): string => oneLine(jsonText(value), MAX_QUOTE);
