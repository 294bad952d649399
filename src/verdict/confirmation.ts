import type { RegressionFinding } from '../model/verdict.ts';
import { changeInWords } from './wording.ts';

/**
 * The scenarios of which a second burst has to confirm what the first one found against earlier runs, in their order; none =
 * nothing failed. A live comparison needs none: it has its own control, and did not come to it by another day's weather.
 */
export const needsConfirmation = (findings: readonly RegressionFinding[]): readonly string[] => [
  ...new Set(findings.filter(failsByWindow).map(({ scenario }) => scenario)),
];

/**
 * The findings of a run, with what its second burst made of them: both must agree to fail. What the second one did not find is
 * inconclusive, with its number. Nothing that the first one passed can fail by the second.
 */
export const confirm = (
  first: readonly RegressionFinding[],
  second: readonly RegressionFinding[],
): readonly RegressionFinding[] =>
  first.map((finding) => {
    if (!failsByWindow(finding)) return finding;
    const again = second.find((each) => isSameRow(each, finding));
    if (again?.status === 'fail') return { ...finding, reason: confirmed(again) };
    return { ...finding, status: 'inconclusive', reason: notConfirmed(again) };
  });

const failsByWindow = ({ status, gating, against }: RegressionFinding): boolean =>
  status === 'fail' && gating && against === 'window';

const isSameRow = (one: RegressionFinding, other: RegressionFinding): boolean =>
  one.scenario === other.scenario &&
  one.tenant === other.tenant &&
  one.metric === other.metric &&
  one.against === other.against;

const confirmed = ({ change, unit }: RegressionFinding): string =>
  `a second burst of fresh requests saw it too, by ${changeInWords(Math.abs(change ?? 0), unit)}`;

const notConfirmed = (again: RegressionFinding | undefined): string => {
  if (again?.change === undefined)
    return `it was seen once, and a second burst could not be compared${again?.reason === undefined ? '; run it again' : `: ${again.reason}`}`;
  const direction = again.change < 0 ? 'lower' : 'higher';
  return `it was seen once, and a second burst of fresh requests did not confirm it: it was ${changeInWords(Math.abs(again.change), again.unit)} ${direction} there, which is within the noise or too little to matter; where it comes back, compare with a live baseline (baseline-url)`;
};
