import type { Measure } from '../model/slo.ts';

/** What is compared and shown of every scenario, whether or not it gates. In the order of the report. */
export const STANDARD_MEASURES: readonly Measure[] = [
  quantileOf('p50', 'latency', 0.5),
  quantileOf('p95', 'latency', 0.95),
  quantileOf('p99', 'latency', 0.99),
  quantileOf('ttft.p95', 'ttft', 0.95),
  rateOf('error_rate', 'error'),
  rateOf('throttled_rate', 'throttled'),
  rateOf('cache.hit_rate', 'hit'),
  { text: 'throughput', tenant: undefined, subject: { kind: 'per-second', of: 'throughput' }, unit: 'per-second' },
];

function quantileOf(text: string, metric: 'latency' | 'ttft', quantile: number): Measure {
  return { text, tenant: undefined, subject: { kind: 'quantile', metric, quantile }, unit: 'us' };
}

function rateOf(text: string, of: 'error' | 'throttled' | 'hit'): Measure {
  return { text, tenant: undefined, subject: { kind: 'rate', of }, unit: 'ratio' };
}
