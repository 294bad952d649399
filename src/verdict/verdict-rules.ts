import type { Policy } from '../model/policy.ts';
import type { Run } from '../model/run.ts';
import type { BaselineState, Reason, RegressionFinding, SloFinding, Status } from '../model/verdict.ts';
import { type Remark, whyCutShort, whyInvalid, whyNoOtherSide } from './distrust.ts';
import {
  closeSlo,
  failedRegression,
  failedSlo,
  invalidRegression,
  undecidedRegression,
  undecidedSlo,
} from './finding-text.ts';
import { whyNotWhole } from './judge-fleet.ts';
import { counted } from './wording.ts';

/** A run with its rows, before it has a status. */
export interface Judged {
  readonly run: Run;
  readonly policy: Policy;
  readonly state: BaselineState;
  /** The other side of a live comparison. */
  readonly other: Run | undefined;
  readonly slos: readonly SloFinding[];
  readonly regressions: readonly RegressionFinding[];
}

/** What stands against a pass, the most important first: the first one's status is the verdict's. The order is that of `judge`. */
export const reasonsAgainst = (judged: Judged): readonly Reason[] =>
  RULES.flatMap(([status, rule]) => rule(judged).map((remark) => ({ status, ...remark })));

/** Why a verdict is a pass, where nothing stands against it. */
export const reasonsFor = (judged: Judged): readonly Reason[] => {
  const { run, slos, state } = judged;
  const compared = gatingOf(judged, 'pass').length;
  const met = slos.length === 1 ? ['The SLO is met'] : slos.length > 0 ? [`All ${slos.length} SLOs are met`] : [];
  const against = comparedWith(state);
  const unmoved = compared > 0 ? [`${counted(compared, 'comparison')} ${against}found nothing that got worse`] : [];
  const remarks: Remark[] = [
    ofRun([...met, ...unmoved].join('; ')),
    ...slos.filter((finding) => finding.close).map((finding) => ofScenario(finding, closeSlo(finding))),
    ...(run.ending.kind === 'bounded' ? [ofRun(`limits.${run.ending.bound} ended the run just before its end`)] : []),
  ];
  return remarks.map((remark) => ({ status: 'pass', ...remark }));
};

const comparedWith = (state: BaselineState): string => {
  if (state.kind === 'live') return 'with the other gateway ';
  return state.kind === 'stored' ? `with ${counted(state.runs.length, 'earlier run')} ` : '';
};

/** What one ground says against a pass; nothing where it does not apply. */
type Rule = (judged: Judged) => readonly Remark[];

const ofRun = (text: string): Remark => ({ scenario: undefined, text });
const ofScenario = ({ scenario }: { readonly scenario: string }, text: string): Remark => ({ scenario, text });

const gatingOf = ({ regressions }: Judged, status: Status): readonly RegressionFinding[] =>
  regressions.filter((finding) => finding.gating && finding.status === status);

const aborted: Rule = ({ run }) =>
  run.ending.kind === 'aborted' ? [ofRun(`The run was stopped early to spare the gateway: ${run.ending.reason}`)] : [];

const failedSlos: Rule = ({ slos, run }) =>
  slos.filter((finding) => finding.status === 'fail').map((finding) => ofScenario(finding, failedSlo(finding, run)));

const regressed: Rule = (judged) =>
  gatingOf(judged, 'fail').map((finding) => ofScenario(finding, failedRegression(finding)));

const baselineMissing: Rule = ({ policy, state }) =>
  policy.regression.requireBaseline && 'reason' in state
    ? [ofRun(`regression.require_baseline is set, and there is nothing to compare with: ${state.reason}`)]
    : [];

const incomparable: Rule = (judged) => [
  ...(judged.other === undefined ? [] : whyNoOtherSide(judged.other)),
  ...gatingOf(judged, 'invalid').map((finding) => ofScenario(finding, invalidRegression(finding))),
];

const undecided: Rule = (judged) => [
  ...whyCutShort(judged.run),
  ...judged.slos
    .filter((finding) => finding.status === 'inconclusive')
    .map((finding) => ofScenario(finding, undecidedSlo(finding))),
  ...gatingOf(judged, 'inconclusive').map((finding) => ofScenario(finding, undecidedRegression(finding))),
  ...nothingToJudge(judged),
];

const nothingToJudge: Rule = ({ slos, regressions, state }) => {
  if (slos.length > 0 || regressions.some((finding) => finding.gating)) return [];
  const found = 'reason' in state ? state.reason : `only ${comparedWith(state).replace('with ', '').trim()}`;
  return [
    ofRun(
      `There was nothing to judge: no scenario has an SLO, and no comparison counts (${found}); give a scenario an slo, or name a gateway to compare with (baseline-url)`,
    ),
  ];
};

type Counted = 'slo' | 'regression' | 'inconclusive';

/** A rule that applies only where `failOn` counts what it finds. */
const counting =
  (what: Counted, rule: Rule): Rule =>
  (judged) =>
    judged.policy.failOn.includes(what) ? rule(judged) : [];

/** The same rule where it does not, so that nothing found is ever left unsaid. */
const notCounting =
  (what: Counted, rule: Rule): Rule =>
  (judged) =>
    judged.policy.failOn.includes(what) ? [] : rule(judged);

const leftOut =
  (what: Counted, rule: Rule): Rule =>
  (judged) =>
    notCounting(
      what,
      rule,
    )(judged).map(({ scenario, text }) => ({ scenario, text: `${text} (fail-on leaves out ${what})` }));

const RULES: readonly (readonly [status: Status, rule: Rule])[] = [
  ['invalid', ({ run, policy }) => whyNotWhole(run, policy.fleet)],
  ['invalid', ({ run }) => whyInvalid(run)],
  ['fail', aborted],
  ['fail', counting('slo', failedSlos)],
  ['fail', counting('regression', regressed)],
  ['fail', baselineMissing],
  ['fail', counting('inconclusive', undecided)],
  ['invalid', incomparable],
  ['inconclusive', leftOut('slo', failedSlos)],
  ['inconclusive', leftOut('regression', regressed)],
  ['inconclusive', notCounting('inconclusive', undecided)],
];
