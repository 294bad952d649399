import { fromSeconds, micros, toSeconds } from '../model/units.ts';
import { type LimitSpec, limitShape } from './limit-shape.ts';
import type { ProbeNeeds } from './probe-needs.ts';

/** Two bursts, two windows of asking, between them what is asked for at once, and in the end what a bucket brings back. */
export const rateLimitNeeds = (spec: LimitSpec): ProbeNeeds => {
  const { burst, questions, interval } = limitShape(spec);
  return {
    requests: 2 * (burst + questions + spec.limit),
    // One allowance is used up, one measured, and less than one is spent on asking and on what a bucket brings back in half a window.
    answered: 3 * spec.limit,
    duration: fromSeconds(Math.ceil(toSeconds(micros(2 * spec.window + 4 * interval)))),
  };
};
