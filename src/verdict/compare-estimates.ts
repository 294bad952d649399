import { predict } from '../stats/prediction.ts';
import type { Measured } from './estimate.ts';

/** On which scale values are compared, and how a difference there becomes a change as it is shown. */
export type Scale = 'logarithmic' | 'absolute' | 'relative';

/** A candidate against a window of runs, one value a run. */
export interface Comparison {
  /** The window's mean on the scale, back in the unit of the values: for `logarithmic` the geometric mean. */
  readonly baseline: number;
  /** As shown: relative for `logarithmic` and `relative`, the difference for `absolute`. */
  readonly change: number;
  /** Of `change`, each end with the one-sided confidence. An end can be infinite. */
  readonly intervalAt: (confidence: number) => readonly [low: number, high: number];
  /** The smallest rise and the smallest fall (both positive, in terms of `change`) that would lie outside the noise. */
  readonly smallestAt: (confidence: number) => { readonly rise: number; readonly fall: number };
}

/**
 * Compares one run with a window of at least two earlier ones by a prediction interval: mean ± t·s·√(1 + 1/k) over one value a
 * run, never over pooled requests, since requests of a run share its machine and its weather (docs/method.md).
 *
 * The spread s is itself estimated, and can come out near 0 by luck, or because nothing happened in any run (no error in any
 * of them). So neither side of the interval is narrower than sampling alone makes it: the runs' own intervals from their
 * blocks, squared and added (Zou and Donner 2008). That is also what makes rare events need more than one error too many.
 *
 * Where a run has no such interval, or one that is open at that end, the spread between runs stands alone. On `logarithmic`,
 * values of the window are above 0.
 */
export const compareEstimates = (candidate: Measured, window: readonly Measured[], scale: Scale): Comparison => {
  const forward = scale === 'logarithmic' ? Math.log : (value: number) => value;
  const points = window.map(({ value }) => forward(value));
  const mean = points.reduce((sum, point) => sum + point, 0) / points.length;
  const difference = forward(candidate.value) - mean;
  const back = backFrom(scale, mean);
  const toReach = (estimate: Measured, confidence: number) => reachOf(estimate, forward, confidence);
  const noiseAt = (confidence: number): Reach => {
    const between = predict(points, confidence)?.half ?? Number.POSITIVE_INFINITY;
    const own = toReach(candidate, confidence);
    const others = window.map((each) => toReach(each, confidence));
    const reachOfMean = (reaches: readonly number[]): number => Math.hypot(...reaches) / reaches.length;
    const ofMean: Reach = {
      down: reachOfMean(others.map(({ down }) => down)),
      up: reachOfMean(others.map(({ up }) => up)),
    };
    return {
      down: Math.max(between, Math.hypot(own.down, ofMean.up)),
      up: Math.max(between, Math.hypot(own.up, ofMean.down)),
    };
  };
  return {
    baseline: scale === 'logarithmic' ? Math.exp(mean) : mean,
    change: back(difference),
    intervalAt: (confidence) => {
      const { down, up } = noiseAt(confidence);
      return [back(difference - down), back(difference + up)];
    },
    smallestAt: (confidence) => {
      const { down, up } = noiseAt(confidence);
      return { rise: back(down), fall: -back(-up) };
    },
  };
};

const backFrom = (scale: Scale, mean: number): ((difference: number) => number) => {
  if (scale === 'logarithmic') return Math.expm1;
  return scale === 'relative' ? (difference) => difference / mean : (difference) => difference;
};

/** How far below and above its estimate the true value of a run may lie, on the scale. */
interface Reach {
  readonly down: number;
  readonly up: number;
}

const reachOf = (estimate: Measured, forward: (value: number) => number, confidence: number): Reach => {
  // Each side of a two-sided interval at 2c − 1 has the one-sided confidence c.
  const [low, high] = estimate.intervalAt(2 * confidence - 1) ?? [estimate.value, estimate.value];
  const at = forward(estimate.value);
  return { down: finiteOrNone(at - forward(low)), up: finiteOrNone(forward(high) - at) };
};

/** Infinite at an open end, NaN for a rate of 0, which is −∞ on the logarithmic scale. */
const finiteOrNone = (reach: number): number => (Number.isFinite(reach) ? reach : 0);
