import { fromMillis, type Micros, micros } from '../model/units.ts';
import type { Schedule } from '../plan/schedule.ts';
import type { Driver, DriverParts } from './driver.ts';
import type { Flight, FlightOwner } from './flight.ts';
import type { Load } from './load.ts';

/** How long arrivals that are late are released for at a time: answers, bounds and an abort have their turn in between. */
const LONGEST_STRETCH = fromMillis(10);

/**
 * Releases the arrivals of a schedule at their times, whatever becomes of those before. The next one is rendered ahead of
 * its time; if the loop comes late, those that fell due are released as fast as can be, each with its own lag.
 */
export class OpenDriver implements Driver, FlightOwner {
  readonly load: Load;
  readonly #parts: DriverParts;
  readonly #schedule: Pick<Schedule, 'next'>;
  readonly #onTimer = (): void => this.#releaseDue();
  #next: Flight | undefined;
  #cancelTimer: (() => void) | undefined;
  #stopped = false;
  #releasing = false;

  constructor(parts: DriverParts, schedule: Pick<Schedule, 'next'>) {
    this.load = parts.load;
    this.#parts = parts;
    this.#schedule = schedule;
  }

  start(): void {
    this.#prepare();
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
  }

  hasMore(): boolean {
    if (this.#stopped) return false;
    return this.load.startedAt === undefined || this.#releasing || this.#next !== undefined;
  }

  countRemaining(): void {
    const prepared = this.#next;
    this.#next = undefined;
    if (prepared !== undefined && !prepared.isWarmup)
      prepared.recorder.unreleased(prepared.request.tenant, prepared.block, 'bound');
    for (let offset = this.#nextOffset(); offset !== undefined; offset = this.#nextOffset())
      this.load.countUnreleased(offset, 'bound');
  }

  answered(): void {}

  settled(): void {
    this.load.open -= 1;
    this.#checkDone();
  }

  #prepare(): void {
    const offset = this.#nextOffset();
    this.#next = offset === undefined ? undefined : this.load.createFlight(this, this.#at(offset));
  }

  /** Of the next arrival that is ours. */
  #nextOffset(): Micros | undefined {
    let offset = this.#schedule.next();
    while (offset !== undefined && !this.load.isNextOurs()) offset = this.#schedule.next();
    return offset;
  }

  #arm(): void {
    if (this.#stopped) return;
    if (this.#next === undefined) this.#checkDone();
    else this.#cancelTimer = this.#parts.clock.schedule(this.#next.intended, this.#onTimer);
  }

  #releaseDue(): void {
    const from = this.#parts.clock.now();
    let now = from;
    while (!this.#stopped && this.#next !== undefined && this.#next.intended <= now && now - from < LONGEST_STRETCH) {
      const flight = this.#next;
      this.#next = undefined;
      this.load.open += 1;
      this.#releasing = true;
      this.#parts.release(flight);
      this.#releasing = false;
      // A bound that this very flight met has stopped the driver and counted the rest.
      if (this.#stopped) return;
      this.#prepare();
      now = this.#parts.clock.now();
    }
    this.#arm();
  }

  #checkDone(): void {
    if (this.load.open === 0 && (this.#stopped || this.#next === undefined)) this.#parts.onDone();
  }

  #at(offset: Micros): Micros {
    return micros(this.load.startedAt! + offset);
  }
}
