import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Histogram } from '../model/histogram.ts';
import { addHistograms, countAtOrBelow, countOf, quantile } from './histogram.ts';

export type Interval = readonly [low: number, high: number];

/** The interval where it has both ends; undefined where one is open (infinite). */
export const closedOnly = (interval: Interval | undefined): Interval | undefined =>
  interval?.every(Number.isFinite) === true ? interval : undefined;

/** What one block of time adds to a share: `part` of `whole` requests. */
export interface ShareBlock {
  readonly part: number;
  readonly whole: number;
}

/** With fewer blocks than this their spread says too little, and requests are taken as independent. */
export const MIN_BLOCKS = 8;

/**
 * Two-sided interval of a share whose requests come in blocks of time; `confidence` 0–1. No request → undefined.
 *
 * Requests of one block share its weather, so they count for fewer than they are: the variance of the ratio Σpart/Σwhole
 * between blocks over the binomial one (the design effect) gives an effective number of requests, which goes into the
 * exact binomial interval of Clopper and Pearson. That is the method of Korn and Graubard, Survey Methodology 24 (1998)
 * 193–201, which stays honest for rare events. Below 8 blocks, and for shares of exactly 0 or 1, where blocks show no
 * spread, it is the plain Clopper–Pearson interval.
 *
 * Assumes blocks long enough that one hardly depends on the one before it. A trend over the run (a ramp) widens the interval.
 */
export const shareInterval = (blocks: readonly ShareBlock[], confidence: number): Interval | undefined => {
  const whole = sum(blocks, (block) => block.whole);
  if (whole === 0) return undefined;
  const share = sum(blocks, (block) => block.part) / whole;
  return clopperPearson(share, effectiveCount(blocks, confidence), confidence);
};

/**
 * Two-sided interval of the quantile `q` (0 < q < 1) of all values together, one histogram a block; `confidence` 0–1. An end
 * that no value bounds at that confidence is 0 or infinite (the upper end of p95 needs 72 values at 95 %). No value → undefined.
 *
 * Woodruff's interval, Journal of the American Statistical Association 47 (1952) 635–646: the interval of the share of
 * values at or below the quantile, by `shareInterval`, read back through the pooled distribution. With independent values
 * it is the interval between binomial order statistics. Its assumptions are those of `shareInterval`; its ends are known to 0.1 %.
 */
export const quantileInterval = (
  histograms: readonly Histogram[],
  q: number,
  confidence: number,
): Interval | undefined => {
  const all = addHistograms(histograms);
  const estimate = quantile(all, q);
  if (estimate === undefined || q <= 0 || q >= 1) return undefined;
  const blocks = histograms.map((each) => ({ part: countAtOrBelow(each, estimate), whole: countOf(each) }));
  const count = effectiveCount(blocks, confidence);
  const [low, high] = clopperPearson(q, count, confidence);
  const tail = (1 - confidence) / 2;
  return [
    (1 - q) ** count > tail ? 0 : quantile(all, low)!,
    q ** count > tail ? Number.POSITIVE_INFINITY : quantile(all, high)!,
  ];
};

/** How much happened in one block, and how long it was. */
export interface RateBlock {
  readonly count: number;
  readonly seconds: number;
}

/**
 * Two-sided interval of Σcount/Σseconds, per second; `confidence` 0–1. Below 8 blocks → undefined: arrivals are not a Poisson
 * process in general, so that nothing but their own spread can be used.
 *
 * The t interval of the ratio estimator (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 6). Assumes about independent
 * blocks of one and the same offered rate; over a ramp it covers the ramp's own spread.
 */
export const rateInterval = (blocks: readonly RateBlock[], confidence: number): Interval | undefined => {
  const seconds = sum(blocks, (block) => block.seconds);
  if (blocks.length < MIN_BLOCKS || seconds <= 0) return undefined;
  const rate = sum(blocks, (block) => block.count) / seconds;
  const squares = sum(blocks, (block) => (block.count - rate * block.seconds) ** 2);
  const error = Math.sqrt((blocks.length / (blocks.length - 1)) * squares) / seconds;
  const half = tQuantile(1 - (1 - confidence) / 2, blocks.length - 1) * error;
  return [Math.max(0, rate - half), rate + half];
};

/** An estimate with its two-sided interval. */
export interface Estimated {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * Interval of `a − b` from the intervals of both, at their confidence: the square-and-add rule of Newcombe, Statistics in
 * Medicine 17 (1998) 873–890, made general by Zou and Donner, ibid. 27 (2008) 1693–1702. Keeps the asymmetry of both.
 * Assumes independent a and b; where they rise and fall together, it is too wide rather than too narrow.
 */
export const differenceInterval = (a: Estimated, b: Estimated): Interval => [
  a.value - b.value - Math.hypot(a.value - a.interval[0], b.interval[1] - b.value),
  a.value - b.value + Math.hypot(a.interval[1] - a.value, b.value - b.interval[0]),
];

/** Requests that independent ones would have to be to carry as much as these; never more than there are. */
const effectiveCount = (all: readonly ShareBlock[], confidence: number): number => {
  const blocks = all.filter((block) => block.whole > 0);
  const whole = sum(blocks, (block) => block.whole);
  const share = sum(blocks, (block) => block.part) / whole;
  const squares = sum(blocks, (block) => (block.part - share * block.whole) ** 2);
  if (blocks.length < MIN_BLOCKS || squares === 0) return whole;
  const between = ((blocks.length / (blocks.length - 1)) * squares) / whole ** 2;
  const binomial = (share * (1 - share)) / whole;
  if (binomial === 0) return whole;
  const upper = 1 - (1 - confidence) / 2;
  // The spread is itself estimated, from few blocks: Korn and Graubard's correction for their degrees of freedom.
  const freedom = (tQuantile(upper, whole - 1) / tQuantile(upper, blocks.length - 1)) ** 2;
  return Math.min(whole, (whole * binomial * freedom) / between);
};

/** The exact binomial interval (Clopper and Pearson, Biometrika 26 (1934) 404–413), for a count that need not be whole. */
const clopperPearson = (share: number, count: number, confidence: number): Interval => {
  const tail = (1 - confidence) / 2;
  const part = share * count;
  return [
    part <= 0 ? 0 : betaQuantile(tail, part, count - part + 1),
    part >= count ? 1 : betaQuantile(1 - tail, part + 1, count - part),
  ];
};

const sum = <T>(items: readonly T[], pick: (item: T) => number): number =>
  items.reduce((total, item) => total + pick(item), 0);
