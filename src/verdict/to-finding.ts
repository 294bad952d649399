import type { Policy } from '../model/policy.ts';
import type { Measure } from '../model/slo.ts';
import type { Against, RegressionFinding } from '../model/verdict.ts';
import { changeThatMatters, type Worsening, worseningOf } from './change-rule.ts';
import { pairsOf } from './compare-live.ts';
import type { Compared } from './compare-pair.ts';
import type { Comparison } from './comparison.ts';
import { type Measurement, neededToDecide } from './needed.ts';
import type { ComparedRuns, Pair } from './pair-measures.ts';
import { strengthOf } from './strength.ts';
import { whyInconclusive } from './why-inconclusive.ts';

/** A comparison as the report shows it; `isCertain` = the family's correction says that it is worse. */
export const toFinding = (
  compared: Compared,
  { isCertain, runs }: { readonly isCertain: boolean; readonly runs: ComparedRuns },
): RegressionFinding => {
  const { pair, comparison, obstacle, advice } = compared;
  const head = headOf(compared, runs.against);
  if (comparison === undefined)
    return {
      ...head,
      interval: undefined,
      detectable: undefined,
      strength: undefined,
      needed: undefined,
      status: obstacle?.status ?? 'inconclusive',
      gating: pair.isGating && obstacle?.isAdvisory !== true,
      reason: obstacle?.reason,
    };
  const judged = judgeComparison(pair, {
    comparison,
    isCertain,
    policy: runs.policy,
    measurement: measurementOf(pair, runs),
  });
  return {
    ...head,
    ...judged,
    gating: pair.isGating && advice === undefined,
    reason: (pair.isGating ? advice : undefined) ?? judged.reason,
  };
};

/** What every row has. */
export const headOf = (
  { pair: { scenario, measure, rule }, shown }: Pick<Compared, 'pair' | 'shown'>,
  against: Against,
): Pick<
  RegressionFinding,
  'scenario' | 'tenant' | 'metric' | 'against' | 'unit' | 'baseline' | 'candidate' | 'change'
> => ({
  scenario: scenario.name,
  tenant: measure.tenant,
  metric: nameOf(measure),
  against,
  unit: rule.unit,
  ...shown,
});

/** More requests go to both gateways, or to this one alone. */
const measurementOf = ({ scenario, earlier, measure }: Pair, { against }: ComparedRuns): Measurement =>
  against === 'live'
    ? { sides: [scenario, earlier[0]!], pairs: pairsOf(scenario, earlier[0]!, measure).length }
    : { sides: [scenario], pairs: 0 };

interface Evidence {
  readonly comparison: Comparison;
  readonly isCertain: boolean;
  readonly policy: Policy;
  readonly measurement: Measurement;
}

/**
 * `fail`: worse for sure, by at least the change that matters, and not by a few blocks alone. `pass`: twice the change that matters
 * is excluded. `inconclusive`: otherwise.
 */
export const judgeComparison = (
  { measure, rule }: Pick<Pair, 'measure' | 'rule'>,
  { comparison, isCertain, policy, measurement }: Evidence,
): Pick<RegressionFinding, 'status' | 'interval' | 'detectable' | 'strength' | 'needed' | 'reason'> => {
  const { confidence } = policy.regression;
  const matters = changeThatMatters(measure, comparison.baseline, policy.regression);
  const worsening = worseningOf(rule, comparison, confidence);
  const detectable = Math.max(matters, worsening.detectable);
  const interval = comparison.intervalAt(confidence);
  const hasEnds = interval.every(Number.isFinite);
  const status = statusOf(worsening, { matters, isCertain });
  const needed =
    status === 'inconclusive' && comparison.limitedBy === 'requests'
      ? neededToDecide(worsening, { matters, measurement })
      : undefined;
  return {
    status,
    interval: hasEnds ? interval : undefined,
    detectable: Number.isFinite(detectable) ? detectable : undefined,
    strength: hasEnds ? strengthOf(comparison.change, interval, matters) : undefined,
    needed,
    reason:
      status === 'inconclusive'
        ? whyInconclusive(worsening, { matters, detectable, needed, rule, comparison })
        : undefined,
  };
};

const statusOf = (
  worsening: Worsening,
  { matters, isCertain }: { readonly matters: number; readonly isCertain: boolean },
): RegressionFinding['status'] => {
  if (isCertain && worsening.estimate >= matters && worsening.leans) return 'fail';
  return worsening.atMost < 2 * matters ? 'pass' : 'inconclusive';
};

/** As in an SLO, without the tenant, which has a place of its own. */
const nameOf = ({ text, tenant }: Measure): string =>
  tenant === undefined ? text : text.replace(/^tenant\([^)]*\)\./, '');
