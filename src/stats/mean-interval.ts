import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Interval } from './interval.ts';

/** The mean of independent values, and how well it is known. */
export interface MeanEstimate {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of the values. */
  readonly spread: number;
  /** Standard error of the mean. */
  readonly error: number;
}

/** Mean, standard deviation (n − 1) and standard error. Fewer than two values → undefined. */
export const estimateMean = (values: readonly number[]): MeanEstimate | undefined => {
  const count = values.length;
  if (count < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
  return { count, mean, spread, error: spread / Math.sqrt(count) };
};

/** Half the width of Student's interval of a mean, each end with the one-sided `confidence` (0–1, above 0.5). */
export const halfWidth = ({ error, count }: MeanEstimate, confidence: number): number =>
  tQuantile(confidence, count - 1) * error;

/**
 * Student's interval of the mean of independent values, each end with the one-sided `confidence`. Fewer than two values →
 * undefined. Exact for normal values. For differences of two sides that were drawn in random order, values are symmetric
 * where nothing changed, and heavy tails make it wider rather than narrower (Efron, Journal of the American Statistical
 * Association 64 (1969) 1278–1302). Values that depend on their neighbours go through `batchMeans` first.
 */
export const meanInterval = (values: readonly number[], confidence: number): Interval | undefined => {
  const estimate = estimateMean(values);
  if (estimate === undefined) return undefined;
  const half = halfWidth(estimate, confidence);
  return [estimate.mean - half, estimate.mean + half];
};
