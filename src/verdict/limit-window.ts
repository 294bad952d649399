import type { ProbeCall } from '../model/probe.ts';
import { type LimitSpec, limitShape, wasAdmitted } from '../plan/limit-shape.ts';
import { refillOf } from './limit-refill.ts';
import { inWords } from './wording.ts';

/** What was sent within one window whose allowance was whole at its start, and what came of it. */
export interface LimitWindow {
  /** How the allowance came back before. */
  readonly kind: 'window' | 'bucket' | 'silent' | 'unlimited';
  /** In the order in which they were sent. */
  readonly sent: readonly ProbeCall[];
  /** Of them, those that were released together. */
  readonly burst: readonly ProbeCall[];
  /** Less what a bucket may have refilled while they were sent, where they are more than the limit. */
  readonly admitted: number;
  /** From the first of the burst to the last, µs. */
  readonly span: number;
}

/**
 * The window that the burst was measured in, or why there is none, in a clause: `reason` where nothing was measured. What the
 * window had admitted before the burst, while the probe was finding out that it had begun, counts as well.
 */
export const measuredWindow = (
  calls: readonly ProbeCall[],
  spec: LimitSpec,
  reason: string | undefined,
): LimitWindow | string => {
  const measured = calls.filter(({ step }) => step === 'measure');
  if (measured.length === 0)
    return (
      reason ??
      unlimited(calls, spec) ??
      'the allowance could not be used up; check limit and window, and limits.concurrency'
    );
  const [start, end] = [measured[0]!.written!, measured.at(-1)!.written!];
  const span = end - start;
  if (span > spec.window / 4)
    return `sending the burst took ${inWords(span, 'us')}, so that it cannot be told what one window admits: a higher limits.concurrency, or shorter answers, would help`;
  const kind = howItCameBack(calls);
  const before = calls.filter(({ step, written }) => step.startsWith('ask') && written! > start - spec.window);
  const sent = [...before.filter(wasAdmitted), ...measured];
  const admitted =
    kind === 'bucket' ? bucketOf({ sent, burst: measured, pace: spec.limit }, spec) : sent.filter(wasAdmitted).length;
  const window = { kind, sent, burst: measured, admitted, span };
  return deeperBucket(window, calls, spec) ?? window;
};

/** What a burst was given by a bucket into which so many requests come back in a window. */
interface Poured {
  /** All that counts, the burst included. */
  readonly sent: readonly ProbeCall[];
  readonly burst: readonly ProbeCall[];
  readonly pace: number;
}

/** Of those admitted, less what may have come back from the first of the burst to the decision on its last, where they are more than the limit. */
const bucketOf = ({ sent, burst, pace }: Poured, spec: LimitSpec): number => {
  const admitted = sent.filter(wasAdmitted).length;
  // The gateway decided on the last one when it was answered at the latest.
  const decided = Math.max(...burst.filter((call) => !wasAdmitted(call)).map(({ end }) => end), burst.at(-1)!.written!);
  const refilled = Math.floor(((decided - burst[0]!.written!) * pace) / spec.window);
  return Math.min(admitted, Math.max(spec.limit, admitted - refilled));
};

/**
 * A bucket that holds more than one window brings back is not full again a window after it was empty: what it held in the
 * beginning, when it was used up, is then what it admits. A window that begins in the middle of that looks alike, so it
 * counts only where what came back was clearly less than an allowance.
 */
const deeperBucket = (window: LimitWindow, calls: readonly ProbeCall[], spec: LimitSpec): LimitWindow | undefined => {
  const back = calls.filter((call) => call.step.startsWith('ask') && wasAdmitted(call)).length;
  const sent = calls.filter(({ step }) => step === 'use-up');
  if (window.kind !== 'bucket' || back >= spec.limit || sent.length === 0) return undefined;
  const pace = Math.max(spec.limit, refillOf(calls, spec)?.rate ?? 0);
  const admitted = bucketOf({ sent, burst: sent, pace }, spec);
  if (admitted <= Math.max(spec.limit, window.admitted)) return undefined;
  return { ...window, sent, burst: sent, admitted, span: sent.at(-1)!.written! - sent[0]!.written! };
};

const howItCameBack = (calls: readonly ProbeCall[]): LimitWindow['kind'] => {
  if (!calls.some((call) => call.step === 'ask' && wasAdmitted(call))) return 'silent';
  return calls.filter(({ step }) => step === 'ask-more').every(wasAdmitted) ? 'window' : 'bucket';
};

/** The last burst to use the allowance up was admitted as a whole, so that there was nothing to wait for. */
const unlimited = (calls: readonly ProbeCall[], spec: LimitSpec): LimitWindow | undefined => {
  const sent = calls.filter(({ step }) => step === 'use-up').slice(-limitShape(spec).burst);
  if (sent.length === 0 || !sent.every(wasAdmitted)) return undefined;
  return {
    kind: 'unlimited',
    sent,
    burst: sent,
    admitted: sent.length,
    span: sent.at(-1)!.written! - sent[0]!.written!,
  };
};
