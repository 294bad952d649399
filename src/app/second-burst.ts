import { addUsedInTurn } from '../archive/append-measured.ts';
import type { Plan } from '../model/plan.ts';
import type { BoundsUsed, Run } from '../model/run.ts';
import type { Verdict } from '../model/verdict.ts';
import { confirmationPlan } from '../plan/confirmation-plan.ts';
import { needsConfirmation } from '../verdict/confirmation.ts';

/** What came of a first burst. */
export interface FirstBurst {
  readonly plan: Plan;
  readonly run: Run;
  readonly verdict: Verdict;
}

/** What became of the question whether a failure is confirmed. */
export interface SecondBurst {
  /** Undefined = there was none. */
  readonly confirmation: Run | undefined;
  /** Of the bounds, by both bursts together. */
  readonly used: BoundsUsed;
  readonly warnings: readonly string[];
}

/**
 * Measures once more, with fresh requests, what failed by comparison with earlier runs, as far as the bounds leave room for it
 * (docs/method.md). `measure` makes a run of a plan. A run that came to no good end is not measured again.
 */
export const secondBurst = async (
  { plan, run, verdict }: FirstBurst,
  measure: (again: Plan) => Promise<Run>,
): Promise<SecondBurst> => {
  const scenarios = run.ending.kind === 'complete' ? needsConfirmation(verdict.regressions) : [];
  if (scenarios.length === 0) return { confirmation: undefined, used: run.used, warnings: [] };
  const again = confirmationPlan(plan, { scenarios, used: run.used });
  if (again === undefined) return { confirmation: undefined, used: run.used, warnings: [NO_ROOM] };
  const confirmation = await measure(again);
  return { confirmation, used: addUsedInTurn(run.used, confirmation.used), warnings: confirmation.generator.warnings };
};

const NO_ROOM =
  'What failed against earlier runs was not measured a second time, which would have confirmed it: limits leave no room for it.';
