import type { CacheStatus } from './outcome.ts';

/** Where a gateway states something: a response header (lower case), or a dotted path into the JSON body or last stream event. */
export type Field = { readonly header: string } | { readonly body: string };

/**
 * A field that speaks of the cache. `value` (the default): look it up in the dialect's values. `rfc9211`: a Cache-Status
 * list, of which the last member (the cache nearest to us) counts. `age`: seconds; more than 0 is a hit, 0 says nothing.
 */
export type CacheField = Field & { readonly format?: 'value' | 'rfc9211' | 'age' };

/** A field that holds a name; `part` picks one side of the first slash of `provider/model`. */
export type NameField = Field & { readonly part?: 'before-slash' | 'after-slash' };

/**
 * How one gateway names things. Data, never code. The first field of a list that is present decides; `unsupported`
 * means that this gateway never says it (different from a response in which it is missing).
 */
export interface Dialect {
  readonly name: string;
  /** The keys of `values` are in lower case; a gateway's words are compared in lower case. */
  readonly cache:
    | 'unsupported'
    | { readonly fields: readonly CacheField[]; readonly values: Readonly<Record<string, CacheStatus>> };
  readonly provider: 'unsupported' | readonly NameField[];
  readonly model: 'unsupported' | readonly NameField[];
  /** The gateway's own id of a request, for evidence in reports. */
  readonly requestId: readonly Field[];
}
