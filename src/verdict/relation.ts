import type { Relation } from '../model/slo.ts';

/** Whether a number satisfies a relation; both are in the same unit. */
export const holds = (relation: Relation, value: number): boolean => {
  switch (relation.operator) {
    case '<':
      return value < relation.limit;
    case '<=':
      return value <= relation.limit;
    case '>':
      return value > relation.limit;
    case '>=':
      return value >= relation.limit;
    case '==':
      return value === relation.limit;
    case '!=':
      return value !== relation.limit;
    case 'in':
      return value >= relation.low && value <= relation.high;
  }
};

/**
 * Whether the interval lies across the limit, so that the point estimate decides. Never for `==` and `!=`: an interval of
 * more than one point always does, and says nothing by it. No interval → false.
 */
export const isClose = (
  relation: Relation,
  value: number,
  interval: readonly [low: number, high: number] | undefined,
): boolean => {
  if (interval === undefined || relation.operator === '==' || relation.operator === '!=') return false;
  const [low, high] = interval;
  const isInside = holds(relation, low) && holds(relation, high);
  if (holds(relation, value)) return !isInside;
  // Out of a band, the interval can also reach over the whole of it with both ends outside.
  const coversBand = relation.operator === 'in' && low < relation.low && high > relation.high;
  return holds(relation, low) || holds(relation, high) || coversBand;
};
