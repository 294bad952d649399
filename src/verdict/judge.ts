import type { Policy } from '../model/policy.ts';
import type { Run } from '../model/run.ts';
import type { Slo } from '../model/slo.ts';
import type { RegressionFinding, SloFinding, Verdict } from '../model/verdict.ts';
import { type BaselineInput, type ChosenBaseline, chooseBaseline } from './baseline-state.ts';
import { confirm } from './confirmation.ts';
import { whyInvalid } from './distrust.ts';
import { findKnee } from './find-knee.ts';
import { judgeShare, scaledPolicy } from './judge-fleet.ts';
import { judgeProbe } from './judge-probe.ts';
import { judgeSlo, unmeasuredSlo } from './judge-slo.ts';
import { judgeRegressions } from './regression.ts';
import { type Judged, reasonsAgainst, reasonsFor } from './verdict-rules.ts';

export type { BaselineInput } from './baseline-state.ts';

export interface JudgeInput {
  readonly run: Run;
  readonly baseline: BaselineInput;
  readonly policy: Policy;
  /** The second burst of the scenarios that failed by comparison with earlier runs; undefined = there was none. */
  readonly confirmation?: Run | undefined;
}

/**
 * The verdict on a run. Rules are asked in order, and the first reason found gives the status:
 *
 * 1. `invalid`: the measurement is not to be trusted (shares of the load missing or late, cancelled, unreachable, nothing
 *    answered, generator in trouble, more than 1 % of a scenario without a connection). It comes before a failure, since the failure may be the
 *    generator's; what failed stands behind it among the reasons.
 * 2. `fail`: the breaker ended the run; an SLO or a gating comparison failed and `failOn` counts it; a baseline is
 *    required and none can be compared with; something is inconclusive and `failOn` counts that.
 * 3. `invalid`: a gating comparison cannot be made, because far fewer requests succeeded than on the other side, the
 *    other gateway did not answer, or its control moved.
 * 4. `inconclusive`: an SLO or gating comparison is undecided, or failed and `failOn` does not count it; a bound kept more
 *    than 1 % of a scenario from being sent; there was nothing to judge. No data is never a pass.
 * 5. `pass`.
 *
 * One share of a load alone is not judged: it is `invalid`, or `inconclusive`.
 */
export const judge = (input: JudgeInput): Verdict =>
  input.run.share === undefined ? judgeWhole(input) : judgeShare(input.run, input.run.share);

const judgeWhole = ({ run, baseline, confirmation, ...input }: JudgeInput): Verdict => {
  const policy = scaledPolicy(input.policy, run);
  const chosen = chooseBaseline(run, baseline, policy.regression.window);
  const judged: Judged = {
    run,
    policy,
    state: chosen.state,
    other: baseline.kind === 'live' ? baseline.run : undefined,
    slos: judgeSlos(run, policy),
    regressions: compareWith(chosen, { run, confirmation, policy }),
  };
  const against = reasonsAgainst(judged);
  const reasons = against.length > 0 ? against : reasonsFor(judged);
  return {
    status: reasons[0]?.status ?? 'inconclusive',
    reasons,
    slos: judged.slos,
    regressions: judged.regressions,
    knees: run.scenarios.flatMap((scenario) => findKnee(scenario, slosOf(policy, scenario.name))?.knee ?? []),
    baseline: chosen.state,
  };
};

/** A run that was cut off is compared with nothing. Where a second burst was made, both must agree to fail. */
const compareWith = (
  { window, state, references }: ChosenBaseline,
  { run, confirmation, policy }: Pick<JudgeInput, 'run' | 'confirmation' | 'policy'>,
): readonly RegressionFinding[] => {
  const isWhole = run.ending.kind === 'complete' || run.ending.kind === 'bounded';
  if (window.length === 0 || !isWhole) return [];
  const against = state.kind === 'live' ? 'live' : 'window';
  const isAlike = !(state.kind === 'stored' && state.machines === 'other');
  const judged = (candidate: Run): readonly RegressionFinding[] =>
    judgeRegressions({ against, candidate, window, policy, isAlike }, { references });
  if (confirmation === undefined) return judged(run);
  const isTrusted = confirmation.ending.kind === 'complete' && whyInvalid(confirmation).length === 0;
  return confirm(judged(run), isTrusted ? judged(confirmation) : []);
};

const slosOf = (policy: Policy, name: string): readonly Slo[] =>
  policy.scenarios.find((scenario) => scenario.name === name)?.slos ?? [];

const whyAbsent = ({ ending }: Run): string =>
  ending.kind === 'unreachable'
    ? 'nothing was measured: the gateway could not be reached; check that it is up and that the URL is right'
    : 'this run has no such scenario; judge it by the configuration that it was made with';

const judgeSlos = (run: Run, policy: Policy): SloFinding[] =>
  policy.scenarios.flatMap(({ name, slos }) => {
    const probe = run.probes.find((each) => each.scenario === name);
    if (probe !== undefined) return judgeProbe(probe, { slos, minSamples: policy.minSamples });
    const scenario = run.scenarios.find((each) => each.name === name);
    if (scenario === undefined) return slos.map((slo) => unmeasuredSlo(slo, name, whyAbsent(run)));
    const knee = findKnee(scenario, slos);
    return slos.map((slo) => judgeSlo(slo, { scenario, knee, minSamples: policy.minSamples }));
  });
