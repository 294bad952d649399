import type { ProbeCall, ProbePlan } from '../model/probe.ts';
import type { Micros } from '../model/units.ts';
import type { Instruments } from '../ports/instruments.ts';
import type { JsonObject } from '../wire/json.ts';

/** What is changed in a request before it is sent. */
export interface Variant {
  /** As it stands in the report, such as `temperature 0.7`. */
  readonly name: string;
  /** Of a JSON body; returns a new one. */
  readonly body?: (body: JsonObject) => JsonObject;
  /** Sent beside the scenario's own, which they replace; names in lower case. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Whether a stream is asked for; as the scenario has it by default. */
  readonly stream?: boolean;
}

/** One request that a choreography wants sent. */
export interface ProbeRequest {
  /** What it is for, in one word. */
  readonly step: string;
  /** What it belongs to; 0 by default. */
  readonly group?: number;
  /** Which of the scenario's requests: the same number renders the same content. From `Prober.fresh()`. */
  readonly request: number;
  /** Id; by default the first of the scenario's tenants, where it has some. */
  readonly tenant?: string | undefined;
  readonly variant?: Variant;
  /** Renders the plan's noise instead of its scenario; the scenario where there is none. */
  readonly isNoise?: boolean;
  /** Closes the connection that long after the request was written, or after the first byte of the body came; not if it ended before. */
  readonly hangUp?: { readonly from: 'written' | 'first-byte'; readonly after: Micros };
}

/** What is left of the run's bounds. */
export interface Room {
  readonly requests: number;
  readonly duration: Micros;
  /** Requests in flight at a time. */
  readonly concurrency: number;
}

/**
 * What a choreography works with. It sends, waits and notes; it judges nothing. Every request asks the run's bounds first: where
 * one refuses, or the run is cancelled, the call and every later one reject with `ProbeStopped`, which the choreography
 * lets pass.
 */
export interface Prober {
  readonly plan: ProbePlan;
  /** Ids, in the order of the configuration; empty = the scenario has none. */
  readonly tenants: readonly string[];
  /** Undefined where the run has no simulated provider. */
  readonly instruments: Instruments | undefined;
  /** What the run's bounds still leave to it. */
  room(): Room;
  /** µs since the start of the probe. */
  now(): Micros;
  /** Resolves that much later. */
  sleep(duration: Micros): Promise<void>;
  /** Resolves at that time since the start, or at once where it has passed. */
  sleepUntil(at: Micros): Promise<void>;
  /** The number of a request that was not used in this probe; numbers count up. */
  fresh(): number;
  /** Opens connections, at most as many as requests may be in flight, so that requests released together also arrive together. */
  warm(connections: number): Promise<void>;
  /** Releases a request at once and resolves with what came of it: failures are results too. */
  call(request: ProbeRequest): Promise<ProbeCall>;
  /** Notes something that was done or seen beside the requests. */
  mark(text: string): void;
  /** Notes that a part is left out, and why (a clause). */
  skip(part: string, reason: string): void;
}

/** The probe cannot go on: a bound was met, or the run was ended. The message is a clause. */
export class ProbeStopped extends Error {
  override readonly name = 'ProbeStopped';
}

/** Carries out one probe: all that its judgement needs is then in the calls, the upstream calls and the marks. */
export type Choreography = (prober: Prober) => Promise<void>;
