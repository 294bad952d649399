import { type Micros, micros } from '../model/units.ts';
import type { UpstreamCall } from '../model/upstream.ts';

/** One request as its sender saw it. All times are on one clock. */
export interface RequestSpan {
  readonly released: Micros;
  /** The last byte. */
  readonly end: Micros;
  /** Undefined for a request that is no stream, or without content. */
  readonly firstContent: Micros | undefined;
}

/** The calls that providers saw of it. */
export type CallSpan = Pick<UpstreamCall, 'received' | 'firstContent' | 'end'>;

/** What of a request's times is the gateway's own, µs, never negative. */
export interface GatewayTime {
  readonly overhead: Micros;
  /** Undefined where no content can be set against a provider's. */
  readonly ttftOverhead: Micros | undefined;
}

/**
 * Response time less the time in which at least one provider was at work on the request, so that calls side by side (a
 * hedge, a shadow) are not counted twice and pauses between attempts are the gateway's; and time to first token less
 * that of the call that delivered it: of those whose content began before the client's, the last. Parts of a call outside
 * the request do not count. A call that has not ended is taken to go on.
 */
export const gatewayTime = (request: RequestSpan, calls: readonly CallSpan[]): GatewayTime => ({
  overhead: micros(request.end - request.released - coveredTime(request, calls)),
  ttftOverhead: addedToFirstContent(request, calls),
});

/** How much of the request's time at least one call covers. */
const coveredTime = ({ released, end }: RequestSpan, calls: readonly CallSpan[]): number => {
  let covered = 0;
  let until: number = released;
  for (const call of calls.toSorted((one, other) => one.received - other.received)) {
    const from = Math.max(until, call.received);
    until = Math.max(until, Math.min(end, call.end ?? end));
    covered += Math.max(0, until - from);
  }
  return covered;
};

const addedToFirstContent = (request: RequestSpan, calls: readonly CallSpan[]): Micros | undefined => {
  const { firstContent, released } = request;
  if (firstContent === undefined) return undefined;
  const delivering = calls
    .filter((call) => call.firstContent !== undefined && call.firstContent <= firstContent)
    .toSorted((one, other) => one.firstContent! - other.firstContent!)
    .at(-1);
  if (delivering === undefined) return undefined;
  return micros(Math.max(0, firstContent - released - (delivering.firstContent! - delivering.received)));
};
