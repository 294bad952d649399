import type { ProbeSpec } from '../model/probe.ts';
import { fromMillis, fromSeconds, type Micros, micros } from '../model/units.ts';
import type { ProbeNeeds } from './probe-needs.ts';

/** Prompts under way at the same time: enough to be quick, too few to be a load. */
export const CACHE_LANES = 8;
/** Prompts on which each change is tried. */
export const CHANGE_TRIES = 3;
/** Crowds that are released. */
export const CROWDS = 2;
/** Prompts that fail, and prompts that are left to expire. */
export const SMALL_SAMPLE = 3;
/** Requests at most that wait for healed providers to be used again. */
export const HEALING_TRIES = 5;
/** Before the first repeat that looks for an answer in the cache; each pause is twice the one before. */
export const FIRST_PAUSE: Micros = fromMillis(20);
/** Assumed of an answer by a provider. */
const ANSWER = fromSeconds(1);

/** Requests at most until an answer is found in the cache, the first included. */
export const settlingRequests = (limit: Micros): number =>
  1 + Math.max(0, Math.floor(Math.log2(limit / FIRST_PAUSE + 1)));

/** What a cache probe uses at most. */
export const cacheNeeds = (spec: Extract<ProbeSpec, { kind: 'cache' }>): ProbeNeeds => {
  const changed = Math.min(spec.prompts, CHANGE_TRIES * spec.changes.length);
  const expiring = spec.ttl === undefined ? 0 : 2 * SMALL_SAMPLE;
  const failing = 2 * SMALL_SAMPLE + HEALING_TRIES;
  const answers = 2 + Math.ceil((spec.prompts + changed) / CACHE_LANES) + CROWDS + 3;
  return {
    requests: settlingRequests(spec.settle) + 2 * spec.prompts + changed + CROWDS * spec.crowd + failing + expiring,
    duration: micros(answers * ANSWER + (spec.ttl ?? 0)),
  };
};
