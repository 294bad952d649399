import type { Micros } from '../model/units.ts';
import { CACHE_LANES } from '../plan/cache-needs.ts';
import { MIX_LANES } from '../plan/isolation-needs.ts';
import { inLanes } from './in-lanes.ts';
import type { Choreography, Prober } from './prober.ts';
import { findSettling } from './settling.ts';
import { specOf } from './spec-of.ts';

/**
 * Each tenant brings prompts that all others repeat; all tenants send the same prompt together; all send prompts of their
 * own at the same time. Steps: `settle`, `prime`, `other`, `own`, `together`, `mix`.
 */
export const probeIsolation: Choreography = async (prober) => {
  const { settle } = specOf(prober, 'isolation');
  await prober.warm(CACHE_LANES);
  await repeatOthers(prober, await findSettling(prober, { limit: settle }));
  await sendTogether(prober);
  await mix(prober);
};

/** For every ordered pair of tenants. The owner's repeat comes last: it shows whether there was an answer to be had. */
const repeatOthers = async (prober: Prober, wait: Micros): Promise<void> => {
  const { prompts } = specOf(prober, 'isolation');
  const { tenants } = prober;
  await inLanes(tenants.length * prompts, CACHE_LANES, async (index) => {
    const owner = tenants[index % tenants.length];
    const request = prober.fresh();
    const group = request;
    await prober.call({ step: 'prime', group, request, tenant: owner });
    await prober.sleep(wait);
    for (const tenant of tenants.filter((each) => each !== owner))
      await prober.call({ step: 'other', group, request, tenant });
    await prober.call({ step: 'own', group, request, tenant: owner });
  });
};

const sendTogether = async (prober: Prober): Promise<void> => {
  const { prompts } = specOf(prober, 'isolation');
  for (let round = 0; round < prompts; round += 1) {
    const request = prober.fresh();
    await prober.warm(prober.tenants.length);
    await Promise.all(
      prober.tenants.map((tenant) => prober.call({ step: 'together', group: request, request, tenant })),
    );
  }
};

const mix = async (prober: Prober): Promise<void> => {
  const { mixed } = specOf(prober, 'isolation');
  await prober.warm(MIX_LANES);
  await inLanes(mixed, MIX_LANES, async (index) => {
    const request = prober.fresh();
    await prober.call({ step: 'mix', group: request, request, tenant: prober.tenants[index % prober.tenants.length] });
  });
};
