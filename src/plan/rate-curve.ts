/** A stretch in which a level goes linearly from one value to another. Levels are of any kind; `seconds` is its length. */
export interface Leg {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/** The area under a leg: for a rate, the arrivals expected in it. */
export const areaOf = ({ from, to, seconds }: Leg): number => ((from + to) / 2) * seconds;

/** Area that sums of floats may be off by; far below one arrival. */
const ROUNDING = 1e-9;

/**
 * The time at which the area under a curve reaches a given value; seconds from the curve's start. Asked in ascending order,
 * as a cursor moves over the legs; undefined past the whole area. Each answer is computed from its own leg in closed
 * form, so that no error adds up over a million arrivals.
 */
export function createAreaInverse(legs: readonly Leg[]): (area: number) => number | undefined {
  let index = 0;
  let areaBefore = 0;
  let secondsBefore = 0;
  return (area) => {
    for (let leg = legs[index]; leg !== undefined; leg = legs[index]) {
      const within = area - areaBefore;
      if (leg.seconds > 0 && within <= areaOf(leg) + ROUNDING) return secondsBefore + secondsToArea(leg, within);
      areaBefore += areaOf(leg);
      secondsBefore += leg.seconds;
      index += 1;
    }
    return undefined;
  };
}

/**
 * Solves from·t + slope·t²/2 = area for t. Of the two forms of the root, the one that divides by the sum: it has no
 * cancellation and also holds for a flat leg and for one that starts at 0.
 */
function secondsToArea({ from, to, seconds }: Leg, area: number): number {
  if (area <= 0) return 0;
  const slope = (to - from) / seconds;
  const levelThere = Math.sqrt(Math.max(0, from * from + 2 * slope * area));
  return Math.min(seconds, (2 * area) / (from + levelThere));
}

/** The level at a time; at a jump the later one. Undefined before the start and at or after the end. */
export function levelAt(legs: readonly Leg[], seconds: number): number | undefined {
  if (seconds < 0) return undefined;
  let before = 0;
  for (const leg of legs) {
    const within = seconds - before;
    if (within < leg.seconds) return leg.from + ((leg.to - leg.from) * within) / leg.seconds;
    before += leg.seconds;
  }
  return undefined;
}
