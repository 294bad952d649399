import type { ProbeSpec } from '../model/probe.ts';
import { fromSeconds } from '../model/units.ts';
import type { ProbeNeeds } from './probe-needs.ts';

/** Requests under way at the same time: enough to be quick, too few to be a load. */
export const ROUTING_LANES = 8;
/** Requests for the forbidden model. */
export const FORBIDDEN_TRIES = 3;
/** Assumed of an answer, s. */
const ANSWER = 0.5;

export const routingNeeds = ({ requests, forbidden }: Extract<ProbeSpec, { kind: 'routing' }>): ProbeNeeds => ({
  requests: requests + (forbidden === undefined ? 0 : FORBIDDEN_TRIES),
  duration: fromSeconds(1 + Math.ceil((requests * ANSWER) / ROUTING_LANES)),
});
