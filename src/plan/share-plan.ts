import { GateError } from '../model/errors.ts';
import type { Bounds, Plan, Share } from '../model/plan.ts';

/**
 * One share of a plan, or of a share of one. The shares' arrivals and requests together are exactly those of the plan, each once; the bounds of
 * requests, concurrency and tokens are split so that their sums are the plan's, and a bound of requests cuts off the same
 * arrivals of a load as it would without shares. Probes are the first share's.
 *
 * Throws `GateError` `usage` when a bound cannot be split into so many parts.
 */
export const sharePlan = (plan: Plan, share: Share): Plan => ({
  ...plan,
  share: shareWithin(plan.share, share),
  bounds: shareBounds(plan.bounds, share),
  probes: share.index === 0 ? plan.probes : [],
});

/** Every `count`-th of what is every n-th of a whole is every n·`count`-th of that. */
const shareWithin = (whole: Share | undefined, { index, count }: Share): Share =>
  whole === undefined ? { index, count } : { index: whole.index + whole.count * index, count: whole.count * count };

const shareBounds = (bounds: Bounds, share: Share): Bounds => ({
  ...bounds,
  requests: partOf(bounds.requests, share, 'requests'),
  concurrency: partOf(bounds.concurrency, share, 'concurrency'),
  tokens: bounds.tokens === undefined ? undefined : partOf(bounds.tokens, share, 'tokens'),
});

/** How many of the numbers below `whole` belong to the share: those that leave its index as remainder. */
const partOf = (whole: number, { index, count }: Share, bound: keyof Bounds): number => {
  if (whole < count)
    throw new GateError('usage', `limits.${bound} is ${whole}, which cannot be split into ${count} shares`, {
      hint: `Raise limits.${bound} to at least ${count}, or use fewer shares.`,
    });
  return Math.ceil((whole - index) / count);
};
