import type { RegressionFinding, SloFinding, Status } from '../model/verdict.ts';
import { betterDirection } from './metric-text.ts';

const ORDER: Readonly<Record<Status, number>> = { fail: 0, invalid: 1, inconclusive: 2, pass: 3 };

/** Sorts what needs a reader first: fail, invalid, inconclusive, pass. */
export const byStatus = (a: { readonly status: Status }, b: { readonly status: Status }): number =>
  ORDER[a.status] - ORDER[b.status];

const quotient = (part: number, whole: number): number =>
  whole === 0 ? (part === 0 ? 1 : Number.POSITIVE_INFINITY) : part / whole;

/**
 * How close an SLO's number is to its limit, or how far past it: 1 = at the limit, above 1 = missed, 0 = nothing is known or
 * there is no distance to speak of. Comparable between SLOs of different units.
 */
export const tightness = ({ observed, relation }: SloFinding): number => {
  if (observed === undefined) return 0;
  switch (relation.operator) {
    case '<':
    case '<=':
      return quotient(observed, relation.limit);
    case '>':
    case '>=':
      return quotient(relation.limit, observed);
    case 'in': {
      // From the middle of the band, in half-widths: both of its ends are limits.
      const [middle, half] = [(relation.low + relation.high) / 2, (relation.high - relation.low) / 2];
      const distance = Math.abs(observed - middle);
      return distance === 0 ? 0 : quotient(distance, half);
    }
    case '==':
      return observed === relation.limit ? 0 : Number.POSITIVE_INFINITY;
    case '!=':
      return observed === relation.limit ? Number.POSITIVE_INFINITY : 0;
  }
};

const size = (finding: RegressionFinding): number => {
  if (finding.change === undefined) return 0;
  // A share has no relative change of its own: five points weigh as much as 50 %.
  return Math.abs(finding.change) * (finding.unit === 'ratio' ? 10 : 1);
};

/** Sorts comparisons: regressions first, the whole scenario before its tenants, then the larger change. */
export const byImportance = (a: RegressionFinding, b: RegressionFinding): number =>
  byStatus(a, b) || Number(a.tenant !== undefined) - Number(b.tenant !== undefined) || size(b) - size(a);

/** Changes from which on an improvement is worth a line: 10 %, one point. */
const WORTH = { relative: 0.1, share: 0.01 } as const;

/** True for an interval that lies wholly on the better side, and a change large enough to speak of. */
export const isImprovement = ({ metric, unit, change, interval }: RegressionFinding): boolean => {
  const direction = betterDirection(metric, unit);
  if (change === undefined || interval === undefined || direction === 0 || unit === 'count') return false;
  const least = unit === 'ratio' ? WORTH.share : WORTH.relative;
  const nearest = direction > 0 ? interval[0] : -interval[1];
  return nearest > 0 && direction * change >= least;
};

/** True for a comparison with a single run of long ago, beside that with the window. */
export const isDrift = ({ against }: RegressionFinding): boolean => against === 'oldest' || against === 'release';

/** Worth a line of its own though the gate does not fail by it: an advisory regression, or an improvement. */
export const isNotable = (finding: RegressionFinding): boolean =>
  finding.status === 'fail' || (isImprovement(finding) && !isDrift(finding));
