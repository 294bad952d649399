import type { Policy } from '../model/policy.ts';
import type { RegressionFinding } from '../model/verdict.ts';

/** What is left to an undecided live comparison. */
export interface Room {
  /** The most pairs that the bounds of the run still leave room for, fixed before the burst. */
  readonly pairs: number;
}

/**
 * By how many pairs to extend an undecided live comparison, once: as many as its gating rows need to be decided, in whole
 * fours (so that orders stay balanced), at most `room`. 0 = do not: nothing is undecided, or not even all the room would come
 * half way. A run that may be extended is judged twice, so each look has to be surer: `policyOfLook`.
 */
export const extension = (findings: readonly RegressionFinding[], room: Room): number => {
  const needed = findings
    .filter(({ gating, status, against }) => gating && status === 'inconclusive' && against === 'live')
    .map((finding) => finding.needed?.pairs ?? Number.POSITIVE_INFINITY);
  if (needed.length === 0) return 0;
  const most = Math.max(...needed);
  const cap = Math.floor(room.pairs / 4) * 4;
  return most > 2 * cap ? 0 : Math.min(cap, Math.ceil(most / 4) * 4);
};

/**
 * The policy for each look at a comparison that is looked at `looks` times: the chance of a false alarm is shared out among
 * them (Bonferroni), so that all looks together keep to it, whatever made the run go on.
 */
export const policyOfLook = (policy: Policy, looks: 1 | 2): Policy => ({
  ...policy,
  regression: {
    ...policy.regression,
    confidence: (1 - (1 - policy.regression.confidence) / looks) as Policy['regression']['confidence'],
  },
});
