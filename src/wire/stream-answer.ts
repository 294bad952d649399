import { isJsonObject, type Json, type JsonObject } from './json.ts';

/**
 * Puts an answer together from the events of one stream. The caller has cut the stream into events, parsed them and looked
 * for errors.
 */
export interface StreamAnswer {
  /** Takes an event; returns how many UTF-16 units of content (text, reasoning, tool call) it brings, 0 for none. */
  add(type: string, event: JsonObject): number;
  /** Takes a `[DONE]`. */
  done(): void;
  /** Whether the API's own end of a stream has come. */
  readonly finished: boolean;
  /** What that end is, for the sentence that says it is missing. */
  readonly terminator: string;
  /** The answer as the API would have given it without streaming, as far as it came. */
  answer(): JsonObject;
}

/**
 * The text in a delta: a string, or a list of parts with `text` or `thinking` in them (which Mistral nests once more);
 * empty for anything else.
 */
export const textOf = (value: Json | undefined, depth = 0): string => {
  if (typeof value === 'string') return value;
  if (depth > MAX_DEPTH) return '';
  if (Array.isArray(value)) return value.map((part) => textOf(part, depth + 1)).join('');
  return isJsonObject(value) ? textOf(value.text ?? value.thinking, depth + 1) : '';
};

/** Deeper than any of the APIs nests a delta. */
const MAX_DEPTH = 6;
