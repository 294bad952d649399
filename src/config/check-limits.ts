import type { Bounds } from '../model/plan.ts';
import { micros } from '../model/units.ts';
import { peakUsers, plannedEnd } from './arrival-shape.ts';
import type { LinkedLoads } from './link-loads.ts';
import { formatDuration } from './quantities.ts';
import type { Reading } from './reading.ts';

/** Reports loads that could not run as written inside the limits, whatever the gateway does. */
export const checkLimits = ({ loads, at }: LinkedLoads, limits: Bounds, { report }: Reading): void => {
  const longest = formatDuration(limits.duration);
  for (const load of loads) {
    const place = at.get(load.name)!;
    const users = peakUsers(load.arrival);
    if (users !== undefined && users > limits.concurrency)
      report(place, `has ${users} users, but limits.concurrency is ${limits.concurrency}`, {
        allowed: `at most ${limits.concurrency} users, or a higher limits.concurrency`,
      });
    const end = micros(plannedEnd(load, loads));
    if (end > limits.duration)
      report(place, `ends ${formatDuration(end)} after the start of the run, but limits.duration is ${longest}`, {
        allowed: `an end within ${longest}, or a longer limits.duration`,
      });
  }
};
