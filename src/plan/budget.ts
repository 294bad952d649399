import { formatDuration } from '../config/quantities.ts';
import { GateError } from '../model/errors.ts';
import type { Bounds } from '../model/plan.ts';
import type { BoundsUsed } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';

/** Whether a request may be sent now. `wait`: not now, but perhaps once a request in flight has finished. */
export type Admission =
  | { readonly kind: 'send' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'drop'; readonly bound: 'requests' | 'duration' | 'tokens' };

/**
 * What a run may still spend. Every request asks first, so that no bound is ever passed: at most `requests` are admitted,
 * at most `concurrency` are in flight, none is admitted `duration` after the first one or later, and the tokens spent plus
 * those reserved for requests in flight stay within `tokens` as long as no request costs more than it reserved. Times are
 * from one monotonic clock, any origin.
 */
export class Budget {
  readonly #bounds: Bounds;
  #startedAt: Micros | undefined;
  #lastNow: Micros | undefined;
  #admitted = 0;
  #inFlight = 0;
  #peak = 0;
  #spent = 0;
  #reserved = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /**
   * Asks for one request that costs `worstTokens` at most. `send` counts it as sent and in flight, reserves its tokens, and
   * starts the clock of `duration` if it is the first; it must be followed by one `finish`. A `drop` is final: no later
   * moment could admit it.
   */
  admit(now: Micros, worstTokens: number): Admission {
    this.#lastNow = now;
    if (this.#isOver(now)) return { kind: 'drop', bound: 'duration' };
    if (this.#admitted >= this.#bounds.requests) return { kind: 'drop', bound: 'requests' };
    const tokens = this.#bounds.tokens ?? Number.POSITIVE_INFINITY;
    // What is spent stays spent; only reservations can come back.
    if (this.#spent + worstTokens > tokens) return { kind: 'drop', bound: 'tokens' };
    if (this.#inFlight >= this.#bounds.concurrency) return { kind: 'wait' };
    if (this.#spent + this.#reserved + worstTokens > tokens) return { kind: 'wait' };
    this.#send(now, worstTokens);
    return { kind: 'send' };
  }

  /**
   * Gives back what a request reserved and books what it cost; `actualTokens` undefined books the whole reservation.
   * Throws `GateError` `internal` when nothing is in flight.
   */
  finish(actualTokens: number | undefined, reserved: number): void {
    if (this.#inFlight === 0) throw new GateError('internal', 'a request finished that was never admitted');
    this.#inFlight -= 1;
    this.#reserved -= reserved;
    this.#spent += actualTokens ?? reserved;
  }

  /** Whether any request, however cheap, could be admitted now or after waiting. */
  canStill(now: Micros): boolean {
    this.#lastNow = now;
    const { requests, tokens } = this.#bounds;
    return !this.#isOver(now) && this.#admitted < requests && (tokens === undefined || this.#spent < tokens);
  }

  /** When the first request was admitted; undefined before it. */
  get startedAt(): Micros | undefined {
    return this.#startedAt;
  }

  /** Requests admitted and not finished. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** What was used so far; `duration` runs from the first admission to the last time that the budget was asked at. */
  get used(): BoundsUsed {
    const duration = this.#startedAt === undefined ? 0 : this.#lastNow! - this.#startedAt;
    return { requests: this.#admitted, duration: micros(duration), concurrency: this.#peak, tokens: this.#spent };
  }

  #isOver(now: Micros): boolean {
    return this.#startedAt !== undefined && now - this.#startedAt >= this.#bounds.duration;
  }

  #send(now: Micros, worstTokens: number): void {
    this.#startedAt ??= now;
    this.#admitted += 1;
    this.#inFlight += 1;
    this.#peak = Math.max(this.#peak, this.#inFlight);
    this.#reserved += worstTokens;
  }
}

/** What is left of the bounds after something was used; none of them below 0. */
export const leftOf = (bounds: Bounds, used: BoundsUsed): Bounds => ({
  ...bounds,
  requests: Math.max(0, bounds.requests - used.requests),
  duration: micros(Math.max(0, bounds.duration - used.duration)),
  tokens: bounds.tokens === undefined ? undefined : Math.max(0, bounds.tokens - used.tokens),
});

/** The breaker looks back over this many whole slices of `over` and the one under way. */
const SLICES = 50;

/** Requests that must have finished in the window before its error rate means anything. */
const MIN_FINISHED = 10;

/**
 * Ends a burst against a gateway that is down. Trips, and stays so, when the error rate of the requests that finished in the
 * last `over` (to within 2 %) is at or above `errorRate`; not before `over` has passed since the first one, and never on fewer than ten.
 * Times are from one monotonic clock and do not go back.
 */
export class Breaker {
  readonly #abort: Bounds['abort'];
  readonly #slices = Array.from({ length: SLICES + 1 }, () => ({ number: -1, finished: 0, errors: 0 }));
  #firstAt: Micros | undefined;
  #reason: string | undefined;

  /** Without `abort` it never trips. */
  constructor(abort: Bounds['abort']) {
    this.#abort = abort;
  }

  /** Notes that a request finished. Throttled ones are no errors. */
  record(now: Micros, isError: boolean): void {
    if (this.#abort === undefined) return;
    this.#firstAt ??= now;
    const number = this.#sliceNumber(now, this.#abort.over);
    const slice = this.#slices[number % (SLICES + 1)]!;
    if (slice.number !== number) Object.assign(slice, { number, finished: 0, errors: 0 });
    slice.finished += 1;
    if (isError) slice.errors += 1;
  }

  /** Why the burst must end, in a sentence; undefined while it may go on. */
  tripped(now: Micros): string | undefined {
    if (this.#reason === undefined) this.#reason = this.#judge(now);
    return this.#reason;
  }

  #judge(now: Micros): string | undefined {
    if (this.#abort === undefined || this.#firstAt === undefined) return undefined;
    const { over, errorRate } = this.#abort;
    if (now - this.#firstAt < over) return undefined;
    const oldest = this.#sliceNumber(now, over) - SLICES;
    let [finished, errors] = [0, 0];
    for (const slice of this.#slices) {
      if (slice.number >= oldest) [finished, errors] = [finished + slice.finished, errors + slice.errors];
    }
    if (finished < MIN_FINISHED || errors < errorRate * finished) return undefined;
    return `${errors} of ${finished} requests failed in the last ${formatDuration(over)}, which is at or above the limit of ${Number((errorRate * 100).toFixed(3))}%`;
  }

  #sliceNumber(now: Micros, over: Micros): number {
    return Math.floor(((now - this.#firstAt!) * SLICES) / over);
  }
}
