import type { CacheStatus } from './outcome.ts';

/** Where a gateway states something: a response header (lower case), or a dotted path into the JSON body or last stream event. */
export type Field = { readonly header: string } | { readonly body: string };

/**
 * How one gateway names things. Data, never code. The first field of a list that is present decides; `unsupported`
 * means that this gateway never says it (different from a response in which it is missing).
 */
export interface Dialect {
  readonly name: string;
  readonly cache:
    | 'unsupported'
    | { readonly fields: readonly Field[]; readonly values: Readonly<Record<string, CacheStatus>> };
  readonly provider: 'unsupported' | readonly Field[];
  readonly model: 'unsupported' | readonly Field[];
  /** The gateway's own id of a request, for evidence in reports. */
  readonly requestId: readonly Field[];
}
