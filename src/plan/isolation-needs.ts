import type { ProbeSpec } from '../model/probe.ts';
import { fromSeconds, micros } from '../model/units.ts';
import { CACHE_LANES, settlingRequests } from './cache-needs.ts';
import type { ProbeNeeds } from './probe-needs.ts';

/** Requests of the mix under way at the same time. */
export const MIX_LANES = 16;
/** Assumed of an answer by a provider. */
const ANSWER = fromSeconds(1);

/** What an isolation probe uses at most. */
export const isolationNeeds = (spec: Extract<ProbeSpec, { kind: 'isolation' }>): ProbeNeeds => {
  const { tenants, prompts, mixed } = spec;
  const brought = tenants * prompts;
  const answers = 2 + Math.ceil(brought / CACHE_LANES) * tenants + prompts + Math.ceil(mixed / MIX_LANES);
  return {
    // Each prompt is sent by its own tenant, by every other one, and by its own again.
    requests: settlingRequests(spec.settle) + brought * (tenants + 1) + prompts * tenants + mixed,
    duration: micros(answers * ANSWER),
  };
};
