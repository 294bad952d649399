import type { ProbeCall } from '../model/probe.ts';
import { type LimitSpec, wasAdmitted } from '../plan/limit-shape.ts';
import type { LimitWindow } from './limit-window.ts';

/** What the limit headers of all calls come to. */
export interface HeadersCheck {
  /** Calls that said how much is left. */
  readonly stated: readonly ProbeCall[];
  /** Rejected although something is left, or with more left than the limit. */
  readonly contradicting: readonly ProbeCall[];
  /** Admitted together with others, and yet it left as much as one of them. */
  readonly stuck: readonly ProbeCall[];
}

/** Holds what each response says is left of the limit against what happened. `window` undefined: it is not known what was sent together. */
export const checkHeaders = (
  calls: readonly ProbeCall[],
  window: LimitWindow | undefined,
  spec: LimitSpec,
): HeadersCheck => {
  const stated = calls.filter(({ limit }) => limit?.remaining !== undefined);
  const contradicting = stated.filter((call) => {
    const { limit = Number.POSITIVE_INFINITY } = call.limit!;
    return call.limit!.remaining! > limit || (!wasAdmitted(call) && call.limit!.remaining! >= 1);
  });
  return { stated, contradicting, stuck: window === undefined ? [] : notCountingDown(window, spec) };
};

/**
 * Of the requests that were admitted together each has used up one more, so that each says another number. What comes back
 * meanwhile lets numbers repeat: that many are let pass, and one for rounding.
 */
const notCountingDown = ({ burst, span }: LimitWindow, { limit, window }: LimitSpec): readonly ProbeCall[] => {
  const admitted = burst.filter((call) => wasAdmitted(call) && call.limit?.remaining !== undefined);
  const seen = new Set<number>();
  const repeated = admitted.filter((call) => {
    const isNew = !seen.has(call.limit!.remaining!);
    seen.add(call.limit!.remaining!);
    return !isNew;
  });
  return repeated.slice(Math.ceil((span * limit) / window) + 1);
};
