import type { Flight } from './flight.ts';

/** Spent places before the line is copied down. */
const COMPACT_AT = 1_024;

/**
 * Released flights that wait for their turn, first come, first served. One that is over by then (its deadline came first) is
 * passed over when its turn comes.
 */
export class WaitingLine {
  #flights: Flight[] = [];
  #head = 0;

  push(flight: Flight): void {
    this.#flights.push(flight);
  }

  /** The first that still waits; undefined when none does. */
  first(): Flight | undefined {
    while (this.#head < this.#flights.length) {
      const flight = this.#flights[this.#head]!;
      if (flight.state === 'waiting') return flight;
      this.shift();
    }
    return undefined;
  }

  /** Takes the first place away. */
  shift(): void {
    this.#head += 1;
    if (this.#head < COMPACT_AT && this.#head < this.#flights.length) return;
    this.#flights.splice(0, this.#head);
    this.#head = 0;
  }
}
