import type { Micros } from '../../model/units.ts';
import type { UpstreamCall } from '../../model/upstream.ts';

/** One call as this provider saw it. */
export type ProviderCall = Omit<UpstreamCall, 'provider'>;

/** The provider's own view of a call: the same, still being written. */
export type OpenCall = { -readonly [Field in keyof ProviderCall]: ProviderCall[Field] };

/** Calls since the start, or since the log was cleared. */
export interface CallCount {
  readonly received: number;
  readonly inFlight: number;
  readonly ok: number;
  /** Answered with a status of 400 or more, or refused without one. */
  readonly failed: number;
  readonly abortedByClient: number;
}

/** The last `size` calls, and counts of all. */
export interface CallLog {
  open(call: Pick<ProviderCall, 'received' | 'path' | 'bodyHash'>): OpenCall;
  close(call: OpenCall, end: Micros, abortedByClient: boolean): void;
  /** Copies, oldest first. */
  calls(): readonly ProviderCall[];
  count(): CallCount;
  /** Forgets the calls so far; those in flight will still be counted when they end. */
  clear(): void;
}

export const createCallLog = (size: number): CallLog => {
  let ring: OpenCall[] = [];
  let next = 0;
  let counts = { received: 0, inFlight: 0, ok: 0, failed: 0, abortedByClient: 0 };
  return {
    open: (call) => {
      const opened: OpenCall = { ...UNANSWERED, ...call, index: next };
      ring[next % size] = opened;
      next += 1;
      counts.received += 1;
      counts.inFlight += 1;
      return opened;
    },
    close: (call, end, abortedByClient) => {
      call.end = end;
      call.abortedByClient = abortedByClient;
      counts.inFlight -= 1;
      if (abortedByClient) counts.abortedByClient += 1;
      else if (call.status !== undefined && call.status < 400) counts.ok += 1;
      else counts.failed += 1;
    },
    calls: () =>
      ring
        // Leaves out the gaps of a log that was cleared in the middle of its ring.
        .filter((call) => call !== undefined)
        .map((call) => ({ ...call }))
        .sort((one, other) => one.index - other.index),
    count: () => ({ ...counts }),
    clear: () => {
      ring = [];
      counts = { received: 0, inFlight: counts.inFlight, ok: 0, failed: 0, abortedByClient: 0 };
    },
  };
};

const UNANSWERED = {
  firstByte: undefined,
  firstContent: undefined,
  end: undefined,
  api: undefined,
  identity: undefined,
  nonces: [],
  model: undefined,
  stream: false,
  status: undefined,
  abortedByClient: false,
};
