import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Requests } from './requests.ts';

/** A rule that people use, on all requests of both sides; true = it raises an alarm. */
export interface NaiveRule {
  readonly name: string;
  readonly alarms: (sides: SortedSides) => boolean;
}

/** Latencies of successes, ascending. */
export interface SortedSides {
  readonly candidate: Float64Array;
  readonly baseline: Float64Array;
}

/** What is compared by the naive rules: one side's successes. */
export const successes = ({ latency, failed }: Requests): Float64Array =>
  latency.filter((_, i) => failed[i] === 0).sort();

const LEVEL = 0.05;

const p95 = (sorted: Float64Array): number => sorted[Math.max(0, Math.ceil(0.95 * sorted.length) - 1)]!;

const worseThan =
  (times: number): NaiveRule['alarms'] =>
  ({ candidate, baseline }) =>
    p95(candidate) > times * p95(baseline);

/** In the order of the table. `200 %` is the default of a widely used action: an alarm at twice the value. */
export const NAIVE_RULES: readonly NaiveRule[] = [
  { name: 't-test', alarms: (sides) => tTest(sides) < LEVEL },
  { name: 'Mann–Whitney', alarms: (sides) => mannWhitney(sides) < LEVEL },
  { name: 'p95 +10 %', alarms: worseThan(1.1) },
  { name: 'p95 +20 %', alarms: worseThan(1.2) },
  { name: '200 %', alarms: worseThan(2) },
];

const momentsOf = (values: Float64Array): { mean: number; variance: number } => {
  let [sum, squares] = [0, 0];
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, variance: squares / (values.length - 1) };
};

/** One-sided p-value of Welch's test that requests got slower; with thousands of requests t is normal. */
const tTest = ({ candidate, baseline }: SortedSides): number => {
  const [now, before] = [momentsOf(candidate), momentsOf(baseline)];
  const error = Math.sqrt(now.variance / candidate.length + before.variance / baseline.length);
  return normalCdf((before.mean - now.mean) / error, 0, 1);
};

/** One-sided p-value of the rank-sum test that requests got slower; continuous times have no ties to speak of. */
const mannWhitney = ({ candidate, baseline }: SortedSides): number => {
  let [wins, below] = [0, 0];
  for (const value of candidate) {
    while (below < baseline.length && baseline[below]! < value) below += 1;
    wins += below;
  }
  const [n, m] = [candidate.length, baseline.length];
  const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
  return normalCdf(((n * m) / 2 - wins) / deviation, 0, 1);
};
