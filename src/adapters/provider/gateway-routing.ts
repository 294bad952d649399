import { drawShare } from './draws.ts';
import type { GatewayUpstream } from './gateway-options.ts';

/** Whom to ask, in this order, and why the first is first. */
export interface Route {
  readonly order: readonly GatewayUpstream[];
  readonly decision: 'weighted' | 'primary' | 'preference';
}

/**
 * Chooses the order of providers. `policy` (`x-route-policy`): `primary` asks the first configured one and no other,
 * `failover` asks all in the configured order, anything else draws the first by weight. `preference`
 * (`x-provider-preference`) puts that provider before the others. `draw` is uniform in [0, 1).
 */
export const chooseRoute = (
  candidates: readonly GatewayUpstream[],
  by: { readonly policy: string | undefined; readonly preference: string | undefined; readonly draw: number },
): Route => {
  if (by.policy === 'primary') return { order: candidates.slice(0, 1), decision: 'primary' };
  const preferred = candidates.find(({ name }) => name === by.preference);
  if (preferred !== undefined) return { order: firstly(preferred, candidates), decision: 'preference' };
  if (by.policy === 'failover') return { order: candidates, decision: 'primary' };
  return { order: firstly(drawByWeight(candidates, by.draw), candidates), decision: 'weighted' };
};

/**
 * A uniform number for each request, from the seed, the request's body and how often that body came before: both sides of
 * a comparison route alike, and a body that is sent again and again still spreads over the providers.
 */
export const createRoutingDraw = (seed: string): ((bodyHash: string) => number) => {
  const seen = new Map<string, number>();
  return (bodyHash) => {
    const times = seen.get(bodyHash) ?? 0;
    if (seen.size >= REMEMBERED_BODIES) seen.clear();
    seen.set(bodyHash, times + 1);
    return drawShare(seed, `route ${times}`, bodyHash);
  };
};

const REMEMBERED_BODIES = 50_000;

const firstly = (first: GatewayUpstream, all: readonly GatewayUpstream[]): readonly GatewayUpstream[] => [
  first,
  ...all.filter((each) => each !== first),
];

const drawByWeight = (candidates: readonly GatewayUpstream[], draw: number): GatewayUpstream => {
  let left = draw * candidates.reduce((sum, { weight }) => sum + weight, 0);
  for (const candidate of candidates) {
    left -= candidate.weight;
    if (left < 0) return candidate;
  }
  return candidates[0]!;
};
