import type { Subject } from '../model/slo.ts';
import { estimateMean, halfWidth, type MeanEstimate } from '../stats/mean-interval.ts';
import { logRatios, POOLED_FROM, pairsWithEnough } from './compare-pairs.ts';
import { type BlockPair, isCandidateFirst } from './pair-blocks.ts';

/** One-sided. The control is looked at for every measure that gates, and a healthy run must pass all of them. */
const CONFIDENCE = 0.9995;

/** Fewer neighbours than this say too little. */
const MIN_NEIGHBOURS = 5;

/**
 * The control within a live comparison: each gateway against itself. In neighbouring pairs that were sent in opposite order, a
 * gateway's block came first once and second once; the mean logarithm of the ratio, second over first, of both gateways is 0
 * unless coming second makes a difference: a first block that warms the machine for the second, or one that leaves its
 * work behind for it. A steady drift is against one gateway as much as it is for the other, and leaves it at 0. Undefined = there
 * is no such control: not a quantile below p99, or fewer than five such neighbours.
 */
export const controlOf = (subject: Subject, pairs: readonly BlockPair[]): MeanEstimate | undefined => {
  if (subject.kind !== 'quantile' || subject.quantile >= POOLED_FROM) return undefined;
  const enough = pairsWithEnough(pairs, subject.metric, subject.quantile);
  // Pairs that had to be merged came in both orders, and have no first and second.
  if (enough.length !== pairs.length) return undefined;
  const seconds: number[] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const [one, other] = [pairs[i]!, pairs[i + 1]!];
    if (isCandidateFirst(one) === isCandidateFirst(other)) continue;
    const sides: BlockPair[] = [
      { candidate: secondOf(one, other, 'candidate'), baseline: firstOf(one, other, 'candidate') },
      { candidate: secondOf(one, other, 'baseline'), baseline: firstOf(one, other, 'baseline') },
    ];
    const ratios = logRatios(sides, subject);
    if (ratios.length === 2) seconds.push((ratios[0]! + ratios[1]!) / 2);
  }
  return seconds.length < MIN_NEIGHBOURS ? undefined : estimateMean(seconds);
};

/** By how much coming second changed the measure, as a share of it, where that is beyond chance and as large as `matters`; else undefined. */
export const movedBy = (control: MeanEstimate | undefined, matters: number): number | undefined => {
  if (control === undefined) return undefined;
  const isBeyondChance = Math.abs(control.mean) > halfWidth(control, CONFIDENCE);
  return isBeyondChance && Math.abs(control.mean) >= Math.log1p(matters) ? Math.expm1(control.mean) : undefined;
};

type Side = keyof BlockPair;

const isFirst = (pair: BlockPair, side: Side): boolean => isCandidateFirst(pair) === (side === 'candidate');

const firstOf = (one: BlockPair, other: BlockPair, side: Side) => (isFirst(one, side) ? one : other)[side];

const secondOf = (one: BlockPair, other: BlockPair, side: Side) => (isFirst(one, side) ? other : one)[side];
