import type { Micros } from '../model/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { Flight } from './flight.ts';

/**
 * The open flights that share one timeout. Their deadlines are in the order of their releases, so that a linked list
 * keeps them sorted: adding and removing take the same short time however many there are, and one timer serves all.
 */
export class DeadlineList {
  readonly #clock: Clock;
  readonly #timeout: Micros;
  readonly #expire: (flight: Flight) => void;
  readonly #onTimer = (): void => this.#run();
  #first: Flight | undefined;
  #last: Flight | undefined;
  #cancelTimer: (() => void) | undefined;

  /** `expire` is called for each flight at its deadline, and must remove it. */
  constructor(clock: Clock, timeout: Micros, expire: (flight: Flight) => void) {
    this.#clock = clock;
    this.#timeout = timeout;
    this.#expire = expire;
  }

  /** Sets the flight's deadline, counted from its release. */
  add(flight: Flight): void {
    flight.deadline = (flight.released + this.#timeout) as Micros;
    flight.sooner = this.#last;
    if (this.#last === undefined) this.#first = flight;
    else this.#last.later = flight;
    this.#last = flight;
    this.#cancelTimer ??= this.#clock.schedule(flight.deadline, this.#onTimer);
  }

  remove(flight: Flight): void {
    if (flight.sooner === undefined) this.#first = flight.later;
    else flight.sooner.later = flight.later;
    if (flight.later === undefined) this.#last = flight.sooner;
    else flight.later.sooner = flight.sooner;
    flight.sooner = undefined;
    flight.later = undefined;
  }

  /** The open flights, soonest deadline first. */
  all(): Flight[] {
    const flights: Flight[] = [];
    for (let flight = this.#first; flight !== undefined; flight = flight.later) flights.push(flight);
    return flights;
  }

  /** Forgets the timer; no deadline is watched any more. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  /** The timer is set for the first of its time, and left alone when that one finishes: most timers find nothing to do. */
  #run(): void {
    this.#cancelTimer = undefined;
    const now = this.#clock.now();
    while (this.#first !== undefined && this.#first.deadline <= now) this.#expire(this.#first);
    if (this.#first !== undefined) this.#cancelTimer ??= this.#clock.schedule(this.#first.deadline, this.#onTimer);
  }
}
