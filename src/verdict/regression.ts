import type { Policy } from '../model/policy.ts';
import type { Measure } from '../model/slo.ts';
import type { RegressionFinding } from '../model/verdict.ts';
import { type FamilyCorrection, holm } from '../stats/family.ts';
import { type ChangeRule, changeThatMatters, type Worsening, worseningOf } from './change-rule.ts';
import { type Comparison, compareEstimates } from './compare-estimates.ts';
import { type ComparedRuns, type Pair, pairMeasures } from './pair-measures.ts';
import { type Obstacle, whyMissing, whyNotCompared } from './why-not-compared.ts';
import { changeInWords } from './wording.ts';

/**
 * Compares every scenario of a run with a window of earlier runs (docs/method.md), one value a run. The standard measures are
 * always shown; those of the policy gate.
 *
 * A gating comparison fails when it is worse for sure (at the confidence of the whole family of gating ones, by `correct`) and
 * by as much as matters; it passes when twice the change that matters is excluded; else it is inconclusive. The others
 * are judged alike, each at the full level, and shown. With fewer than five runs all are shown only. The interval of a row is
 * that of its own comparison, without the family. `detectable` is the smallest change for the worse that the row could have
 * shown to be one, as a positive number.
 */
export const judgeRegressions = (
  runs: ComparedRuns,
  correct: FamilyCorrection = holm,
): readonly RegressionFinding[] => {
  const compared = pairMeasures(runs).map((pair) => comparePair(pair, runs));
  const family = compared.filter((each): each is Judgeable => each.comparison !== undefined && each.pair.isGating);
  const tests = family.map(
    ({ pair, comparison }) =>
      (level: number) =>
        isWorse(pair.rule, comparison, 1 - level),
  );
  const rejected = correct(tests, 1 - runs.policy.regression.confidence);
  const worse = new Set<Compared>(family.filter((_, i) => rejected[i]));
  return compared.map((each) => toFinding(each, runs.policy, worse.has(each)));
};

/** A pair with its comparison, or with the obstacle to judging it. */
interface Compared {
  readonly pair: Pair;
  readonly shown: Pick<RegressionFinding, 'baseline' | 'candidate' | 'change'>;
  readonly comparison: Comparison | undefined;
  readonly obstacle: Obstacle | undefined;
}

interface Judgeable extends Compared {
  readonly comparison: Comparison;
}

const comparePair = (pair: Pair, runs: ComparedRuns): Compared => {
  const { candidate, usable, rule } = pair;
  const value = candidate.kind === 'measured' ? candidate.value : undefined;
  if (candidate.kind === 'unmeasured' || usable.length === 0) {
    const shown = { baseline: undefined, candidate: value, change: undefined };
    return { pair, shown, comparison: undefined, obstacle: whyMissing(pair) };
  }
  const comparison = compareEstimates(candidate, usable, rule.scale);
  const shown = { baseline: comparison.baseline, candidate: value, change: comparison.change };
  const obstacle = whyNotCompared(pair, { candidate, comparison, runs });
  return { pair, shown, comparison: obstacle === undefined ? comparison : undefined, obstacle };
};

const isWorse = (rule: ChangeRule, comparison: Comparison, confidence: number): boolean =>
  worseningOf(rule, comparison, confidence).atLeast > 0;

const toFinding = (compared: Compared, policy: Policy, isRejected: boolean): RegressionFinding => {
  const { pair, shown, comparison, obstacle } = compared;
  const { scenario, measure, rule, isGating } = pair;
  const head = { scenario: scenario.name, tenant: measure.tenant, metric: nameOf(measure), unit: rule.unit, ...shown };
  if (comparison === undefined)
    return {
      ...head,
      interval: undefined,
      detectable: undefined,
      status: obstacle?.status ?? 'inconclusive',
      gating: isGating && obstacle?.isAdvisory !== true,
      reason: obstacle?.reason,
    };
  const { confidence } = policy.regression;
  const matters = changeThatMatters(measure, comparison.baseline, policy.regression);
  const worsening = worseningOf(rule, comparison, confidence);
  const isCertain = isGating ? isRejected : worsening.atLeast > 0;
  return {
    ...head,
    ...judgeWorsening(worsening, { matters, isCertain, rule }),
    interval: finite(comparison.intervalAt(confidence)),
    gating: isGating,
  };
};

const judgeWorsening = (
  worsening: Worsening,
  { matters, isCertain, rule }: { readonly matters: number; readonly isCertain: boolean; readonly rule: ChangeRule },
): Pick<RegressionFinding, 'status' | 'detectable' | 'reason'> => {
  const smallest = Math.max(matters, worsening.smallest);
  const detectable = Number.isFinite(smallest) ? smallest : undefined;
  if (isCertain && worsening.estimate >= matters) return { status: 'fail', detectable, reason: undefined };
  if (worsening.atMost < 2 * matters) return { status: 'pass', detectable, reason: undefined };
  return { status: 'inconclusive', detectable, reason: whyInconclusive(worsening, { matters, detectable, rule }) };
};

const whyInconclusive = (
  { estimate, atMost }: Worsening,
  {
    matters,
    detectable,
    rule,
  }: { readonly matters: number; readonly detectable: number | undefined; readonly rule: ChangeRule },
): string => {
  if (detectable === undefined) return 'there are too few samples for an interval; raise load.duration or the rate';
  const seen =
    estimate >= matters
      ? `a change for the worse of ${changeInWords(estimate, rule.unit)} is within what runs differ by`
      : `a change for the worse of up to ${changeInWords(atMost, rule.unit)} is not excluded`;
  return `${seen}; this comparison sees changes from ${changeInWords(detectable, rule.unit)} on`;
};

const finite = ([low, high]: readonly [number, number]): readonly [number, number] | undefined =>
  Number.isFinite(low) && Number.isFinite(high) ? [low, high] : undefined;

/** As in an SLO, without the tenant, which has a place of its own. */
const nameOf = ({ text, tenant }: Measure): string =>
  tenant === undefined ? text : text.replace(/^tenant\([^)]*\)\./, '');
