import type { Metric } from './measurement.ts';
import type { ErrorClass } from './outcome.ts';

/** The metrics whose quantiles can be the subject of an SLO; `latency` is the one without a prefix. */
export type QuantileMetric = Extract<
  Metric,
  'latency' | 'ttft' | 'itl' | 'tpot' | 'overhead' | 'ttft-overhead' | 'hit' | 'miss'
>;

/**
 * What an SLO speaks of.
 *
 * - `quantile`: µs; `quantile` 0–1, 1 is the maximum. `cache-delta`: quantile of misses minus that of hits, µs.
 * - `rate`: share of requests, 0–1 (`hit` = hits / (hits + misses)).
 * - `tally`: a count of requests; judged as a share of them when the limit is a percentage.
 * - `share`: share of the `ok` responses that named a provider or model, 0–1.
 * - `per-second`: requests (`throughput`: ok; `goodput`: ok within every latency SLO) or completion tokens.
 * - `knee`: requests a second, an arrival in steps only. - `probe`: what only a probe can measure, by name.
 */
export type Subject =
  | { readonly kind: 'quantile'; readonly metric: QuantileMetric; readonly quantile: number }
  | { readonly kind: 'cache-delta'; readonly quantile: number }
  | { readonly kind: 'rate'; readonly of: 'error' | 'throttled' | 'dropped' | 'hit' }
  | { readonly kind: 'tally'; readonly of: { readonly errorClass: ErrorClass } | { readonly status: number } }
  | { readonly kind: 'share'; readonly of: 'provider' | 'model'; readonly name: string }
  | { readonly kind: 'per-second'; readonly of: 'throughput' | 'goodput' | 'tokens' }
  | { readonly kind: 'knee' }
  | { readonly kind: 'probe'; readonly name: string };

/** `us` for durations, `ratio` for shares, `count`, `per-second`. */
export type SloUnit = 'us' | 'ratio' | 'count' | 'per-second';

/** The comparison. `in` is closed at both ends. Limits are in the SLO's unit. */
export type Relation =
  | { readonly operator: '<' | '<=' | '>' | '>=' | '==' | '!='; readonly limit: number }
  | { readonly operator: 'in'; readonly low: number; readonly high: number };

/** What is looked at, without a limit: `p95`, `tenant(free).ttft.p95`, `error_rate`. */
export interface Measure {
  /** As written, trimmed. */
  readonly text: string;
  /** From `tenant(NAME).`; undefined = the whole scenario. */
  readonly tenant: string | undefined;
  readonly subject: Subject;
  readonly unit: SloUnit;
}

/** One sentence of the `slo` list, parsed. Its `text` is the whole sentence. */
export interface Slo extends Measure {
  readonly relation: Relation;
}
