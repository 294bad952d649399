import type { DropReason } from '../model/outcome.ts';
import type { Micros } from '../model/units.ts';
import type { Budget } from '../plan/budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { Transport, TransportFailure } from '../ports/transport.ts';
import type { Reading } from '../wire/reading.ts';
import { createResponseReader } from '../wire/response-reader.ts';
import { DeadlineList } from './deadline-list.ts';
import type { Flight, FlightControl, FlightObserver } from './flight.ts';
import { tokensOf } from './token-cost.ts';
import { WaitingLine } from './waiting-line.ts';

export type Bound = 'requests' | 'duration' | 'tokens';

export interface DispatcherParts {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly budget: Budget;
  /** Whether tokens are bounded: then an answer is read before its place is given to the next request. */
  readonly boundsTokens: boolean;
  readonly observer: FlightObserver;
  /** A bound was met: no request is to be released any more. Called before the flight that met it is dropped. */
  readonly onBound: (bound: Bound) => void;
}

/**
 * Takes flights from their release to their end: asks the budget, sends, lets wait in line, enforces deadlines, reads the
 * answers. Every flight given to `release` ends in exactly one of the observer's `finished` and `dropped`.
 */
export class Dispatcher implements FlightControl {
  readonly #parts: DispatcherParts;
  readonly #line = new WaitingLine();
  readonly #deadlines = new Map<Micros, DeadlineList>();
  readonly #onTurn = (): void => this.#readAll();
  #refusing: DropReason | undefined;
  #sending: Flight | undefined;
  /** Ended, and still to be read and recorded. */
  #unread: Flight[] = [];
  #cancelReading: (() => void) | undefined;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** The moment from which the flight's response time runs. */
  release(flight: Flight): void {
    const now = this.#parts.clock.now();
    flight.released = now;
    flight.control = this;
    this.#parts.observer.released(flight);
    this.#deadlinesOf(flight).add(flight);
    if (this.#refusing !== undefined) this.#drop(flight, this.#refusing, now);
    else if (this.#line.first() !== undefined) this.#wait(flight);
    else this.#admit(flight, now);
  }

  /** Whether released flights wait for their turn. */
  get isWaiting(): boolean {
    return this.#line.first() !== undefined;
  }

  /** From now on nothing is sent: what waits is dropped, and so is what is still released. */
  refuse(reason: DropReason): void {
    this.#refusing = reason;
    const now = this.#parts.clock.now();
    for (let flight = this.#line.first(); flight !== undefined; flight = this.#line.first()) {
      this.#line.shift();
      this.#drop(flight, reason, now);
    }
  }

  /** Cancels what is in flight. Call `refuse` first. */
  cutOff(): void {
    const now = this.#parts.clock.now();
    for (const list of this.#deadlines.values()) {
      for (const flight of list.all()) {
        if (flight.state === 'sent') this.#hangUp(flight, now);
      }
    }
  }

  /** Closes the connection of one that is in flight; it counts as dropped, and as having cost what it could. Others are left alone. */
  hangUp(flight: Flight): void {
    if (flight.state === 'sent') this.#hangUp(flight, this.#parts.clock.now());
  }

  /** Reads what is still to be read, and forgets its timers. */
  close(): void {
    this.#cancelReading?.();
    this.#readAll();
    for (const list of this.#deadlines.values()) list.close();
  }

  ended(flight: Flight, at: Micros): void {
    if (flight.state === 'sent') this.#conclude(flight, at, undefined);
  }

  failed(flight: Flight, failure: TransportFailure, at: Micros): void {
    if (flight.state !== 'sent') return;
    if (this.#sending === flight) {
      // It failed inside `send`. A user without think time would send its next request right here, which may fail the
      // same way, and so on without end: let the event loop turn first.
      this.#parts.clock.schedule(at, () => this.failed(flight, failure, at));
      return;
    }
    this.#conclude(flight, at, failure);
  }

  #admit(flight: Flight, now: Micros): void {
    const admission = this.#parts.budget.admit(now, this.#reservation(flight));
    if (admission.kind === 'send') this.#send(flight);
    else if (admission.kind === 'wait') this.#wait(flight);
    else {
      this.#parts.onBound(admission.bound);
      this.#drop(flight, 'bound', now);
    }
  }

  #wait(flight: Flight): void {
    flight.state = 'waiting';
    this.#line.push(flight);
  }

  #send(flight: Flight): void {
    flight.state = 'sent';
    flight.reader = createResponseReader(flight.request.reader);
    this.#sending = flight;
    flight.cancel = this.#parts.transport.send(flight.request.outgoing, flight);
    this.#sending = undefined;
    this.#parts.observer.sent(flight);
  }

  /**
   * The order matters. First the place is given to the next request, then the user behind this one may go on. The answer is
   * read and recorded when all answers that came in this turn of the event loop have been taken and what they let go out is
   * sent: no parsing stands before a time or a send. Only a bound on tokens needs the answer at once.
   */
  #conclude(flight: Flight, at: Micros, failure: Flight['failure']): void {
    const { budget, boundsTokens, clock } = this.#parts;
    this.#close(flight);
    flight.endedAt = at;
    flight.failure = failure;
    const reading = boundsTokens ? readingOf(flight) : undefined;
    budget.finish(reading === undefined ? 0 : tokensOf(reading, flight).total, this.#reservation(flight));
    this.#advance();
    flight.owner.answered(flight, at);
    if (reading !== undefined) {
      this.#settle(flight, reading);
      return;
    }
    if (this.#unread.length === 0) this.#cancelReading = clock.schedule(at, this.#onTurn);
    this.#unread.push(flight);
  }

  #readAll(): void {
    const flights = this.#unread;
    this.#unread = [];
    for (const flight of flights) this.#settle(flight, readingOf(flight));
  }

  #settle(flight: Flight, reading: Reading): void {
    flight.reader = undefined;
    this.#parts.observer.finished(flight, reading, flight.endedAt);
    flight.owner.settled();
  }

  #hangUp(flight: Flight, now: Micros): void {
    flight.cancel?.();
    this.#parts.budget.finish(undefined, this.#reservation(flight));
    this.#drop(flight, 'cancelled', now);
  }

  #drop(flight: Flight, reason: DropReason, at: Micros): void {
    this.#close(flight);
    flight.owner.answered(flight, at);
    this.#parts.observer.dropped(flight, reason, at);
    flight.owner.settled();
  }

  #close(flight: Flight): void {
    flight.state = 'over';
    this.#deadlinesOf(flight).remove(flight);
  }

  /** Sends what waits, as far as the budget lets it. */
  #advance(): void {
    for (let flight = this.#line.first(); flight !== undefined; flight = this.#line.first()) {
      const now = this.#parts.clock.now();
      const admission = this.#parts.budget.admit(now, this.#reservation(flight));
      if (admission.kind === 'wait') return;
      this.#line.shift();
      if (admission.kind === 'send') this.#send(flight);
      else {
        this.#parts.onBound(admission.bound);
        this.#drop(flight, 'bound', now);
      }
    }
  }

  #expire(flight: Flight): void {
    const now = this.#parts.clock.now();
    if (flight.state === 'sent') {
      flight.cancel?.();
      this.#conclude(flight, now, 'timeout');
    } else this.#drop(flight, 'connection', now);
  }

  #reservation(flight: Flight): number {
    return this.#parts.boundsTokens ? flight.request.worstTokens : 0;
  }

  #deadlinesOf(flight: Flight): DeadlineList {
    const { timeout } = flight.scenario;
    let list = this.#deadlines.get(timeout);
    if (list === undefined) {
      list = new DeadlineList(this.#parts.clock, timeout, (late) => this.#expire(late));
      this.#deadlines.set(timeout, list);
    }
    return list;
  }
}

const readingOf = ({ reader, failure, endedAt }: Flight): Reading => {
  if (failure === undefined) return reader!.end(endedAt);
  return failure === 'timeout' ? reader!.timedOut(endedAt) : reader!.failed(failure, endedAt);
};
