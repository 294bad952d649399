import { formatDuration } from '../config/quantities.ts';
import { fromSeconds, toSeconds } from '../model/units.ts';
import { probeNeeds } from '../plan/probe-needs.ts';
import type { Prober } from './prober.ts';

/**
 * Whether the run's bounds leave room for the whole probe. If not, that is noted as the part that was left out, and nothing
 * need be sent: half a window says nothing about a limit.
 */
export const hasRoom = (prober: Prober): boolean => {
  const needs = probeNeeds(prober.plan.spec);
  const { requests, duration } = prober.room();
  if (needs.requests > requests) {
    prober.skip(
      'the whole probe',
      `it needs up to ${needs.requests} requests, and limits.requests leaves ${requests}; raise it`,
    );
    return false;
  }
  if (needs.duration > duration) {
    const [needed, left] = [needs.duration, duration].map((each) =>
      formatDuration(fromSeconds(Math.ceil(toSeconds(each)))),
    );
    prober.skip('the whole probe', `it needs about ${needed}, and limits.duration leaves ${left}; raise it`);
    return false;
  }
  return true;
};
