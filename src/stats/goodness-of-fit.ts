import chisquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';

/** A count against the share that it should have. */
export interface ObservedShare {
  readonly count: number;
  /** 0–1; those of all cells add up to 1. */
  readonly share: number;
}

/**
 * Pearson's χ² test: how probable counts at least this far from the shares are, if the shares hold (0–1). The statistic is
 * Σ(observed − expected)²/expected with one degree of freedom less than there are cells (Philosophical Magazine 50 (1900)
 * 157–175); the approximation is good where every cell expects five or more. A count where the share is 0 is impossible: 0.
 * Undefined without a count, or with fewer than two cells that have a share.
 */
export const fitProbability = (cells: readonly ObservedShare[]): number | undefined => {
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  const possible = cells.filter(({ share }) => share > 0);
  if (total === 0) return undefined;
  if (cells.some(({ count, share }) => share === 0 && count > 0)) return 0;
  if (possible.length < 2) return undefined;
  const statistic = possible.reduce((sum, { count, share }) => sum + (count - total * share) ** 2 / (total * share), 0);
  return 1 - chisquareCdf(statistic, possible.length - 1);
};
