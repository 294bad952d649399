import { createRandom } from '../config/random.ts';
import { GateError } from '../model/errors.ts';

/** Weights count to three decimals. */
const SCALE = 1_000;

/**
 * Whose turn it is, request by request: a function that names the next scenario. Its shares are exact: in every cycle (the
 * weights' sum in lowest terms: 3:1 is a cycle of 4, 0.5:1.5 as well) each member comes exactly as often as its weight
 * says, in an order shuffled from the seed. A weight above 0 is never rounded to nothing; a weight of 0 is never picked.
 * Throws `GateError` `internal` when no weight is above 0.
 */
export function createMix(
  members: readonly { readonly scenario: string; readonly weight: number }[],
  seed: string,
): () => string {
  const weights = wholeWeights(members.map((member) => member.weight));
  const cycle = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(cycle > 0)) throw new GateError('internal', 'a load without a scenario to send');
  const random = createRandom(seed);
  let left: number[] = [];
  let count = 0;
  return () => {
    if (count === 0) [left, count] = [[...weights], cycle];
    // Drawing without replacement is a shuffle that need not be stored: a cycle may be long.
    let place = random.int(0, count - 1);
    let member = 0;
    while (place >= left[member]!) {
      place -= left[member]!;
      member += 1;
    }
    left[member]! -= 1;
    count -= 1;
    return members[member]!.scenario;
  };
}

function wholeWeights(weights: readonly number[]): number[] {
  const scaled = weights.map((weight) => (weight > 0 ? Math.max(1, Math.round(weight * SCALE)) : 0));
  const divisor = scaled.reduce(greatestCommonDivisor, 0);
  return divisor === 0 ? scaled : scaled.map((weight) => weight / divisor);
}

function greatestCommonDivisor(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
