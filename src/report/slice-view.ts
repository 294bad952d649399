import type { Histogram } from '../model/histogram.ts';
import type { Block, Counts, Metric } from '../model/measurement.ts';
import { METRICS } from '../model/measurement.ts';
import type { Micros } from '../model/units.ts';
import { countOf, maximum, mean, quantile } from '../stats/histogram.ts';
import { droppedOf, endedOf, errorsOf, pooled, requestsOf, totalCounts } from '../stats/measurement.ts';

/** The quantiles of one histogram with at least one value, µs. */
export interface Quantiles {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  readonly mean: number;
}

/** One scenario, or one tenant of it, added up. Shares and rates are undefined when nothing was sent. */
export interface SliceView {
  /** Every request of the measured phase, dropped ones included. */
  readonly requests: number;
  readonly counts: Counts;
  readonly errors: number;
  readonly dropped: number;
  /** Errors of all requests that were sent, 0–1. */
  readonly errorShare: number | undefined;
  /** `ok` requests a second of the measured phase. */
  readonly throughput: number | undefined;
  /** Completion tokens a second of the measured phase. */
  readonly tokensPerSecond: number | undefined;
  /** Hits / (hits + misses); undefined when the gateway declared neither. */
  readonly hitRate: number | undefined;
  /** A metric without a sample is absent. */
  readonly metrics: Readonly<Partial<Record<Metric, Quantiles>>>;
}

/** The quantiles that reports show, or undefined for an empty histogram. */
export const quantilesOf = (histogram: Histogram | undefined): Quantiles | undefined => {
  if (histogram === undefined || countOf(histogram) === 0) return undefined;
  const at = (q: number): number => quantile(histogram, q) as number;
  return {
    count: countOf(histogram),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: maximum(histogram) as number,
    mean: mean(histogram) as number,
  };
};

const share = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);

/** Adds blocks up. Percentiles come from the pooled histogram, never from other percentiles. */
export const viewSlice = (blocks: readonly Block[], duration: Micros): SliceView => {
  const counts = totalCounts(blocks);
  const seconds = duration / 1_000_000;
  const metrics = METRICS.flatMap((metric) => {
    const quantiles = quantilesOf(pooled(blocks, metric));
    return quantiles === undefined ? [] : [[metric, quantiles] as const];
  });
  const [hits, misses] = [counts.cache.hit ?? 0, counts.cache.miss ?? 0];
  return {
    requests: requestsOf(counts),
    counts,
    errors: errorsOf(counts),
    dropped: droppedOf(counts),
    errorShare: share(errorsOf(counts), endedOf(counts)),
    throughput: share(counts.ok, seconds),
    tokensPerSecond: share(counts.tokens.completion, seconds),
    hitRate: share(hits, hits + misses),
    metrics: Object.fromEntries(metrics),
  };
};
