/** One `${…}` of a template. `env` is resolved when the configuration is read and never reaches a plan. */
export type Expression =
  | { readonly kind: 'uuid' }
  | { readonly kind: 'nonce' }
  | { readonly kind: 'seq' }
  /** Where the semantic-cache probe puts its prompts; stands as `${prompt}` until it does. */
  | { readonly kind: 'prompt' }
  | { readonly kind: 'pick'; readonly list: string }
  | { readonly kind: 'int'; readonly min: number; readonly max: number }
  | { readonly kind: 'text'; readonly tokens: number }
  | { readonly kind: 'tenant'; readonly variable: string };

/** Literal text and expressions, in order; never two literals side by side. Plain data, so that it crosses threads. */
export type Template = readonly (string | Expression)[];

/**
 * A JSON value in which every string may be a template. A string that is one `int` or `seq` expression and nothing else
 * yields a number; one that is a single `tenant` expression yields the variable's own type.
 */
export type JsonTemplate =
  | null
  | boolean
  | number
  | { readonly template: Template }
  | { readonly array: readonly JsonTemplate[] }
  | { readonly object: readonly (readonly [key: string, value: JsonTemplate])[] };
