import type { ProbeName, ProbeSpec } from '../model/probe.ts';
import { fromSeconds, type Micros, micros } from '../model/units.ts';
import { cacheNeeds } from './cache-needs.ts';
import { isolationNeeds } from './isolation-needs.ts';
import { neighbourNeeds } from './neighbour-needs.ts';
import { rateLimitNeeds } from './rate-limit-needs.ts';
import { routingNeeds } from './routing-needs.ts';
import { semanticCacheNeeds } from './semantic-cache-needs.ts';

/** What a probe uses at most, if nothing goes wrong. */
export interface ProbeNeeds {
  readonly requests: number;
  /** Of them, those that may cost tokens; undefined = all. */
  readonly answered?: number | undefined;
  /** About how long it takes. */
  readonly duration: Micros;
}

type Needs = { readonly [Kind in ProbeName]?: (spec: Extract<ProbeSpec, { kind: Kind }>) => ProbeNeeds };

const NEEDS: Needs = {
  cache: cacheNeeds,
  'semantic-cache': semanticCacheNeeds,
  'rate-limit': rateLimitNeeds,
  neighbour: neighbourNeeds,
  // Two requests around each fault find out whether the primary serves; the fault behind the list is a client's error.
  failover: ({ faults, requests }) => ({
    requests: (faults.length + 1) * (requests + 2) + 2,
    duration: fromSeconds(2 * (faults.length + 1)),
  }),
  isolation: isolationNeeds,
  stream: ({ requests }) => ({ requests, duration: fromSeconds(Math.ceil(requests / 5)) }),
  routing: routingNeeds,
  cancel: ({ requests, within }) => ({ requests: 2 * requests, duration: micros(2 * within + 1_000_000) }),
};

/** What a probe is going to use of the run's bounds. */
export const probeNeeds = (spec: ProbeSpec): ProbeNeeds => {
  // The table pairs each kind with its own spec; the pairing is lost to the type on the way.
  const needs = NEEDS[spec.kind] as ((spec: ProbeSpec) => ProbeNeeds) | undefined;
  return needs?.(spec) ?? { requests: 0, duration: micros(0) };
};
