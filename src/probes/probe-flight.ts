import { Flight, type FlightOwner, type FlightRecorder } from '../load/flight.ts';
import type { PreparedRequest } from '../load/request-factory.ts';
import type { DropReason } from '../model/outcome.ts';
import type { ScenarioPlan } from '../model/plan.ts';
import type { Micros } from '../model/units.ts';
import type { Reading } from '../wire/reading.ts';

/** How a probe's request ended. */
export type ProbeEnd =
  | { readonly kind: 'finished'; readonly reading: Reading; readonly at: Micros }
  | { readonly kind: 'dropped'; readonly reason: DropReason; readonly at: Micros };

/** A flight that keeps its response's headers and tells its end. */
export class ProbeFlight extends Flight {
  /** Flat: name in lower case, value, …; empty while none have come. */
  responseHeaders: readonly string[] = [];
  readonly ended: Promise<ProbeEnd>;
  /** Called once, when the request is on its way. */
  onWritten: (() => void) | undefined;
  /** Called once, at the first byte of the body. */
  onFirstByte: (() => void) | undefined;
  /** The probe closed the connection on purpose. */
  wasHungUp = false;
  #end: (end: ProbeEnd) => void = () => {};

  constructor(parts: { readonly scenario: ScenarioPlan; readonly request: PreparedRequest; readonly at: Micros }) {
    super({ ...parts, owner: NOBODY, recorder: NO_RECORDER, intended: parts.at, block: 0 });
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  settle(end: ProbeEnd): void {
    this.#end(end);
  }

  override written(at: Micros): void {
    super.written(at);
    this.onWritten?.();
  }

  override headers(status: number, headers: readonly string[], at: Micros): void {
    this.responseHeaders = headers;
    super.headers(status, headers, at);
  }

  override chunk(bytes: Uint8Array, at: Micros): void {
    super.chunk(bytes, at);
    const tell = this.onFirstByte;
    this.onFirstByte = undefined;
    tell?.();
  }
}

const NOBODY: FlightOwner = { answered: () => {}, settled: () => {} };

/** A probe keeps every call as it is: nothing of it is recorded by block. */
const NO_RECORDER: FlightRecorder = {
  released: () => {},
  sent: () => {},
  finished: () => {},
  dropped: () => {},
  unreleased: () => {},
};
