import type { ProbeSpec } from '../model/probe.ts';
import { fromSeconds, type Micros, toSeconds } from '../model/units.ts';
import type { ProbeNeeds } from './probe-needs.ts';

/** Requests that let the gateway warm up; they are not measured. */
export const WARM_UP = 3;

/** Requests of the quiet tenant in each of its two parts. */
export const quietRequests = ({ rate, duration }: { readonly rate: number; readonly duration: Micros }): number =>
  Math.max(1, Math.round(rate * toSeconds(duration)));

/** Two parts of the quiet tenant; noise before and during the second one, until it is over. */
export const neighbourNeeds = (spec: Extract<ProbeSpec, { kind: 'neighbour' }>): ProbeNeeds => ({
  requests: WARM_UP + 2 * quietRequests(spec) + Math.ceil(3 * spec.noise * toSeconds(spec.duration)),
  duration: fromSeconds(Math.ceil(3 * toSeconds(spec.duration)) + 2),
});
