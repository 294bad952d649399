import { peakUsers } from '../config/arrival-shape.ts';
import type { LoadPlan, Plan } from '../model/plan.ts';
import { stepRates } from './schedule.ts';

/**
 * Requests a second that one load thread is trusted with: at 5,000/s it takes about a third of a core and its times are
 * true to 2 ms at p95 (docs/performance.md); above that a second thread costs less than what the first would miss.
 */
const RATE_OF_ONE = 5_000;

/** Users without think time, or streams at once, that one thread is trusted with. */
const USERS_OF_ONE = 400;

/**
 * How many threads make a plan's load: one, unless its loads together ask for more than one is trusted with and the machine has
 * cores for more. One core is left to everything else; no bound is split into parts of nothing.
 */
export const threadCount = (plan: Plan, cores: number): number => {
  // Pairs of blocks are one thread's: the two sides take turns.
  if (plan.baseline !== undefined) return 1;
  const { requests, concurrency, tokens } = plan.bounds;
  const weight = plan.loads.reduce((sum, load) => sum + weightOf(load), 0);
  const wanted = Math.ceil(weight / (plan.share?.count ?? 1));
  return Math.max(1, Math.min(wanted, cores - 1, requests, concurrency, tokens ?? wanted));
};

/** In threads. */
const weightOf = ({ arrival }: LoadPlan): number => {
  switch (arrival.kind) {
    case 'constant-rate':
      return arrival.rate / RATE_OF_ONE;
    case 'ramping-rate':
      return Math.max(...arrival.stages.map(({ to }) => to)) / RATE_OF_ONE;
    case 'steps':
      return Math.max(...stepRates(arrival)) / RATE_OF_ONE;
    default:
      return (peakUsers(arrival) ?? 0) / USERS_OF_ONE;
  }
};
