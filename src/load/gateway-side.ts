import type { DropReason } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { type Micros, micros, toSeconds } from '../model/units.ts';
import { Breaker, type Budget } from '../plan/budget.ts';
import type { PairSchedule, PairSegment, Side } from '../plan/pair-schedule.ts';
import type { Clock } from '../ports/clock.ts';
import type { Transport } from '../ports/transport.ts';
import type { Reading } from '../wire/reading.ts';
import { type Bound, Dispatcher } from './dispatcher.ts';
import type { Driver } from './driver.ts';
import { connectionsFor } from './expected-length.ts';
import type { Flight, FlightObserver } from './flight.ts';
import type { OverheadRecorder } from './overhead-recorder.ts';
import { Queueing } from './queueing.ts';
import { SideLoad } from './side-load.ts';

export interface SideParts {
  readonly side: Side;
  /** As this side is to be loaded: with its own target and scenarios. */
  readonly plan: Plan;
  readonly schedule: PairSchedule;
  readonly clock: Clock;
  readonly transport: Transport;
  /** Shared with the other side. */
  readonly budget: Budget;
  readonly overhead: OverheadRecorder | undefined;
  /** Hears of every flight first. */
  readonly observer: FlightObserver;
  readonly onBound: (bound: Bound) => void;
}

/** One of two gateways: its loads, its connections, its breaker. */
export class GatewaySide implements FlightObserver {
  readonly side: Side;
  readonly breaker: Breaker;
  readonly loads: readonly SideLoad[];
  /** By scenario. */
  readonly queueing = new Map<string, Queueing>();
  readonly #parts: SideParts;
  readonly #dispatcher: Dispatcher;
  #drivers: readonly Driver[] = [];
  /** How many others were in flight when it was sent. */
  readonly #others = new WeakMap<Flight, number>();

  constructor(parts: SideParts) {
    const { side, plan, schedule, clock, transport, budget, overhead, onBound } = parts;
    this.#parts = parts;
    this.side = side;
    this.breaker = new Breaker(plan.bounds.abort);
    this.loads = plan.loads.map((load) => new SideLoad(plan, load, { grid: schedule.gridOf(load), overhead }));
    const boundsTokens = plan.bounds.tokens !== undefined;
    this.#dispatcher = new Dispatcher({ clock, transport, budget, boundsTokens, observer: this, onBound });
  }

  /** Opens connections that a segment needs and that are not open; what each took is recorded with a load that starts there. */
  async warm({ loads }: PairSegment): Promise<void> {
    const wanted = loads.reduce((sum, { load }) => sum + connectionsFor(load), 0);
    const took = await this.#parts.transport.warm(Math.min(this.#parts.plan.bounds.concurrency, wanted));
    const starting = loads.find(({ offset }) => offset === 0)?.load;
    this.loads.find(({ load }) => load.plan === starting)?.load.connections(took);
  }

  /** Sends a segment from `at` on. `onIdle` is called when it may have ended, perhaps more than once. */
  start(segment: PairSegment, at: Micros, onIdle: () => void): void {
    const { clock } = this.#parts;
    const release = (flight: Flight): void => this.#dispatcher.release(flight);
    this.#drivers = segment.loads.map((part) => {
      const load = this.loads.find((each) => each.load.plan === part.load)!;
      return load.begin(part, segment, at, { clock, release, onDone: onIdle });
    });
    for (const driver of this.#drivers) driver.start();
  }

  /** Arrivals of the segment are still to be sent. */
  get isPending(): boolean {
    return this.#dispatcher.isWaiting || this.#drivers.some((driver) => driver.hasMore());
  }

  /** Nothing of the segment is to come or in flight. */
  get isIdle(): boolean {
    return this.#drivers.every((driver) => !driver.hasMore() && driver.load.open === 0);
  }

  /** The segment is over: its drivers forget their timers. */
  rest(): void {
    for (const driver of this.#drivers) driver.stop();
  }

  /** Nothing more is sent: loads end where they are, what waits is dropped, for a bound also what the schedules still held. */
  stop(reason: 'bound' | 'cancelled'): void {
    const now = this.#parts.clock.now();
    for (const { load } of this.loads) {
      const isUnderWay = this.#drivers.some((driver) => driver.load === load && driver.hasMore());
      load.cut(isUnderWay ? now : load.end);
    }
    for (const driver of this.#drivers) driver.stop();
    if (reason === 'bound') for (const each of [...this.#drivers, ...this.loads]) each.countRemaining();
    this.#dispatcher.refuse(reason);
  }

  /** Cancels what is in flight. Call `stop` first. */
  cutOff(): void {
    this.#dispatcher.cutOff();
  }

  /** Forgets its timers. */
  close(): void {
    this.#dispatcher.close();
  }

  released(flight: Flight): void {
    this.#parts.observer.released(flight);
    flight.recorder.released(flight);
  }

  sent(flight: Flight): void {
    this.#parts.observer.sent(flight);
    flight.recorder.sent(flight);
    this.#others.set(flight, this.#parts.budget.inFlight - 1);
  }

  finished(flight: Flight, reading: Reading, at: Micros): void {
    this.#parts.observer.finished(flight, reading, at);
    flight.recorder.finished(flight, reading, at);
    this.breaker.record(at, reading.outcome.kind === 'error');
    if (reading.outcome.kind !== 'ok' || flight.isWarmup) return;
    const took = toSeconds(micros(at - flight.released));
    this.#queueingOf(flight.scenario.name).add(flight.block, this.#others.get(flight) ?? 0, took);
  }

  dropped(flight: Flight, reason: DropReason, at: Micros): void {
    this.#parts.observer.dropped(flight, reason, at);
    flight.recorder.dropped(flight, reason);
  }

  #queueingOf(scenario: string): Queueing {
    const queueing = this.queueing.get(scenario) ?? new Queueing();
    this.queueing.set(scenario, queueing);
    return queueing;
  }
}
