import type { Strength } from '../model/verdict.ts';

/**
 * How much there is to a change (see `Strength`), from its interval and the change that matters, all on the scale of `change`; the
 * same for better and worse.
 */
export const strengthOf = (
  change: number,
  [low, high]: readonly [low: number, high: number],
  matters: number,
): Strength => {
  if (low >= matters || high <= -matters) return 'clear';
  const isLarge = Math.abs(change) >= matters;
  if (low > 0 || high < 0) return isLarge ? 'likely' : 'slight';
  return isLarge ? 'possible' : 'none';
};
