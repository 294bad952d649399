import type { ProbeCall, ProbeRun } from '../model/probe.ts';
import type { UpstreamCall } from '../model/upstream.ts';
import { upstreamOf } from './upstream-of.ts';

/** Content events that come less than this behind the one before them came in a burst, µs. */
const BURST = 5_000;

/** Streams that come later than that, as a share of their time, came in one piece … */
const HELD_BACK = 0.9;
/** … where their provider was done with waiting by then. */
const FLOWING = 0.5;

/** One stream that was answered with 200. */
export interface StreamFacts {
  readonly call: ProbeCall;
  /** The upstream call that served it; undefined when none is known, or several may have. */
  readonly served: UpstreamCall | undefined;
  readonly isTruncated: boolean;
  /** Its text is not the provider's; undefined = cannot be told. */
  readonly isAltered: boolean | undefined;
  /** It was held back to its end, while the provider's was not; undefined = cannot be told. */
  readonly isBuffered: boolean | undefined;
  /** Time to first content beyond the provider's own, µs; undefined = cannot be told. */
  readonly addedTtft: number | undefined;
  /** Gaps between its content events, and those of them that are bursts. */
  readonly gaps: number;
  readonly bursts: number;
  /** µs between two content events at the provider, on average; undefined = cannot be told. */
  readonly interval: number | undefined;
}

/** Every stream of a probe that was answered with 200, in the order of release. */
export const streamFacts = (run: ProbeRun): readonly StreamFacts[] => {
  const upstream = upstreamOf(run);
  return run.calls
    .filter(({ step, status }) => step === 'stream' && status === 200)
    .map((call) => {
      const calls = upstream?.(call).filter(({ status, stream }) => status === 200 && stream) ?? [];
      const attempts = upstream?.(call).length ?? 0;
      return factsOf({ call, served: calls.length === 1 ? calls[0] : undefined, attempts, lateness: run.lateness });
    });
};

interface Origin {
  readonly call: ProbeCall;
  readonly served: UpstreamCall | undefined;
  /** Upstream calls for it, failed ones included. */
  readonly attempts: number;
  readonly lateness: ProbeRun['lateness'];
}

const factsOf = ({ call, served, attempts, lateness }: Origin): StreamFacts => ({
  call,
  served,
  isTruncated: isTruncated(call, served),
  isAltered: isAltered(call, served),
  isBuffered: isBuffered(call, served, lateness),
  // With a failed attempt before it, the time is the failure's.
  addedTtft: attempts === 1 ? addedTtft(call, served) : undefined,
  gaps: call.gaps.length,
  bursts: call.gaps.filter((gap) => gap < BURST).length,
  interval: intervalOf(call, served),
});

/** Without its end; or with one, although the provider wrote more. */
const isTruncated = ({ outcome, contentLength }: ProbeCall, served: UpstreamCall | undefined): boolean =>
  (outcome.kind === 'error' && outcome.errorClass === 'truncated') ||
  (outcome.kind === 'ok' && contentLength < (served?.contentLength ?? 0));

/** Of one that came to its end: a shorter text is a truncated one. */
const isAltered = (call: ProbeCall, served: UpstreamCall | undefined): boolean | undefined =>
  call.outcome.kind !== 'ok' || served?.content === undefined || isTruncated(call, served)
    ? undefined
    : call.content !== served.content;

/** A generator that was late by as much cannot tell who held the stream back. */
const isBuffered = (
  call: ProbeCall,
  served: UpstreamCall | undefined,
  lateness: ProbeRun['lateness'],
): boolean | undefined => {
  const { firstContent, released, end } = call;
  if (firstContent === undefined || served?.firstContent === undefined || served.end === undefined) return undefined;
  const atProvider = (served.firstContent - served.received) / (served.end - served.received);
  if (atProvider >= FLOWING) return undefined;
  const isHeldBack = (firstContent - released) / (end - released) > HELD_BACK;
  return isHeldBack && (addedTtft(call, served) ?? 0) <= (lateness?.max ?? 0) ? undefined : isHeldBack;
};

const addedTtft = ({ firstContent, released }: ProbeCall, served: UpstreamCall | undefined): number | undefined =>
  firstContent === undefined || served?.firstContent === undefined
    ? undefined
    : firstContent - released - (served.firstContent - served.received);

const intervalOf = ({ contentEvents }: ProbeCall, served: UpstreamCall | undefined): number | undefined =>
  served?.firstContent === undefined || served.end === undefined || contentEvents < 2
    ? undefined
    : (served.end - served.firstContent) / (contentEvents - 1);
