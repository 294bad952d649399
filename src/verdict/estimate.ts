import type { Histogram } from '../model/histogram.ts';
import type { Block, Counts, Metric } from '../model/measurement.ts';
import type { Measure, Subject } from '../model/slo.ts';
import { toSeconds } from '../model/units.ts';
import { countOf, quantile } from '../stats/histogram.ts';
import { differenceInterval, type Interval, quantileInterval, rateInterval, shareInterval } from '../stats/interval.ts';
import { endedOf, requestsOf, totalCounts } from '../stats/measurement.ts';
import { type Evidence, pooledEvidence } from './evidence.ts';
import { countPerSecond, type PerSecond, type ShareCounts, SUCCESS, shareCounts, shareOf } from './share-counts.ts';
import {
  whyNoCacheStatus,
  whyNoKnee,
  whyNoName,
  whyNoProbe,
  whyNoRequest,
  whyNoSample,
  whyNoTime,
  whyNoTokens,
} from './unmeasured.ts';

/** What a measure comes to, in its unit, or why there is no number. */
export type Estimate = Measured | Unmeasured;

export interface Measured {
  readonly kind: 'measured';
  readonly value: number;
  /** Samples behind it; for a difference those of the smaller side. */
  readonly samples: number;
  /** Two-sided interval by blocks, at a confidence from 0 to 1; an end can be open (infinite). Undefined when there is too little for one, or the number is exact. */
  readonly intervalAt: (confidence: number) => Interval | undefined;
}

export interface Unmeasured {
  readonly kind: 'unmeasured';
  /** One sentence without its full stop that says what is missing and, where something can be done, what. */
  readonly reason: string;
}

/**
 * Estimates any measure from what was recorded: quantiles by HdrHistogram's convention from the pooled blocks, shares as
 * ratios of sums, rates over the measured duration. What has no sample is unmeasured, never 0.
 */
export const estimate = (measure: Measure, evidence: Evidence): Estimate => {
  const { subject } = measure;
  const counts = totalCounts(evidence.blocks);
  if (subject.kind === 'probe') return unmeasured(whyNoProbe(subject.name));
  if (subject.kind === 'knee') return estimateKnee(evidence);
  if (requestsOf(counts) === 0) return unmeasured(whyNoRequest(evidence));
  switch (subject.kind) {
    case 'quantile':
      return estimateQuantile(subject.metric, subject.quantile, { evidence, counts });
    case 'cache-delta':
      return estimateDelta(subject.quantile, { evidence, counts });
    case 'rate':
      return estimateRate(subject, { evidence, counts });
    case 'tally':
      return estimateTally(subject, measure.unit === 'ratio', evidence);
    case 'share':
      return estimateNamed(subject, evidence.blocks);
    case 'per-second':
      return estimatePerSecond(subject.of, { evidence, counts });
  }
};

/** Share of requests that ended ok among those that ended; the ground on which latencies can be compared. */
export const estimateSuccess = (blocks: readonly Block[]): Estimate =>
  estimateShare(blocks, SUCCESS) ?? unmeasured('no request was answered');

interface Recorded {
  readonly evidence: Evidence;
  readonly counts: Counts;
}

const estimateQuantile = (metric: Metric, q: number, { evidence, counts }: Recorded): Estimate => {
  const all = pooledEvidence(evidence, metric);
  const value = quantile(all, q);
  if (value === undefined) return unmeasured(whyNoSample(metric, evidence.scenario, counts));
  const histograms = evidence.blocks.flatMap((block): Histogram[] => {
    const histogram = block.histograms[metric];
    return histogram === undefined ? [] : [histogram];
  });
  return measured(value, countOf(all), (confidence) => quantileInterval(histograms, q, confidence));
};

/** Median miss minus median hit (or another quantile): the two sides' intervals are squared and added. */
const estimateDelta = (q: number, recorded: Recorded): Estimate => {
  const miss = estimateQuantile('miss', q, recorded);
  const hit = estimateQuantile('hit', q, recorded);
  if (miss.kind === 'unmeasured') return miss;
  if (hit.kind === 'unmeasured') return hit;
  return measured(miss.value - hit.value, Math.min(miss.samples, hit.samples), (confidence) => {
    const [ofMiss, ofHit] = [miss.intervalAt(confidence), hit.intervalAt(confidence)];
    if (ofMiss === undefined || ofHit === undefined) return undefined;
    return differenceInterval({ value: miss.value, interval: ofMiss }, { value: hit.value, interval: ofHit });
  });
};

const estimateRate = (subject: Extract<Subject, { kind: 'rate' }>, { evidence, counts }: Recorded): Estimate => {
  const share = estimateShare(evidence.blocks, shareCounts(subject));
  return share ?? unmeasured(subject.of === 'hit' ? whyNoCacheStatus(counts) : whyNoRequest(evidence));
};

const estimateTally = (
  subject: Extract<Subject, { kind: 'tally' }>,
  asShare: boolean,
  evidence: Evidence,
): Estimate => {
  const { blocks } = evidence;
  const ended = endedOf(totalCounts(blocks));
  if (ended === 0) return unmeasured(whyNoRequest(evidence));
  const counts = shareCounts(subject);
  // A count of this very run is exact: it has no interval.
  if (!asShare) return measured(counts.part(totalCounts(blocks)), ended, () => undefined);
  return estimateShare(blocks, counts) ?? unmeasured(whyNoRequest(evidence));
};

const estimateNamed = (subject: Extract<Subject, { kind: 'share' }>, blocks: readonly Block[]): Estimate =>
  estimateShare(blocks, shareCounts(subject)) ?? unmeasured(whyNoName(subject.of));

const estimatePerSecond = (of: PerSecond, { evidence, counts }: Recorded): Estimate => {
  const { blocks, duration } = evidence;
  if (duration <= 0) return unmeasured(whyNoTime());
  if (of === 'tokens' && counts.tokens.completion === 0) return unmeasured(whyNoTokens(counts));
  const count = countPerSecond(of);
  const rows = blocks.map((block) => ({ count: count(block.counts), seconds: toSeconds(block.duration) }));
  return measured(count(counts) / toSeconds(duration), endedOf(counts), (confidence) =>
    rateInterval([...rows, ...idleBlocks(evidence)], confidence),
  );
};

/** More blocks than any run has: a stored run with absurd durations must not be worked off block by block. */
const MAX_IDLE_BLOCKS = 10_000;

/** Blocks without a request are not recorded, yet nothing happened in them, which is part of the spread. */
const idleBlocks = ({ blocks, duration }: Evidence): { count: number; seconds: number }[] => {
  const busy = blocks.reduce((sum, block) => sum + block.duration, 0);
  const typical = busy / blocks.length;
  const missing = Math.round((duration - busy) / typical);
  if (!(missing > 0 && missing <= MAX_IDLE_BLOCKS)) return [];
  return Array.from({ length: missing }, () => ({ count: 0, seconds: typical / 1_000_000 }));
};

/** A knee of 0 says that not even the first step was met. */
const estimateKnee = ({ knee }: Evidence): Estimate =>
  knee === undefined ? unmeasured(whyNoKnee()) : measured(knee.rate ?? 0, knee.steps.length, () => undefined);

const estimateShare = (blocks: readonly Block[], counts: ShareCounts): Measured | undefined => {
  const rows = blocks.map((block) => shareOf(block, counts));
  const samples = rows.reduce((sum, row) => sum + row.whole, 0);
  if (samples === 0) return undefined;
  const value = rows.reduce((sum, row) => sum + row.part, 0) / samples;
  return measured(value, samples, (confidence) => shareInterval(rows, confidence));
};

/** Intervals are asked for again and again at the same confidence; each costs a pass over the blocks. */
const measured = (value: number, samples: number, compute: Measured['intervalAt']): Measured => {
  const known = new Map<number, Interval | undefined>();
  const intervalAt = (confidence: number): Interval | undefined => {
    if (!known.has(confidence)) known.set(confidence, compute(confidence));
    return known.get(confidence);
  };
  return { kind: 'measured', value, samples, intervalAt };
};

const unmeasured = (reason: string): Unmeasured => ({ kind: 'unmeasured', reason });
