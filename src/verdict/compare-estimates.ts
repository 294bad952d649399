import { predict } from '../stats/prediction.ts';
import { type Comparison, comparisonOf, type Reach, type Scale } from './comparison.ts';
import type { Measured } from './estimate.ts';

/**
 * Compares one run with a window of at least two earlier ones by a prediction interval: mean ± t·s·√(1 + 1/k) over one value a
 * run, never over pooled requests, since requests of a run share its machine and its weather (docs/method.md). The baseline is
 * the window's mean on the scale, for `logarithmic` the geometric mean.
 *
 * The spread s is itself estimated, and can come out near 0 by luck, or because nothing happened in any run (no error in any
 * of them). So neither side of the interval is narrower than sampling alone makes it: the runs' own intervals from their
 * blocks, squared and added (Zou and Donner 2008). That is also what makes rare events need more than one error too many.
 *
 * Where a run has no such interval, or one that is open at that end, the spread between runs stands alone. On `logarithmic`,
 * values of the window are above 0. `spreadOf` takes the spread from other values than those of the window: to compare with a
 * single run, that of the window it belongs to.
 */
export const compareEstimates = (
  candidate: Measured,
  window: readonly Measured[],
  { scale, spreadOf = window }: { readonly scale: Scale; readonly spreadOf?: readonly Measured[] },
): Comparison => {
  const forward = scale === 'logarithmic' ? Math.log : (value: number) => value;
  const points = window.map(({ value }) => forward(value));
  const point = points.reduce((sum, each) => sum + each, 0) / points.length;
  const between = (confidence: number): number => {
    const half =
      predict(
        spreadOf.map(({ value }) => forward(value)),
        confidence,
      )?.half ?? Number.POSITIVE_INFINITY;
    // From √(1 + 1/n) of the window that told the spread to √(1 + 1/k) of what is compared with.
    return half * Math.sqrt((1 + 1 / window.length) / (1 + 1 / spreadOf.length));
  };
  const own = (confidence: number): Reach => ownReach(candidate, window, { forward, confidence });
  return comparisonOf({
    scale,
    point,
    difference: forward(candidate.value) - point,
    reachAt: (confidence) => {
      const [ofRuns, { down, up }] = [between(confidence), own(confidence)];
      return { down: Math.max(ofRuns, down), up: Math.max(ofRuns, up) };
    },
    limitedBy: between(0.99) >= own(0.99).up ? 'runs' : 'requests',
  });
};

/** What sampling alone makes of the difference. */
const ownReach = (
  candidate: Measured,
  window: readonly Measured[],
  { forward, confidence }: { readonly forward: (value: number) => number; readonly confidence: number },
): Reach => {
  const own = reachOf(candidate, forward, confidence);
  const others = window.map((each) => reachOf(each, forward, confidence));
  const ofMean = (reaches: readonly number[]): number => Math.hypot(...reaches) / reaches.length;
  return {
    down: Math.hypot(own.down, ofMean(others.map(({ up }) => up))),
    up: Math.hypot(own.up, ofMean(others.map(({ down }) => down))),
  };
};

const reachOf = (estimate: Measured, forward: (value: number) => number, confidence: number): Reach => {
  // Each side of a two-sided interval at 2c − 1 has the one-sided confidence c.
  const [low, high] = estimate.intervalAt(2 * confidence - 1) ?? [estimate.value, estimate.value];
  const at = forward(estimate.value);
  return { down: finiteOrNone(at - forward(low)), up: finiteOrNone(forward(high) - at) };
};

/** Infinite at an open end, NaN for a rate of 0, which is −∞ on the logarithmic scale. */
const finiteOrNone = (reach: number): number => (Number.isFinite(reach) ? reach : 0);
