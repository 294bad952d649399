import type { Plan } from '../model/plan.ts';
import type { BoundsUsed } from '../model/run.ts';
import { micros } from '../model/units.ts';
import { leftOf } from './budget.ts';
import { planDescription } from './describe-plan.ts';
import { lasting, requestsOfSide } from './plan-comparison.ts';

/** Orders of neighbouring pairs are balanced in whole fours. */
const STEP = 4;

/**
 * By how many pairs at most a live comparison may be extended once it is undecided: no more than it has, and no more than its
 * bounds leave room for by what is known before it begins. 0 = not at all; that is so without a second gateway, and for
 * arrivals in steps, of which each step is one pair.
 */
export const pairsToSpare = (plan: Plan): number => {
  const hasSteps = plan.loads.some(({ arrival }) => arrival.kind === 'steps');
  if (plan.baseline === undefined || hasSteps || plan.loads.length === 0) return 0;
  return roomFor(plan, { ...planDescription(plan).totals, concurrency: 0 });
};

/** How often a run may be judged, which is fixed before it begins: see `policyOfLook`. */
export const looksAt = (plan: Plan): 1 | 2 => (pairsToSpare(plan) > 0 ? 2 : 1);

/** How many more pairs, of those that were to spare, fit into what a finished comparison left of its bounds. */
export const pairsLeft = (plan: Plan, used: BoundsUsed): number => Math.min(pairsToSpare(plan), roomFor(plan, used));

/**
 * The same loads once more on both sides, warm-ups included, for so many pairs of blocks of the same length, with fresh
 * arrivals and requests (the seed has an addition), within what the first part left of the bounds. Probes are not repeated.
 */
export const extensionPlan = (
  plan: Plan,
  { pairs, used }: { readonly pairs: number; readonly used: BoundsUsed },
): Plan => {
  const longer = lasting(plan, pairs / plan.pairs);
  return {
    ...longer,
    seed: `${plan.seed}/extension`,
    bounds: leftOf(plan.bounds, used),
    baseline: plan.baseline && { ...plan.baseline, probes: [], haveAnswered: true },
    pairs,
    loads: longer.loads.map((load) => ({ ...load, blocks: pairs })),
    probes: [],
  };
};

const roomFor = (plan: Plan, used: BoundsUsed): number => {
  // Pauses between blocks are assumed when a run is planned, and known when it is over.
  const slower = Math.max(1, used.duration / planDescription(plan).totals.duration);
  const most = Math.floor(plan.pairs / STEP);
  const fitting = Array.from({ length: most }, (_, index) => (most - index) * STEP);
  return fitting.find((pairs) => fits(extensionPlan(plan, { pairs, used }), slower)) ?? 0;
};

const fits = (plan: Plan, slower: number): boolean => {
  const { duration, tokens } = planDescription(plan).totals;
  const { bounds } = plan;
  return (
    2 * requestsOfSide(plan) <= bounds.requests &&
    micros(slower * duration) <= bounds.duration &&
    (bounds.tokens === undefined || tokens <= bounds.tokens)
  );
};
