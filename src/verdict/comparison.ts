import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { DEFAULT_POWER } from '../stats/power.ts';

/** On which scale values are compared, and how a difference there becomes a change as it is shown. */
export type Scale = 'logarithmic' | 'absolute' | 'relative';

/** How far below and above an estimate the true value may lie, on the scale. */
export interface Reach {
  readonly down: number;
  readonly up: number;
}

/** A candidate against whatever it is compared with. */
export interface Comparison {
  /** In the unit of the values. */
  readonly baseline: number;
  /** As shown: relative for `logarithmic` and `relative`, the difference for `absolute`. */
  readonly change: number;
  /** Of `change`, each end with the one-sided confidence. An end can be infinite. */
  readonly intervalAt: (confidence: number) => readonly [low: number, high: number];
  /** The smallest rise and the smallest fall (both positive, in terms of `change`) that four of five such comparisons would find. */
  readonly detectableAt: (confidence: number) => { readonly rise: number; readonly fall: number };
  /** False where a test that looks at each block alike does not lean that way: then a few wild blocks made the change. */
  readonly leans: (direction: 'rise' | 'fall') => boolean;
  /** What would make it more precise: more requests, or runs that differ less. */
  readonly limitedBy: 'requests' | 'runs';
}

/** What a comparison is made from: a difference on the scale, with its reach at a one-sided confidence. */
export interface ComparisonParts {
  readonly scale: Scale;
  /** Of the baseline, on the scale. */
  readonly point: number;
  /** Candidate − baseline, on the scale. */
  readonly difference: number;
  readonly reachAt: (confidence: number) => Reach;
  /** Default: always. */
  readonly leans?: Comparison['leans'];
  readonly limitedBy: Comparison['limitedBy'];
}

/** Reads a difference on a scale as a change. */
export const comparisonOf = (parts: ComparisonParts): Comparison => {
  const { scale, point, difference, reachAt } = parts;
  const back = backFrom(scale, point);
  return {
    baseline: scale === 'logarithmic' ? Math.exp(point) : point,
    change: back(difference),
    intervalAt: (confidence) => {
      const { down, up } = reachAt(confidence);
      return [back(difference - down), back(difference + up)];
    },
    detectableAt: (confidence) => {
      const { down, up } = reachAt(confidence);
      const more = 1 + normalQuantile(DEFAULT_POWER, 0, 1) / normalQuantile(confidence, 0, 1);
      return { rise: back(down * more), fall: -back(-up * more) };
    },
    leans: parts.leans ?? (() => true),
    limitedBy: parts.limitedBy,
  };
};

const backFrom = (scale: Scale, point: number): ((difference: number) => number) => {
  if (scale === 'logarithmic') return Math.expm1;
  return scale === 'relative' ? (difference) => difference / point : (difference) => difference;
};
