import type { RegressionFinding } from '../model/verdict.ts';
import { compareEstimates } from './compare-estimates.ts';
import { compareLive } from './compare-live.ts';
import type { Comparison } from './comparison.ts';
import type { ComparedRuns, Pair } from './pair-measures.ts';
import { type Obstacle, whyMissing, whyNotCompared } from './why-not-compared.ts';

/** A measure with its comparison, or with the obstacle to judging it. */
export interface Compared {
  readonly pair: Pair;
  readonly shown: Pick<RegressionFinding, 'baseline' | 'candidate' | 'change'>;
  /** Undefined where nothing can be judged. */
  readonly comparison: Comparison | undefined;
  readonly obstacle: Obstacle | undefined;
  /** Why it is judged and never fails; undefined = it may. */
  readonly advice: string | undefined;
}

/** Compares one measure of one scenario with the window, or with the other gateway. */
export const comparePair = (pair: Pair, runs: ComparedRuns): Compared => {
  const { candidate, usable } = pair;
  if (candidate.kind === 'unmeasured' || usable.length === 0) {
    const value = candidate.kind === 'measured' ? candidate.value : undefined;
    const shown = { baseline: undefined, candidate: value, change: undefined };
    return { pair, shown, comparison: undefined, obstacle: whyMissing(pair, runs), advice: undefined };
  }
  const [first] = usable;
  const { comparison, obstacle, advice } =
    runs.against === 'live'
      ? compareLive(pair, { candidate, baseline: first!, runs })
      : { ...compareStored(pair, runs), advice: undefined };
  const shown = {
    baseline: comparison?.baseline ?? first!.value,
    candidate: candidate.value,
    change: comparison?.change,
  };
  return { pair, shown, comparison: obstacle === undefined ? comparison : undefined, obstacle, advice };
};

const compareStored = (pair: Pair, runs: ComparedRuns): Pick<Compared, 'comparison' | 'obstacle'> => {
  const { candidate, usable, rule } = pair;
  if (candidate.kind === 'unmeasured') return { comparison: undefined, obstacle: whyMissing(pair, runs) };
  const comparison = compareEstimates(candidate, usable, { scale: rule.scale });
  return { comparison, obstacle: whyNotCompared(pair, { candidate, comparison, runs }) };
};
