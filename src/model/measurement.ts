import type { Histogram } from './histogram.ts';
import type { CacheStatus, DropReason, ErrorClass } from './outcome.ts';
import type { Micros } from './units.ts';

/**
 * What is recorded as a histogram, in µs.
 *
 * - `latency`: release → last byte, `ok` requests only. `service`: written → last byte, `ok` only.
 * - `ttft`: release → first content event. `itl`: gaps between content events, pooled. `tpot`: (end − first content) /
 *   (output tokens − 1) of one request. Streams that ended `ok` only.
 * - `hit`, `miss`, `bypass`: `latency` split by the cache status that the gateway declared.
 * - `throttled`: release → last byte of expected rejections.
 * - `overhead`: `latency` less the time in which a provider was at work on the request. `ttft-overhead`: `ttft` less the time
 *   to first content of the provider's call that delivered it. `ok` requests whose calls a simulated provider has told.
 * - `declared-overhead`: what the gateway itself says of its time (else, but for streams, `latency` less the upstream's time that
 *   it declares), `ok` requests. Nobody's measurement: it is shown and never judged.
 * - `lag`: release − intended start, every released request. `connect`: opening a connection, TLS included.
 */
export const METRICS = [
  'latency',
  'service',
  'ttft',
  'itl',
  'tpot',
  'hit',
  'miss',
  'bypass',
  'throttled',
  'overhead',
  'ttft-overhead',
  'declared-overhead',
  'lag',
  'connect',
] as const;
export type Metric = (typeof METRICS)[number];

/** What happened to the requests of one block, counted. All numbers are counts of requests unless they say otherwise. */
export interface Counts {
  readonly ok: number;
  readonly throttled: number;
  readonly errors: Readonly<Partial<Record<ErrorClass, number>>>;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** By status code, for every response with one. */
  readonly status: Readonly<Record<string, number>>;
  /** By the provider that the gateway named; `ok` responses that named none are not in it. */
  readonly providers: Readonly<Record<string, number>>;
  /** By the model that the response named; `ok` responses that named none are not in it. */
  readonly models: Readonly<Record<string, number>>;
  /** By declared cache status, `ok` responses only. */
  readonly cache: Readonly<Partial<Record<CacheStatus, number>>>;
  /** Tokens, not requests. `estimated` counts the requests whose usage the gateway did not report. */
  readonly tokens: { readonly prompt: number; readonly completion: number; readonly estimated: number };
  /** `ok` requests that met every latency SLO of their scenario. */
  readonly good: number;
}

/** A stretch of time of one scenario (and tenant): a request belongs to the block in which its intended start lies. */
export interface Block {
  /** 0-based, from the end of the warm-up. For an arrival in steps, the step's number. */
  readonly index: number;
  /** From the start of the measured phase of the load, µs. With two gateways side by side, when it was run: not the same on both sides. */
  readonly start: Micros;
  readonly duration: Micros;
  readonly counts: Counts;
  /** A metric without a sample is absent. */
  readonly histograms: Readonly<Partial<Record<Metric, Histogram>>>;
}

/** The blocks of one tenant, or of the whole scenario where it has no tenants. Ascending, blocks without a request absent. */
export interface Slice {
  readonly tenant: string | undefined;
  readonly blocks: readonly Block[];
}
