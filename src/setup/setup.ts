import type { Micros } from '../model/units.ts';

/** What a pull request is compared with: runs of the default branch, the other gateway in the same job, or nothing. */
export const BASELINE_KINDS = ['stored', 'live', 'none'] as const;
export type BaselineKind = (typeof BASELINE_KINDS)[number];

/** One header of every request, in lower case. */
export type Header = readonly [name: string, value: string];

/** All that a gate's files are made of. */
export interface Setup {
  /** Normalised: scheme, host and path, without credentials and query. */
  readonly gatewayUrl: string;
  /** The gateway to compare with; undefined = there is none, or it is started beside the first. */
  readonly baselineUrl: string | undefined;
  /** Name of the environment variable with the bearer token; undefined = the gateway takes none. */
  readonly apiKeyEnv: string | undefined;
  readonly headers: readonly Header[];
  readonly model: string;
  readonly dialect: string;
  /** Their names, each the value of the header `TENANT_HEADER`. */
  readonly tenants: readonly string[];
  readonly baseline: BaselineKind;
  /** Undefined = nothing was asked of the gateway. */
  readonly sights: Sights | undefined;
}

/** What a gateway showed when it was asked. Times are µs from the sending of a request to the end of its answer. */
export interface Sights {
  /** The slowest of the chats. */
  readonly chat: Micros;
  /** To the first content of a stream; undefined = streaming did not work. */
  readonly firstContent: Micros | undefined;
  /** Undefined = it lists no models. */
  readonly models: Micros | undefined;
  /** Undefined = it lists no model for embeddings, or that did not answer. */
  readonly embeddings: { readonly model: string; readonly took: Micros } | undefined;
  /** Whether the same chat again came from a cache, by the gateway's own word. */
  readonly caches: boolean;
  /** The limit on requests that it stated. */
  readonly limit: { readonly requests: number; readonly window: Micros | undefined } | undefined;
}

/** The header by which tenants are told apart, until somebody writes another one. */
export const TENANT_HEADER = 'x-tenant-id';

/** Where the two files lie in a repository. */
export const SETUP_FILES = { config: '.github/gatemark.yml', workflow: '.github/workflows/gatemark.yml' } as const;
