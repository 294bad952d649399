import { addUsedInTurn, appendMeasured } from '../archive/append-measured.ts';
import { GateError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { RegressionFinding } from '../model/verdict.ts';
import { extensionPlan, pairsLeft } from '../plan/extension-plan.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import { generatorProblems } from '../stats/generator.ts';
import { extension } from '../verdict/extension.ts';

/** What the first look at a live comparison found. */
export interface FirstLook {
  readonly plan: Plan;
  readonly load: LoadResult;
  readonly findings: readonly RegressionFinding[];
}

/** What is to be judged in the end. */
export interface ExtendedLoad {
  /** Of both parts, or the first one alone; what was used of the bounds is that of both in either case. */
  readonly load: LoadResult;
  readonly warnings: readonly string[];
}

/**
 * Extends a live comparison once where its gating rows are undecided, by as many pairs as they need, as far as the bounds leave
 * room for it (docs/method.md). `measure` runs a plan. A comparison that came to no good end is not extended. An extension
 * that came to none is left out, unless a gateway failed in it: that ends the whole as it would end one longer run.
 */
export const extendComparison = async (
  { plan, load, findings }: FirstLook,
  measure: (more: Plan) => Promise<LoadResult>,
): Promise<ExtendedLoad> => {
  const undecided = findings.filter(({ gating, status }) => gating && status === 'inconclusive');
  if (undecided.length === 0 || load.ending.kind !== 'complete') return { load, warnings: [] };
  const pairs = extension(undecided, { pairs: pairsLeft(plan, load.used) });
  if (pairs === 0) return { load, warnings: [] };
  const more = await attempt(() => measure(extensionPlan(plan, { pairs, used: load.used })));
  if (typeof more === 'string') return { load, warnings: [leftOut(plan, pairs, more)] };
  const why = whyLeftOut(more);
  if (why === undefined)
    return { load: appendMeasured(load, more), warnings: [`${extended(undecided, plan, pairs)}: ${howFar(more)}.`] };
  return { load: { ...load, used: addUsedInTurn(load.used, more.used) }, warnings: [leftOut(plan, pairs, why)] };
};

/** What was measured, or in words why nothing was: the first part is there all the same. */
const attempt = async (measure: () => Promise<LoadResult>): Promise<LoadResult | string> => {
  try {
    return await measure();
  } catch (error) {
    if (!(error instanceof GateError) || error.code === 'internal') throw error;
    return error.message;
  }
};

const whyLeftOut = ({ ending, generator }: LoadResult): string | undefined => {
  switch (ending.kind) {
    case 'complete':
      return generatorProblems(generator)[0];
    case 'aborted':
      return undefined;
    case 'bounded':
      return `limits.${ending.bound} ended it`;
    case 'unreachable':
      return ending.reason;
    case 'cancelled':
      return `it was cancelled (${ending.signal})`;
  }
};

const extended = (undecided: readonly RegressionFinding[], plan: Plan, pairs: number): string => {
  const rows = [...new Set(undecided.map(({ scenario, metric }) => `${metric} of ${scenario}`))].join(', ');
  return `The comparison was undecided after ${plan.pairs} pairs of blocks (${rows}), and was extended once, by ${pairs} more`;
};

const howFar = ({ ending }: LoadResult): string =>
  ending.kind === 'aborted'
    ? 'in these the run was stopped early'
    : 'that is what it takes by what had been seen, as far as limits leave room';

const leftOut = (plan: Plan, pairs: number, why: string): string =>
  `The undecided comparison was to be extended by ${pairs} pairs of blocks, which came to no good end (${why.replace(/\.$/, '')}): it is judged by its first ${plan.pairs} pairs.`;
