import type { Clock } from '../ports/clock.ts';
import type { Flight } from './flight.ts';
import type { Load } from './load.ts';

/** Makes the arrivals of one load happen. */
export interface Driver {
  readonly load: Load;
  /** Begins at once. */
  start(): void;
  /** No further arrival, whatever happens. */
  stop(): void;
  /** Whether arrivals are still to come. */
  hasMore(): boolean;
  /** After `stop`: counts as dropped for a bound what the schedule still held. */
  countRemaining(): void;
}

export interface DriverParts {
  readonly load: Load;
  readonly clock: Clock;
  readonly release: (flight: Flight) => void;
  /** Nothing is to come and nothing is open: the load has ended and drained. */
  readonly onDone: () => void;
}
