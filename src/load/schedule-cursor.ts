import type { Micros } from '../model/units.ts';
import type { Schedule } from '../plan/schedule.ts';

/** Hands out a schedule in stretches, one after the other. */
export class ScheduleCursor {
  readonly #schedule: Schedule;
  /** Taken from the schedule, and not handed out yet. */
  #held: Micros | undefined;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** The arrivals below that offset which have not been handed out. */
  until(limit: number): Pick<Schedule, 'next'> {
    return {
      next: () => {
        this.#held ??= this.#schedule.next();
        if (this.#held === undefined || this.#held >= limit) return undefined;
        const offset = this.#held;
        this.#held = undefined;
        return offset;
      },
    };
  }
}
