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

/** Which calls are asked for; without a condition, all that the log still has. */
export interface CallFilter {
  /** Calls with this index or a later one. */
  readonly since?: number | undefined;
  /** Calls with this nonce among theirs. */
  readonly nonce?: string | undefined;
  /** At most so many, the earliest of them. */
  readonly limit?: number | undefined;
}

/** Calls in the order in which they ended, from a place in that order on. */
export interface EndedCalls {
  readonly calls: readonly ProviderCall[];
  /** Where to go on. */
  readonly next: number;
  /** How many calls between the place asked for and the first of these have left the log. */
  readonly missed: number;
}

/** The last `size` calls, and counts of all. */
export interface CallLog {
  open(call: Pick<ProviderCall, 'received' | 'path' | 'bodyHash'>): OpenCall;
  close(call: OpenCall, end: Micros, abortedByClient: boolean): void;
  /** Copies, in the order of their arrival. */
  calls(filter?: CallFilter): readonly ProviderCall[];
  /**
   * At most `limit` calls from place `since` (0, 1, 2 …) in the order of their ends: each call once, however long it took. A
   * place beyond the last is that behind the last.
   */
  ended(since: number, limit: number): EndedCalls;
  count(): CallCount;
  /** Forgets the calls so far; those in flight will still be counted when they end. */
  clear(): void;
}

export const createCallLog = (size: number): CallLog => {
  const opened = createRing<OpenCall>(size);
  const ended = createRing<OpenCall>(size);
  let counts = { received: 0, inFlight: 0, ok: 0, failed: 0, abortedByClient: 0 };
  return {
    open: (seen) => {
      const call: OpenCall = { ...UNANSWERED, ...seen, index: opened.next };
      opened.add(call);
      counts.received += 1;
      counts.inFlight += 1;
      return call;
    },
    close: (call, end, abortedByClient) => {
      call.end = end;
      call.abortedByClient = abortedByClient;
      ended.add(call);
      counts.inFlight -= 1;
      if (abortedByClient) counts.abortedByClient += 1;
      else if (call.status !== undefined && call.status < 400) counts.ok += 1;
      else counts.failed += 1;
    },
    calls: ({ since = 0, nonce, limit = size } = {}) => {
      const found: ProviderCall[] = [];
      for (let at = Math.max(since, opened.first); at < opened.next && found.length < limit; at += 1) {
        const call = opened.at(at);
        if (nonce === undefined || call.nonces.includes(nonce)) found.push({ ...call });
      }
      return found;
    },
    ended: (since, limit) => {
      const from = Math.min(Math.max(since, ended.first), ended.next);
      const next = Math.min(ended.next, from + limit);
      const calls = Array.from({ length: next - from }, (_, offset) => ({ ...ended.at(from + offset) }));
      return { calls, next, missed: Math.max(0, from - since) };
    },
    count: () => ({ ...counts }),
    clear: () => {
      opened.clear();
      ended.clear();
      counts = { received: 0, inFlight: counts.inFlight, ok: 0, failed: 0, abortedByClient: 0 };
    },
  };
};

/** The last `size` items by number, counted from 0 and never again from there. */
const createRing = <T>(size: number) => {
  const items: T[] = [];
  let next = 0;
  let cleared = 0;
  return {
    get next() {
      return next;
    },
    /** The oldest that is still there; `next` when none is. */
    get first() {
      return Math.max(cleared, next - size);
    },
    at: (index: number): T => items[index % size]!,
    add: (item: T): void => {
      items[next % size] = item;
      next += 1;
    },
    clear: (): void => {
      cleared = next;
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
