import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Of ten changes as large as the one that is called detectable, how many are found: eight. */
export const DEFAULT_POWER = 0.8;

/** How sure a comparison has to be. Both 0–1. */
export interface Demand {
  /** One-sided, of "worse". */
  readonly confidence: number;
  /** Chance that a change as large as that is found; default 80 %. */
  readonly power?: number;
}

/**
 * The smallest true difference that a mean of `pairs` differences with that standard deviation finds with the power asked for:
 * (t of the confidence + t of the power) · spread/√pairs, on the scale of the differences (for quantiles, logarithms: `Math.expm1` makes
 * a relative change of it). Cohen, Statistical Power Analysis, 2nd ed. 1988, §2.4, with t in place of z. Fewer than two
 * pairs → infinite.
 */
export const detectableDifference = (
  { spread, pairs }: { readonly spread: number; readonly pairs: number },
  { confidence, power = DEFAULT_POWER }: Demand,
): number => {
  if (pairs < 2) return Number.POSITIVE_INFINITY;
  return (tQuantile(confidence, pairs - 1) + tQuantile(power, pairs - 1)) * (spread / Math.sqrt(pairs));
};

/**
 * The fewest pairs with which `detectableDifference` is at most `difference` (above 0), at most `atMost`. Undefined = not even
 * those. No spread → two.
 */
export const pairsNeeded = (
  { spread, difference, atMost = 1_000_000 }: { spread: number; difference: number; atMost?: number },
  demand: Demand,
): number | undefined => {
  const isEnough = (pairs: number): boolean => detectableDifference({ spread, pairs }, demand) <= difference;
  if (!isEnough(atMost)) return undefined;
  let [tooFew, enough] = [1, atMost];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
};

/** By how much more has to be measured for an interval to become narrower, from one half-width to another: its width falls with the root. */
export const timesAsMuch = (half: number, wanted: number): number => (wanted > 0 ? (half / wanted) ** 2 : Infinity);
