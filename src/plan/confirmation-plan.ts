import type { LoadPlan, Plan } from '../model/plan.ts';
import type { BoundsUsed } from '../model/run.ts';
import { leftOf } from './budget.ts';
import { planDescription } from './describe-plan.ts';

/**
 * The second burst that has to confirm a failure: the loads of these scenarios once more, with fresh requests (the seed has an
 * addition), within what the first one left of the bounds. Loads that begin together with one of them come along, since
 * they share the gateway; probes do not. Undefined = the bounds leave no room for all of it: a part would measure something else.
 */
export const confirmationPlan = (
  plan: Plan,
  { scenarios, used }: { readonly scenarios: readonly string[]; readonly used: BoundsUsed },
): Plan | undefined => {
  const concerned = plan.loads.filter(({ members }) => members.some(({ scenario }) => scenarios.includes(scenario)));
  const kept = plan.loads.filter(({ after }) => concerned.some((each) => each.after === after));
  const again: Plan = {
    ...plan,
    seed: `${plan.seed}/confirmation`,
    bounds: leftOf(plan.bounds, used),
    loads: kept.map((load) => ({ ...load, after: nearestKept(load, { kept, all: plan.loads }) })),
    scenarios: plan.scenarios.filter(({ name }) =>
      kept.some(({ members }) => members.some(({ scenario }) => scenario === name)),
    ),
    probes: [],
  };
  return kept.length > 0 && hasRoom(again) ? again : undefined;
};

const hasRoom = (plan: Plan): boolean => {
  const { requests, duration, tokens } = planDescription(plan).totals;
  const { bounds } = plan;
  return (
    requests <= bounds.requests &&
    duration <= bounds.duration &&
    (bounds.tokens === undefined || tokens <= bounds.tokens)
  );
};

/** Behind which load that is still there it starts. */
const nearestKept = (
  { after }: LoadPlan,
  loads: { readonly kept: readonly LoadPlan[]; readonly all: readonly LoadPlan[] },
): string | undefined => {
  if (after === undefined || loads.kept.some(({ name }) => name === after)) return after;
  const before = loads.all.find(({ name }) => name === after);
  return before === undefined ? undefined : nearestKept(before, loads);
};
