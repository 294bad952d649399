import { seededRandom } from './random.ts';

/** How a series is searched. */
export interface ChangePointOptions {
  /** Chance of a change that is none, of one test: 0–1. */
  readonly level: number;
  /** Fewest values between two changes, and before the first and after the last; 2 or more. */
  readonly minSegment: number;
  /** Most permutations of one test. Below 1/level − 1 of them nothing can be found. */
  readonly permutations: number;
  readonly seed: number;
}

/**
 * Where the level or the spread of a series changed for good: for each change the place of the first value that is of the new
 * kind, ascending. Fewer than 2 · `minSegment` values, or values that are all the same → none.
 *
 * E-divisive (Matteson and James, Journal of the American Statistical Association 109 (2014) 334–345), with one end fixed as
 * in the variant that MongoDB runs on its nightly measurements (Daly et al., ICPE 2020): the split with the greatest energy
 * distance between both sides is a change when shuffled values hardly ever have one as great; then each side is searched in
 * turn. What was found first is asked again between its neighbours: a split in the middle of a rise and its fall is gone once those two are known.
 *
 * No distribution is assumed, but that without a change every order is as likely as every other: a series whose values depend
 * on their neighbours has changes where it only wandered. A rise that is soon taken back is found less easily than one that stays.
 */
export const findChangePoints = (values: readonly number[], options: ChangePointOptions): readonly number[] => {
  const random = seededRandom(options.seed);
  const changeIn = (from: number, to: number): number | undefined => {
    const at = findChange(values.slice(from, to), options, random);
    return at === undefined ? undefined : from + at;
  };
  const search = (from: number, to: number): number[] => {
    const at = changeIn(from, to);
    return at === undefined ? [] : [...search(from, at), at, ...search(at, to)];
  };
  return settle(search(0, values.length), (before, after) => changeIn(before ?? 0, after ?? values.length));
};

/**
 * The energy statistic of every split: at i that of the first i values against the rest, mn/(m + n) · (2 E|X − Y| − E|X − X′| −
 * E|Y − Y′|), means over all pairs. 0 where one side is empty. In O(n log n).
 */
export const splitStatistics = (values: readonly number[]): Float64Array => {
  const scan = new SplitScan(values);
  return scan.statisticsOf(scan.ranks).slice();
};

/** Looks for each change anew between the two beside it, until all stay where they are. At most as many rounds as there were changes. */
const settle = (
  found: readonly number[],
  changeBetween: (before: number | undefined, after: number | undefined) => number | undefined,
): readonly number[] => {
  let points = found;
  for (let round = 0; round < found.length && points.length > 1; round++) {
    const settled: number[] = [];
    points.forEach((_, place) => {
      const at = changeBetween(settled.at(-1), points[place + 1]);
      if (at !== undefined) settled.push(at);
    });
    if (settled.join() === points.join()) break;
    points = settled;
  }
  return points;
};

const findChange = (
  values: readonly number[],
  { level, minSegment, permutations }: ChangePointOptions,
  random: () => number,
): number | undefined => {
  if (values.length < 2 * minSegment) return undefined;
  const scan = new SplitScan(values);
  const statistics = scan.statisticsOf(scan.ranks);
  const at = bestSplit(statistics, minSegment);
  const found = statistics[at]! * (1 - 1e-12);
  // Rounding alone must not make a difference of a constant series.
  if (found <= 1e-9 * scan.size) return undefined;
  const shuffled = scan.ranks.slice();
  let [asGreat, sum, squares] = [1, 0, 0];
  for (let count = 1; count <= permutations; count++) {
    shuffle(shuffled, random);
    const others = scan.statisticsOf(shuffled);
    const other = others[bestSplit(others, minSegment)]!;
    if (other >= found) asGreat += 1;
    sum += other;
    squares += other ** 2;
    if (count === LOOK && asGreat === 1 && isFarBeyond(found, { count, sum, squares }, level)) return at;
    // What is left could not bring the p-value (asGreat / (permutations + 1)) below the level any more.
    if (asGreat > level * (permutations + 1)) return undefined;
  }
  return at;
};

/** After so many permutations a change that is beyond doubt needs no more. */
const LOOK = 499;

/**
 * Whether a statistic is so far beyond those of shuffled values that all further ones would not make a difference: by the tail of
 * the extreme-value distribution of Gumbel with their mean and spread, P(Z > z) ≈ exp(−zπ/√6 − γ), its chance is below a hundredth of
 * the level. The statistic is a maximum of what falls off exponentially, as Gumbel's has it.
 */
const isFarBeyond = (
  found: number,
  { count, sum, squares }: { readonly count: number; readonly sum: number; readonly squares: number },
  level: number,
): boolean => {
  const mean = sum / count;
  const spread = Math.sqrt(Math.max(0, squares / count - mean ** 2));
  const z = (found - mean) / spread;
  return Math.exp(-(z * Math.PI) / Math.sqrt(6) - 0.5772) < level / 100;
};

/** The place of the greatest statistic that leaves enough on both sides. */
const bestSplit = (statistics: Float64Array, minSegment: number): number => {
  let best = minSegment;
  for (let at = minSegment + 1; at <= statistics.length - minSegment; at++)
    if (statistics[at]! > statistics[best]!) best = at;
  return best;
};

/** Fisher and Yates. */
const shuffle = (items: Int32Array, random: () => number): void => {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
};

/** Scans orders of the same values: what does not depend on the order is computed once, and memory is used again. */
class SplitScan {
  /** The place of each value among the sorted ones, in the series' own order. */
  readonly ranks: Int32Array;
  /** Sum of the distances of all pairs. */
  readonly size: number;
  readonly #sorted: Float64Array;
  /** By rank: sum of the distances to all values. */
  readonly #toAll: Float64Array;
  // Fenwick trees over ranks: how many values, and their sum, are on the left side (Fenwick, Software: Practice and Experience 24 (1994) 327–336).
  readonly #counts: Int32Array;
  readonly #sums: Float64Array;
  readonly #statistics: Float64Array;

  constructor(values: readonly number[]) {
    const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
    // Around the middle, so that sums of large values do not swallow small distances.
    const middle = values[order[order.length >> 1] ?? 0] ?? 0;
    this.#sorted = Float64Array.from(order, (at) => values[at]! - middle);
    this.ranks = new Int32Array(values.length);
    order.forEach((at, rank) => {
      this.ranks[at] = rank;
    });
    this.#toAll = distancesToAll(this.#sorted);
    this.size = this.#toAll.reduce((sum, each) => sum + each, 0) / 2;
    this.#counts = new Int32Array(values.length + 1);
    this.#sums = new Float64Array(values.length + 1);
    this.#statistics = new Float64Array(values.length);
  }

  /** The statistic of each split of an order; it lasts until the next call. One loop without calls: it runs ten thousand times. */
  statisticsOf(ranks: Int32Array): Float64Array {
    const [sorted, toAll, counts, sums] = [this.#sorted, this.#toAll, this.#counts, this.#sums];
    counts.fill(0);
    sums.fill(0);
    const all = ranks.length;
    let [within, rest, sum] = [0, this.size, 0];
    for (let at = 0; at < all; at++) {
      if (at > 0) {
        const right = all - at;
        const between = this.size - within - rest;
        // left · right / all times the energy distance, multiplied out.
        this.#statistics[at] = (2 / all) * (between - (within * right) / at - (rest * at) / right);
      }
      const rank = ranks[at]!;
      const value = sorted[rank]!;
      let [below, sumBelow] = [0, 0];
      for (let node = rank; node > 0; node -= node & -node) {
        below += counts[node]!;
        sumBelow += sums[node]!;
      }
      const toLeft = value * (2 * below - at) - 2 * sumBelow + sum;
      within += toLeft;
      rest -= toAll[rank]! - toLeft;
      sum += value;
      for (let node = rank + 1; node <= all; node += node & -node) {
        counts[node]! += 1;
        sums[node]! += value;
      }
    }
    return this.#statistics;
  }
}

const distancesToAll = (sorted: Float64Array): Float64Array => {
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let below = 0;
  return sorted.map((value, rank) => {
    const distance = value * rank - below + (total - below) - value * (sorted.length - rank);
    below += value;
    return distance;
  });
};
