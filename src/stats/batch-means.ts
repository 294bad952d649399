import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Fewer batches than this are not made: the interval of so few means is wide enough as it is. */
export const MIN_BATCHES = 10;

/** Two-sided chance that independent values are merged all the same. */
const MERGE_LEVEL = 0.05;

/**
 * Lag-1 autocorrelation of values in their order in time, −1 to 1: how much a value tells of the next one. Fewer than three
 * values, or values without any spread → 0.
 */
export const lagOne = (values: readonly number[]): number => {
  if (values.length < 3) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (squares === 0) return 0;
  return values.slice(1).reduce((sum, value, i) => sum + (value - mean) * (values[i]! - mean), 0) / squares;
};

/**
 * How many independent values carry as much about their mean as these: n(1 − r)/(1 + r) for a first-order autoregressive
 * process (Bayley and Hammersley, Supplement to the Journal of the Royal Statistical Society 8 (1946) 184–197), with r the
 * lag-1 autocorrelation. Alternating values (r < 0) carry more than they are many.
 */
export const effectiveSize = (values: readonly number[]): number => {
  const r = lagOne(values);
  return (values.length * (1 - r)) / (1 + r);
};

/** Values merged into means of neighbours. */
export interface Batches {
  readonly means: readonly number[];
  /** How many values are in each mean. */
  readonly size: number;
}

/**
 * Merges neighbours, two and two, until what a mean tells of the next one is within chance: the method of batch means (Law and
 * Kelton, Simulation Modeling and Analysis, 3rd ed. 2000, §9.5.3). The mean of all is kept, but for an odd value at the end, which
 * joins the last batch. Never fewer than 10 batches; fewer values than 20 stay as they are.
 *
 * Merged is in both directions: neighbours that lean alike would make an interval too narrow, and neighbours that lean against
 * each other (a drift under alternating order) make it wider than it need be.
 */
export const batchMeans = (values: readonly number[]): Batches => {
  let size = 1;
  let means = values;
  while (means.length >= 2 * MIN_BATCHES && isDependent(means)) {
    size *= 2;
    means = meansOf(values, size);
  }
  return { means, size };
};

const isDependent = (values: readonly number[]): boolean =>
  Math.abs(lagOne(values)) * Math.sqrt(values.length) > normalQuantile(1 - MERGE_LEVEL / 2, 0, 1);

const meansOf = (values: readonly number[], size: number): readonly number[] =>
  Array.from({ length: Math.floor(values.length / size) }, (_, i, all = Math.floor(values.length / size)) => {
    const part = values.slice(i * size, i === all - 1 ? undefined : (i + 1) * size);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
