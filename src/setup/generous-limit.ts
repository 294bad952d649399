import { formatDuration } from '../config/quantities.ts';
import { fromSeconds, type Micros, micros } from '../model/units.ts';

/** One answer says little of the slowest twentieth. */
const FACTOR = 3;

/** Below it, the noise of a runner weighs more than the gateway. */
const LEAST = fromSeconds(1);

/** Steps that people write, within a power of ten. */
const STEPS = [1, 1.5, 2, 3, 5, 7.5, 10] as const;

/** A limit for a p95 from one time that was seen: three times as much or more, at least 1 s, a round number. As in an SLO: `1.5s`. */
export const generousLimit = (seen: Micros): string => {
  const least = Math.max(FACTOR * seen, LEAST);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = STEPS.find((each) => each * power >= least)!;
  return formatDuration(micros(step * power));
};
