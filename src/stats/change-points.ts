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
  const statistics = new Float64Array(values.length);
  scan.run(scan.ranks, (at, statistic) => {
    statistics[at] = statistic;
  });
  return statistics;
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
  const found = bestSplit(scan, scan.ranks, minSegment);
  // Rounding alone must not make a difference of a constant series.
  if (found === undefined || found.statistic <= 1e-9 * scan.size) return undefined;
  const shuffled = scan.ranks.slice();
  let asGreat = 1;
  for (let count = 0; count < permutations; count++) {
    shuffle(shuffled, random);
    if (bestSplit(scan, shuffled, minSegment)!.statistic >= found.statistic * (1 - 1e-12)) asGreat += 1;
    // What is left could not bring the p-value (asGreat / (permutations + 1)) below the level any more.
    if (asGreat > level * (permutations + 1)) return undefined;
  }
  return found.at;
};

interface Split {
  readonly at: number;
  readonly statistic: number;
}

const bestSplit = (scan: SplitScan, ranks: Int32Array, minSegment: number): Split | undefined => {
  let best: Split | undefined;
  scan.run(ranks, (at, statistic) => {
    if (at < minSegment || at > ranks.length - minSegment) return;
    if (best === undefined || statistic > best.statistic) best = { at, statistic };
  });
  return best;
};

/** Fisher and Yates. */
const shuffle = (items: Int32Array, random: () => number): void => {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
};

/** Scans orders of the same values: what does not depend on the order is computed once. */
class SplitScan {
  /** The place of each value among the sorted ones, in the series' own order. */
  readonly ranks: Int32Array;
  /** Sum of the distances of all pairs. */
  readonly size: number;
  readonly #sorted: Float64Array;
  /** By rank: sum of the distances to all values. */
  readonly #toAll: Float64Array;
  // Fenwick trees over ranks: how many values, and their sum, are on the left side (Fenwick, Software: Practice and Experience 24 (1994) 327–336).
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;

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
    this.#counts = new Float64Array(values.length + 1);
    this.#sums = new Float64Array(values.length + 1);
  }

  /** Tells the statistic of each split of an order. */
  run(ranks: Int32Array, tell: (at: number, statistic: number) => void): void {
    this.#counts.fill(0);
    this.#sums.fill(0);
    const all = ranks.length;
    let [within, rest, sum] = [0, this.size, 0];
    for (let at = 0; at < all; at++) {
      if (at > 0) {
        const between = this.size - within - rest;
        const [left, right] = [at, all - at];
        const energy = (2 * between) / (left * right) - (2 * within) / left ** 2 - (2 * rest) / right ** 2;
        tell(at, ((left * right) / all) * energy);
      }
      const rank = ranks[at]!;
      const value = this.#sorted[rank]!;
      const { count: below, sum: sumBelow } = this.#below(rank);
      const toLeft = value * below - sumBelow + (sum - sumBelow) - value * (at - below);
      within += toLeft;
      rest -= this.#toAll[rank]! - toLeft;
      sum += value;
      this.#add(rank, value);
    }
  }

  #below(rank: number): { readonly count: number; readonly sum: number } {
    let [count, sum] = [0, 0];
    for (let node = rank; node > 0; node -= node & -node) {
      count += this.#counts[node]!;
      sum += this.#sums[node]!;
    }
    return { count, sum };
  }

  #add(rank: number, value: number): void {
    for (let node = rank + 1; node < this.#counts.length; node += node & -node) {
      this.#counts[node]! += 1;
      this.#sums[node]! += value;
    }
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
