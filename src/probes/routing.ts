import { FORBIDDEN_TRIES, ROUTING_LANES } from '../plan/routing-needs.ts';
import { inLanes } from './in-lanes.ts';
import type { Choreography, Variant } from './prober.ts';
import { hasRoom } from './room.ts';
import { specOf } from './spec-of.ts';

/**
 * Many requests of the first tenant, so that it shows who serves them and what is said about that; then a few for a
 * model that their tenant may not use. Steps: `ask`, `forbidden`.
 */
export const probeRouting: Choreography = async (prober) => {
  if (!hasRoom(prober)) return;
  const { requests, forbidden } = specOf(prober, 'routing');
  await prober.warm(Math.min(ROUTING_LANES, prober.room().concurrency));
  await inLanes(requests, ROUTING_LANES, async () => {
    await prober.call({ step: 'ask', request: prober.fresh() });
  });
  if (forbidden === undefined) return;
  const { tenant, model } = forbidden;
  const variant: Variant = { name: `model ${model}`, body: (body) => ({ ...body, model }) };
  for (let tries = 0; tries < FORBIDDEN_TRIES; tries += 1)
    await prober.call({ step: 'forbidden', request: prober.fresh(), tenant, variant });
};
