import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Where one more value of the same kind is to be expected. */
export interface Prediction {
  readonly mean: number;
  /** Standard deviation of the values. */
  readonly spread: number;
  /** `mean` ± this holds the next value, on each side with the confidence asked for. */
  readonly half: number;
}

/**
 * Prediction interval of one more value from a normal distribution, mean ± t·s·√(1 + 1/k) with k − 1 degrees of freedom
 * (Hahn and Meeker, Statistical Intervals, 1991, §4.7). `confidence` is one-sided, 0–1. Fewer than two values → undefined.
 * Assumes independent values from one distribution: for latencies, pass their logarithms.
 */
export const predict = (values: readonly number[], confidence: number): Prediction | undefined => {
  const k = values.length;
  if (k < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / k;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (k - 1));
  return { mean, spread, half: tQuantile(confidence, k - 1) * spread * Math.sqrt(1 + 1 / k) };
};
