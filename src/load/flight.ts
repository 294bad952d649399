import type { DropReason } from '../model/outcome.ts';
import type { ScenarioPlan } from '../model/plan.ts';
import type { Micros } from '../model/units.ts';
import type { ResponseListener, TransportFailure } from '../ports/transport.ts';
import type { Reading, ResponseReader } from '../wire/reading.ts';
import type { PreparedRequest } from './request-factory.ts';

/** Who made an arrival, and waits for what becomes of it. */
export interface FlightOwner {
  /** Its answer is there (or it was dropped): the user behind it is free. Called before the answer is read, as a rule. */
  answered(flight: Flight, at: Micros): void;
  /** It is read and recorded: nothing of it is left to do. */
  settled(): void;
}

/** What the dispatcher hears from the transport about a flight. */
export interface FlightControl {
  ended(flight: Flight, at: Micros): void;
  failed(flight: Flight, failure: TransportFailure, at: Micros): void;
}

/** Where a flight stands: not released yet, waiting for its turn, sent, or over. */
export type FlightState = 'planned' | 'waiting' | 'sent' | 'over';

/** One arrival, from its schedule to its record: a single object, so that a request stays cheap. */
export class Flight implements ResponseListener {
  readonly owner: FlightOwner;
  readonly scenario: ScenarioPlan;
  readonly recorder: FlightRecorder;
  readonly request: PreparedRequest;
  /** As scheduled, on the run's clock. */
  readonly intended: Micros;
  /** Block of its intended start; −1 in the warm-up. */
  readonly block: number;
  state: FlightState = 'planned';
  released = 0 as Micros;
  /** Undefined until the request is written to a connection. */
  writtenAt: Micros | undefined;
  /** µs for a connection opened for this very request; undefined when there was one. */
  connectTime: Micros | undefined;
  deadline = 0 as Micros;
  /** Neighbours in its list of deadlines. */
  sooner: Flight | undefined;
  later: Flight | undefined;
  reader: ResponseReader | undefined;
  /** When its exchange was over; its answer may be read later. */
  endedAt = 0 as Micros;
  /** Why it ended without a whole response; undefined = it has one. */
  failure: TransportFailure | 'timeout' | undefined;
  cancel: (() => void) | undefined;
  control: FlightControl | undefined;

  constructor(parts: {
    readonly owner: FlightOwner;
    readonly scenario: ScenarioPlan;
    readonly recorder: FlightRecorder;
    readonly request: PreparedRequest;
    readonly intended: Micros;
    readonly block: number;
  }) {
    this.owner = parts.owner;
    this.scenario = parts.scenario;
    this.recorder = parts.recorder;
    this.request = parts.request;
    this.intended = parts.intended;
    this.block = parts.block;
  }

  get isWarmup(): boolean {
    return this.block < 0;
  }

  connected(took: Micros): void {
    this.connectTime = took;
  }

  written(at: Micros): void {
    this.writtenAt = at;
  }

  headers(status: number, headers: readonly string[], at: Micros): void {
    this.reader?.headers(status, headers, at);
  }

  chunk(bytes: Uint8Array, at: Micros): void {
    this.reader?.chunk(bytes, at);
  }

  end(at: Micros): void {
    this.control?.ended(this, at);
  }

  failed(failure: TransportFailure, at: Micros): void {
    this.control?.failed(this, failure, at);
  }
}

/** Where a flight is recorded. */
export interface FlightRecorder extends Omit<FlightObserver, 'dropped'> {
  dropped(flight: Flight, reason: DropReason): void;
  /** Counts an arrival of the schedule that was never released. `tenant`: place in the scenario. */
  unreleased(tenant: number, block: number, reason: DropReason): void;
}

/** What is told about flights, in this order: `released`, perhaps `sent`, then exactly one of `finished` and `dropped`. */
export interface FlightObserver {
  released(flight: Flight): void;
  sent(flight: Flight): void;
  finished(flight: Flight, reading: Reading, at: Micros): void;
  dropped(flight: Flight, reason: DropReason, at: Micros): void;
}
