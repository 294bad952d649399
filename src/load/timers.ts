import type { Micros } from '../model/units.ts';
import type { Clock } from '../ports/clock.ts';

/** What is to happen later, unless it is all over by then. */
export class Timers {
  readonly #clock: Clock;
  readonly #cancels = new Set<() => void>();
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs it at that time or as soon as possible after, never at once. Nothing is run after `close`. */
  at(at: Micros, run: () => void): void {
    if (this.#isClosed) return;
    const cancel = this.#clock.schedule(at, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }

  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
