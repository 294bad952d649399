import type { RegressionFinding } from '../model/verdict.ts';
import { benjaminiHochberg } from '../stats/family.ts';
import type { Reference } from './baseline-state.ts';
import { worseningOf } from './change-rule.ts';
import { compareEstimates } from './compare-estimates.ts';
import type { Comparison } from './comparison.ts';
import { type ComparedRuns, estimateIn, isUsable, type Pair } from './pair-measures.ts';
import { headOf, judgeComparison } from './to-finding.ts';
import { MIN_BASELINE_RUNS } from './why-not-compared.ts';

/**
 * What many small steps have come to: the gating measures against single runs of long ago, since a window moves along with a
 * gateway that gets slower a little at a time. Shown, and never failing: it has one value on each side, and takes the spread
 * between runs from the window (mean ± t·s·√2). A window of fewer than five runs with a value → no row.
 */
export const judgeDrift = (
  pairs: readonly Pair[],
  references: readonly Reference[],
  runs: ComparedRuns,
): readonly RegressionFinding[] => {
  const rows = references.flatMap((reference) =>
    pairs.flatMap((pair): Drift[] => {
      const drift = pair.isGating ? compareWith(pair, reference, runs) : undefined;
      return drift === undefined ? [] : [drift];
    }),
  );
  const tests = rows.map(
    ({ pair, comparison }) =>
      (level: number) =>
        worseningOf(pair.rule, comparison, 1 - level).atLeast > 0,
  );
  const rejected = benjaminiHochberg(tests, 1 - runs.policy.regression.confidence);
  return rows.map((row, i) => toRow(row, rejected[i]!, runs));
};

interface Drift {
  readonly pair: Pair;
  readonly reference: Reference;
  readonly comparison: Comparison;
  readonly shown: Pick<RegressionFinding, 'baseline' | 'candidate' | 'change'>;
}

const compareWith = (pair: Pair, reference: Reference, { policy }: ComparedRuns): Drift | undefined => {
  const { candidate, usable, measure, rule, scenario } = pair;
  const then = reference.run.scenarios.find(({ name }) => name === scenario.name);
  if (candidate.kind === 'unmeasured' || usable.length < MIN_BASELINE_RUNS || then === undefined) return undefined;
  const slos = policy.scenarios.find(({ name }) => name === scenario.name)?.slos ?? [];
  const earlier = estimateIn(then, measure, slos);
  if (earlier.kind === 'unmeasured' || !isUsable(earlier, measure, policy)) return undefined;
  const comparison = compareEstimates(candidate, [earlier], { scale: rule.scale, spreadOf: usable });
  return {
    pair,
    reference,
    comparison,
    shown: { baseline: comparison.baseline, candidate: candidate.value, change: comparison.change },
  };
};

const toRow = (
  { pair, reference, comparison, shown }: Drift,
  isCertain: boolean,
  { policy }: ComparedRuns,
): RegressionFinding => ({
  ...headOf({ pair, shown }, reference.against),
  reference: reference.name,
  ...judgeComparison(pair, { comparison, isCertain, policy, measurement: { sides: [], pairs: 0 } }),
  needed: undefined,
  reason: undefined,
  gating: false,
});
