import type { RegressionFinding } from '../model/verdict.ts';
import { benjaminiHochberg, type FamilyCorrection, holm } from '../stats/family.ts';
import type { Reference } from './baseline-state.ts';
import { worseningOf } from './change-rule.ts';
import { type Compared, comparePair } from './compare-pair.ts';
import type { Comparison } from './comparison.ts';
import { judgeDrift } from './drift.ts';
import { type ComparedRuns, pairMeasures } from './pair-measures.ts';
import { toFinding } from './to-finding.ts';

/**
 * Compares every scenario of a run with a window of earlier runs, one value a run, or with the other gateway of the same run, by pairs of
 * blocks (docs/method.md). The standard measures are always shown; those of the policy gate.
 *
 * A gating comparison fails when it is worse for sure (at the confidence of the whole family of gating ones, by `correct`) and
 * by as much as matters; it passes when twice the change that matters is excluded; else it is inconclusive. The others
 * are judged alike, their own family corrected for false discoveries (Benjamini and Hochberg), and shown. The interval of a row
 * is that of its own comparison, without the family.
 */
export const judgeRegressions = (
  runs: ComparedRuns,
  { correct = holm, references = [] }: JudgeOptions = {},
): readonly RegressionFinding[] => {
  const pairs = pairMeasures(runs);
  const compared = pairs.map((pair) => comparePair(pair, runs));
  const judgeable = compared.filter((each): each is Judgeable => each.comparison !== undefined);
  const [gating, shown] = [judgeable.filter(mayFail), judgeable.filter((each) => !mayFail(each))];
  const worse = new Set<Compared>([
    ...rejectedOf(gating, { correct, runs }),
    ...rejectedOf(shown, { correct: benjaminiHochberg, runs }),
  ]);
  const rows = compared.map((each) => toFinding(each, { isCertain: worse.has(each), runs }));
  return [...rows, ...judgeDrift(pairs, references, runs)];
};

/** How a comparison is judged beyond the policy. */
export interface JudgeOptions {
  /** Of the gating family; Holm's by default. */
  readonly correct?: FamilyCorrection;
  /** Single runs that are compared with for the drift. */
  readonly references?: readonly Reference[];
}

interface Judgeable extends Compared {
  readonly comparison: Comparison;
}

const mayFail = ({ pair, advice }: Judgeable): boolean => pair.isGating && advice === undefined;

const rejectedOf = (
  family: readonly Judgeable[],
  { correct, runs }: { readonly correct: FamilyCorrection; readonly runs: ComparedRuns },
): readonly Judgeable[] => {
  const tests = family.map(
    ({ pair, comparison }) =>
      (level: number) =>
        worseningOf(pair.rule, comparison, 1 - level).atLeast > 0,
  );
  const rejected = correct(tests, 1 - runs.policy.regression.confidence);
  return family.filter((_, i) => rejected[i]);
};
