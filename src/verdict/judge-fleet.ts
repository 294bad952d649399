import { isWhole, latenessOf, loadShare, missingShares, namesOfShares } from '../archive/fleet.ts';
import type { Fleet, RunShare } from '../model/fleet.ts';
import type { FleetPolicy, Policy } from '../model/policy.ts';
import type { Run } from '../model/run.ts';
import type { Relation, Slo } from '../model/slo.ts';
import type { Verdict } from '../model/verdict.ts';
import { type Remark, whyInvalid } from './distrust.ts';

/**
 * The verdict on one share of a load: none, beyond whether it was measured. What it saw is a part of what all shares together
 * will have seen.
 */
export const judgeShare = (run: Run, share: RunShare): Verdict => {
  const alone = {
    status: 'inconclusive',
    scenario: undefined,
    text: `This is ${namesOfShares([share])} of a load, alone: SLOs and comparisons are judged on all of them together, by gatemark merge`,
  } as const;
  const reasons = [...whyInvalid(run).map((remark) => ({ status: 'invalid' as const, ...remark })), alone];
  return {
    status: reasons[0]!.status,
    reasons,
    slos: [],
    regressions: [],
    knees: [],
    baseline: { kind: 'none', reason: 'one share of a load is compared with nothing' },
  };
};

/**
 * Why a run of a fleet must not be judged: shares are missing, and the policy is not to do with what was there; or shares began
 * too late, so that the load was never all there at once.
 */
export const whyNotWhole = ({ fleet }: Run, policy: FleetPolicy): readonly Remark[] =>
  fleet === undefined ? [] : [...missing(fleet, policy), ...late(fleet, policy)];

const missing = (fleet: Fleet, policy: FleetPolicy): Remark[] => {
  if (isWhole(fleet) || policy.missing === 'scale') return [];
  const { count, shares } = fleet;
  const absent = missingShares(fleet).map((index) => ({ index, count }));
  return [
    ofRun(
      `${sentenceOf(absent)} ${absent.length === 1 ? 'is' : 'are'} missing, so that ${shares.length}/${count} of the load was made; see why ${absent.length === 1 ? 'it' : 'they'} left no run, or set fleet.missing to scale`,
    ),
  ];
};

const late = ({ shares }: Fleet, policy: FleetPolicy): Remark[] => {
  const behind = shares.filter((share) => latenessOf(share, shares) > policy.late);
  if (behind.length === 0) return [];
  const worst = Math.max(...behind.map((share) => latenessOf(share, shares)));
  const by = `${behind.length === 1 ? '' : 'up to '}${seconds(worst)}`;
  return [
    ofRun(
      `${sentenceOf(behind)} began ${by} after the common start (fleet.late allows ${seconds(policy.late)}), so that the load was never all there at once; raise fleet.gather, or see that all jobs of the fleet can run at once`,
    ),
  ];
};

const sentenceOf = (shares: Parameters<typeof namesOfShares>[0]): string => {
  const names = namesOfShares(shares);
  return `${names.charAt(0).toUpperCase()}${names.slice(1)}`;
};

const ofRun = (text: string): Remark => ({ scenario: undefined, text });
const seconds = (us: number): string => `${Number((us / 1_000_000).toFixed(1))} s`;

/**
 * The policy for the part of the load that was there: limits on what is counted a second are that part of what they were, and the
 * text of such an SLO says so. All others stay, and all of them where nothing is missing, or the policy is not to scale. (A capacity stays as well: what
 * a part of the load did not reach is not known.)
 */
export const scaledPolicy = (policy: Policy, { fleet }: Run): Policy => {
  if (fleet === undefined || isWhole(fleet) || policy.fleet.missing !== 'scale') return policy;
  const scaledSlo = (slo: Slo): Slo =>
    slo.subject.kind === 'per-second'
      ? {
          ...slo,
          relation: scaled(slo.relation, loadShare(fleet)),
          text: `${slo.text} (${fleet.shares.length}/${fleet.count} of it)`,
        }
      : slo;
  return { ...policy, scenarios: policy.scenarios.map((each) => ({ ...each, slos: each.slos.map(scaledSlo) })) };
};

const scaled = (relation: Relation, by: number): Relation =>
  relation.operator === 'in'
    ? { ...relation, low: relation.low * by, high: relation.high * by }
    : { ...relation, limit: relation.limit * by };
