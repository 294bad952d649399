import type { ProbeCall } from '../model/probe.ts';

/** How far the promise of one rejection was off. */
export interface PromiseCheck {
  readonly call: ProbeCall;
  /** µs, at least: the truth lies between two requests, and the promise was that far outside. 0 = it may have been exact. */
  readonly error: number;
  /** Whether a request was admitted before the promised moment, or none was at it. Undefined for an error of 0. */
  readonly way: 'too long' | 'too short' | undefined;
}

/**
 * Holds what each rejection says about its wait against what happened. The allowance came back between the last request that
 * was rejected and the first that was admitted, of those sent after the rejection was known; the promise counts from some moment
 * between the request and its answer. The error is the gap between the two spans. A promise whose moment nothing was sent
 * at is not in the result. `calls`: in the order in which they were sent, without those that never were.
 */
export const checkPromises = (
  calls: readonly ProbeCall[],
  wasAdmitted: (call: ProbeCall) => boolean,
): readonly PromiseCheck[] =>
  calls.flatMap((call) => {
    const { retryAfter, end } = call;
    if (retryAfter === undefined || wasAdmitted(call)) return [];
    const later = calls.filter((each) => sentAt(each) >= end);
    const back = later.find(wasAdmitted);
    const rejected = later.filter((each) => !wasAdmitted(each) && (back === undefined || sentAt(each) < sentAt(back)));
    const notBefore = Math.max(sentAt(call), ...rejected.map(sentAt));
    // An admitted request was let in at some moment before its answer; a rejection shows how long that takes at most.
    const notAfter = back === undefined ? Number.POSITIVE_INFINITY : sentAt(back) + (end - sentAt(call));
    const [tooLong, tooShort] = [sentAt(call) + retryAfter - notAfter, notBefore - (end + retryAfter)];
    if (back === undefined && tooShort <= 0) return [];
    const way = tooLong > 0 ? 'too long' : tooShort > 0 ? 'too short' : undefined;
    return [{ call, error: Math.max(0, tooLong, tooShort), way }];
  });

const sentAt = ({ written, released }: ProbeCall): number => written ?? released;
