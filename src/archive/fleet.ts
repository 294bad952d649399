import type { Fleet, RunShare } from '../model/fleet.ts';
import { fromMillis, type Micros, micros, type Ratio, ratio } from '../model/units.ts';

/** Whether a run was made of all shares of its plan. */
export const isWhole = ({ count, shares }: Fleet): boolean => shares.length === count;

/** How much of the load was there. */
export const loadShare = ({ count, shares }: Fleet): Ratio => ratio(shares.length / count);

/** The indexes of the shares that are not in the run, from 0, ascending. */
export const missingShares = ({ count, shares }: Fleet): readonly number[] => {
  const there = new Set(shares.map(({ index }) => index));
  return Array.from({ length: count }, (_, index) => index).filter((index) => !there.has(index));
};

/**
 * How long after the common start a share began, by its own machine's clock, µs; 0 for one that was early, or sent nothing.
 * Where no start was agreed on, the first share's is the common one.
 */
export const latenessOf = ({ aimedAt, startedAt }: RunShare, all: readonly RunShare[]): Micros => {
  if (startedAt === undefined) return micros(0);
  const starts = all.flatMap((each) => (each.startedAt === undefined ? [] : [Date.parse(each.startedAt)]));
  const common = aimedAt === undefined ? Math.min(...starts) : Date.parse(aimedAt);
  return fromMillis(Math.max(0, Date.parse(startedAt) - common));
};

/** For a sentence: `share 3 of 8`, `shares 3, 5 to 7 of 8`. None → the empty string. */
export const namesOfShares = (shares: readonly Pick<RunShare, 'index' | 'count'>[]): string => {
  const [first] = shares;
  if (first === undefined) return '';
  const spans: { from: number; to: number }[] = [];
  for (const number of shares.map(({ index }) => index + 1).toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.to === number - 1) last.to = number;
    else spans.push({ from: number, to: number });
  }
  const told = spans.flatMap(({ from, to }) => {
    if (to - from < 2) return from === to ? [`${from}`] : [`${from}`, `${to}`];
    return [`${from} to ${to}`];
  });
  return `share${shares.length === 1 ? '' : 's'} ${told.join(', ')} of ${first.count}`;
};
