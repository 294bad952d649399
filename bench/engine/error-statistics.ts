import type { TrueRequest } from './truth-log.ts';

/** One request as the engine measured it. Times are CLOCK_MONOTONIC, µs. */
export interface MeasuredRequest {
  /** The number that its body carried. */
  readonly id: number;
  readonly intended: number;
  readonly released: number;
  /** NaN when it was never written. */
  readonly written: number;
  readonly end: number;
  /** NaN for an answer in one piece. */
  readonly firstContent: number;
  readonly ok: boolean;
  /** Gaps between content events, µs. */
  readonly gaps: readonly number[];
}

/** p50, p95, p99 and the maximum, µs. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The ⌈q·n⌉-th smallest of sorted values (nearest rank); undefined of none. */
export const quantileOf = (sorted: ArrayLike<number>, q: number): number | undefined =>
  sorted[Math.min(sorted.length, Math.max(1, Math.ceil(q * sorted.length - 1e-9))) - 1];

/** Undefined of no value. */
export const spreadOf = (values: readonly number[]): Spread | undefined => {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return undefined;
  const at = (q: number): number => quantileOf(sorted, q)!;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};

/** What the engine's times have beyond the truth, and what does not match at all. */
export interface ErrorStatistics {
  /** Response time (release → end) − the server's (received → last byte written). */
  readonly response: Spread | undefined;
  /** Service time (written → end) − the same. */
  readonly service: Spread | undefined;
  /** TTFT (release → first content) − the server's (received → first token written). Streams only. */
  readonly ttft: Spread | undefined;
  /** |gap between two tokens − the server's gap between the writes of the same two|. Streams only. */
  readonly gap: Spread | undefined;
  /** Released − intended. */
  readonly lag: Spread | undefined;
  /** The server's own received → last byte written. */
  readonly truth: Spread | undefined;
  /** The engine's response times. */
  readonly measured: Spread | undefined;
  /** Measured requests that the server does not know, did not answer, or that did not end ok. */
  readonly unmatched: number;
  /** Streams in which the engine counted other events than the server wrote. */
  readonly miscounted: number;
  readonly tokens: number;
}

/** Compares request by request, by the number that each carries. */
export const compareWithTruth = (
  measured: readonly MeasuredRequest[],
  truth: readonly TrueRequest[],
): ErrorStatistics => {
  const known = new Map(truth.map((request) => [request.id, request]));
  const pairs = measured.flatMap((ours) => {
    const theirs = known.get(ours.id);
    return theirs === undefined || !ours.ok ? [] : [{ ours, theirs }];
  });
  const streams = pairs.filter(({ theirs }) => theirs.tokens.length > 0);
  const spread = (of: (pair: Pair) => number): Spread | undefined => spreadOf(pairs.map(of));
  return {
    response: spread(({ ours, theirs }) => ours.end - ours.released - (theirs.last - theirs.received)),
    service: spread(({ ours, theirs }) => ours.end - ours.written - (theirs.last - theirs.received)),
    ttft: spreadOf(
      streams.map(({ ours, theirs }) => ours.firstContent - ours.released - (theirs.first - theirs.received)),
    ),
    gap: spreadOf(streams.flatMap(gapErrors)),
    lag: spreadOf(measured.map((each) => each.released - each.intended)),
    truth: spread(({ theirs }) => theirs.last - theirs.received),
    measured: spread(({ ours }) => ours.end - ours.released),
    unmatched: measured.length - pairs.length,
    miscounted: streams.filter(({ ours, theirs }) => ours.gaps.length + 1 !== theirs.tokens.length).length,
    tokens: streams.reduce((sum, { ours }) => sum + ours.gaps.length + 1, 0),
  };
};

interface Pair {
  readonly ours: MeasuredRequest;
  readonly theirs: TrueRequest;
}

const gapErrors = ({ ours, theirs }: Pair): number[] =>
  ours.gaps.length + 1 === theirs.tokens.length
    ? ours.gaps.map((gap, index) => Math.abs(gap - (theirs.tokens[index + 1]! - theirs.tokens[index]!)))
    : [];

/** When the server let nothing out. µs from the first arrival. */
export interface Stall {
  readonly at: number;
  readonly length: number;
}

/**
 * What a gateway that stalls once does to arrivals at a constant rate, each on time: an arrival whose answer would fall into
 * the stall gets it when the stall is over. Computed, since a tool that stops sending during the stall leaves no trace
 * of the requests that it should have sent. Times in µs, `rate` a second.
 */
export const stalledTruth = (load: {
  readonly rate: number;
  readonly count: number;
  readonly delay: number;
  readonly stall: Stall;
}): Spread | undefined => {
  const { rate, count, delay, stall } = load;
  const end = stall.at + stall.length;
  return spreadOf(
    Array.from({ length: count }, (_, index) => {
      const arrival = (index * 1_000_000) / rate;
      const due = arrival + delay;
      return due >= stall.at && due < end ? end - arrival : delay;
    }),
  );
};
