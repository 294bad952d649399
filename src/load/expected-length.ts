import type { Arrival } from '../model/arrival.ts';
import type { LoadPlan, Plan } from '../model/plan.ts';
import { type Micros, micros } from '../model/units.ts';
import { arrivalDuration, stepRates } from '../plan/schedule.ts';

/** How long the burst takes as planned: its longest chain of loads, at most the bound. Draining is not in it. */
export const expectedLength = (plan: Plan): Micros => {
  const endOf = (load: LoadPlan): number => {
    const before = plan.loads.find((each) => each.name === load.after);
    return (before === undefined ? 0 : endOf(before)) + load.warmup + arrivalDuration(load.arrival);
  };
  return micros(Math.min(plan.bounds.duration, Math.max(0, ...plan.loads.map(endOf))));
};

/** Response time on which the number of connections opened beforehand is reckoned, in seconds: a short chat answer. */
const ASSUMED_RESPONSE_SECONDS = 1;

/** Connections opened beforehand for one load at most. */
const MAX_OPENED = 256;

/**
 * Connections worth opening before a load starts: one a user, or by Little's law rate × response time. More are opened when
 * they are needed, and that time then counts.
 */
export const connectionsFor = (load: LoadPlan): number =>
  Math.min(MAX_OPENED, Math.max(1, Math.ceil(peakOf(load.arrival))));

const peakOf = (arrival: Arrival): number => {
  switch (arrival.kind) {
    case 'constant-rate':
      return arrival.rate * ASSUMED_RESPONSE_SECONDS;
    case 'ramping-rate':
      return Math.max(...arrival.stages.map((stage) => stage.to)) * ASSUMED_RESPONSE_SECONDS;
    case 'steps':
      return Math.max(...stepRates(arrival)) * ASSUMED_RESPONSE_SECONDS;
    case 'constant-users':
      return arrival.users;
    case 'ramping-users':
      return Math.max(...arrival.stages.map((stage) => stage.to));
  }
};
