import { seedOf } from '../config/random.ts';
import type { DropReason } from '../model/outcome.ts';
import type { LoadPlan, Plan } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import type { Ending, ScenarioRun } from '../model/run.ts';
import { fromMillis, fromSeconds, type Micros, micros } from '../model/units.ts';
import { Breaker, type Budget } from '../plan/budget.ts';
import { createSchedule, isOpen } from '../plan/schedule.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import type { Reading } from '../wire/reading.ts';
import { ClosedDriver } from './closed-driver.ts';
import { type Bound, Dispatcher } from './dispatcher.ts';
import type { Driver } from './driver.ts';
import { connectionsFor, expectedLength } from './expected-length.ts';
import type { Flight, FlightObserver } from './flight.ts';
import { HealthRecorder, healthBlockLength } from './health-recorder.ts';
import { judgeGenerator } from './judge-generator.ts';
import { LiveCounts } from './live-counts.ts';
import { Load } from './load.ts';
import { OpenDriver } from './open-driver.ts';
import type { BurstPorts } from './run-load.ts';

/** How often progress is told, and the circuit breaker asked. */
const TICK = fromMillis(250);

/** How long requests in flight may go on past the bound of duration, if their own timeout does not come first. */
const GRACE = fromSeconds(10);

/** One run of a plan: which loads run when, and how it all ends. */
export class Burst implements FlightObserver {
  readonly #plan: Plan;
  readonly #ports: BurstPorts;
  readonly #onProgress: (progress: Progress) => void;
  readonly #budget: Budget;
  readonly #breaker: Breaker;
  readonly #dispatcher: Dispatcher;
  readonly #counts = new LiveCounts();
  readonly #health: HealthRecorder;
  readonly #drivers: readonly Driver[];
  readonly #pending: Set<Driver>;
  readonly #running = new Set<Driver>();
  readonly #cancels = new Set<() => void>();
  #ending: Ending = { kind: 'complete' };
  #hasSent = false;
  #isWatched = false;
  /** A bound was met: nothing starts any more, what is in flight may finish. */
  #isBounded = false;
  #isOver = false;
  #resolve: (result: LoadResult) => void = () => {};

  constructor(plan: Plan, ports: BurstPorts, onProgress: (progress: Progress) => void) {
    this.#plan = plan;
    this.#ports = ports;
    this.#onProgress = onProgress;
    this.#health = new HealthRecorder(ports.vitals);
    this.#budget = ports.budget;
    this.#breaker = new Breaker(plan.bounds.abort);
    this.#dispatcher = new Dispatcher({
      clock: ports.clock,
      transport: ports.transport,
      budget: this.#budget,
      boundsTokens: plan.bounds.tokens !== undefined,
      observer: this,
      onBound: (bound) => this.#meetBound(bound),
    });
    this.#drivers = plan.loads.map((load) => this.#createDriver(load));
    this.#pending = new Set(this.#drivers);
  }

  /** Once. The signal ends the burst at once; the result is then partial. */
  async run(signal: AbortSignal): Promise<LoadResult> {
    const result = new Promise<LoadResult>((resolve) => {
      this.#resolve = resolve;
    });
    const onAbort = (): void => this.#halt({ kind: 'cancelled', signal: String(signal.reason) });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      const first = this.#followersOf(undefined);
      // Not awaited beyond an abort: opening connections may take seconds.
      if (!this.#isOver) await Promise.race([this.#open(first).then(this.#ports.whenOpened), result]);
      this.#start(first);
      return await result;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  released(flight: Flight): void {
    this.#health.released(flight);
    flight.recorder.released(flight);
  }

  sent(flight: Flight): void {
    if (!this.#hasSent) this.#watchDuration();
    this.#counts.sent();
    flight.recorder.sent(flight);
  }

  finished(flight: Flight, reading: Reading, at: Micros): void {
    this.#counts.finished(flight, reading, at);
    flight.recorder.finished(flight, reading, at);
    this.#breaker.record(at, reading.outcome.kind === 'error');
  }

  dropped(flight: Flight, reason: DropReason): void {
    this.#counts.dropped(flight);
    flight.recorder.dropped(flight, reason);
  }

  #createDriver(plan: LoadPlan): Driver {
    const load = new Load(this.#plan, plan, { overhead: this.#ports.overhead });
    const parts = {
      load,
      clock: this.#ports.clock,
      release: (flight: Flight) => this.#dispatcher.release(flight),
      onDone: () => this.#finishLoad(driver),
    };
    const { arrival, warmup, name } = plan;
    const driver: Driver = isOpen(arrival)
      ? new OpenDriver(parts, createSchedule({ arrival, warmup, seed: seedOf(this.#plan.seed, `arrivals ${name}`) }))
      : new ClosedDriver(parts, arrival, this.#plan.seed);
    return driver;
  }

  #followersOf(name: string | undefined): Driver[] {
    return [...this.#pending].filter((driver) => driver.load.plan.after === name);
  }

  /** Opens connections for loads that are about to start; what each took is recorded with its load. */
  async #open(drivers: readonly Driver[]): Promise<void> {
    let wanted = 0;
    for (const { load } of drivers) {
      wanted = Math.min(this.#plan.bounds.concurrency, wanted + connectionsFor(load.plan));
      load.connections(await this.#ports.transport.warm(wanted));
    }
  }

  /** Starts them together: they share one start. */
  #start(drivers: readonly Driver[]): void {
    if (this.#isOver || this.#isBounded) return;
    if (drivers.length === 0) {
      this.#finish();
      return;
    }
    const now = this.#ports.clock.now();
    for (const driver of drivers) {
      this.#pending.delete(driver);
      this.#running.add(driver);
      driver.load.start(now);
    }
    if (!this.#isWatched) this.#watch(drivers);
    for (const { load } of drivers) {
      for (const at of [load.measuredFrom, load.end]) this.#at(at, () => this.#health.cut(this.#ports.clock.now()));
    }
    for (const driver of drivers) driver.start();
  }

  /** A load has no more arrivals and nothing open. It lasts until its time is over, even so. */
  #finishLoad(driver: Driver): void {
    if (!this.#running.has(driver)) return;
    const { load } = driver;
    if (!this.#isBounded && this.#ports.clock.now() < load.end) {
      this.#at(load.end, () => this.#finishLoad(driver));
      return;
    }
    this.#running.delete(driver);
    const followers = this.#isBounded ? [] : this.#followersOf(load.plan.name);
    if (followers.length > 0) void this.#startBehind(followers);
    else if (this.#running.size === 0 && (this.#isBounded || this.#pending.size === 0)) this.#finish();
  }

  async #startBehind(followers: readonly Driver[]): Promise<void> {
    try {
      await this.#open(followers);
    } catch {
      // The gateway was reachable before: from here on its refusals are results, counted request by request.
    }
    this.#start(followers);
  }

  /** Progress and breaker, and the generator's health from the end of the first warm-up. */
  #watch(drivers: readonly Driver[]): void {
    this.#isWatched = true;
    const measured = Math.min(...drivers.map((driver) => driver.load.measuredFrom));
    this.#at(micros(measured), () => {
      this.#health.begin(this.#ports.clock.now());
      this.#cutHealth(micros(measured));
    });
    this.#tick();
  }

  #cutHealth(due: Micros): void {
    this.#health.cut(this.#ports.clock.now());
    const next = micros(due + healthBlockLength(expectedLength(this.#plan)));
    this.#at(next, () => this.#cutHealth(next));
  }

  #tick(): void {
    const now = this.#ports.clock.now();
    this.#onProgress(this.#progress(now));
    const reason = this.#breaker.tripped(now);
    if (reason !== undefined) this.#halt({ kind: 'aborted', reason });
    else this.#at(micros(now + TICK), () => this.#tick());
  }

  #progress(now: Micros): Progress {
    const running = [...this.#running].map((driver) => driver.load);
    return {
      ...this.#counts.look(now),
      elapsed: micros(now - (this.#budget.startedAt ?? now)),
      expected: expectedLength(this.#plan),
      loads: running.map((load) => load.plan.name),
      warmup: running.length > 0 && running.every((load) => now < load.measuredFrom),
    };
  }

  #watchDuration(): void {
    this.#hasSent = true;
    const bound = micros(this.#budget.startedAt! + this.#plan.bounds.duration);
    this.#at(bound, () => this.#meetBound('duration'));
    this.#at(micros(bound + GRACE), () => this.#dispatcher.cutOff());
  }

  /** Nothing more is sent. Every arrival that the schedules still held is counted as dropped. */
  #meetBound(bound: Bound): void {
    if (this.#isOver || this.#isBounded) return;
    this.#isBounded = true;
    const isCut = bound !== 'duration' || this.#dispatcher.isWaiting || this.#drivers.some((each) => each.hasMore());
    if (isCut) this.#ending = { kind: 'bounded', bound };
    this.#stopAll(this.#ports.clock.now());
    for (const driver of this.#drivers) driver.countRemaining();
    this.#dispatcher.refuse('bound');
    for (const driver of [...this.#running]) if (driver.load.open === 0) this.#finishLoad(driver);
    if (this.#running.size === 0) this.#finish();
  }

  /** Ends the burst here and now. */
  #halt(ending: Ending): void {
    if (this.#isOver) return;
    this.#isBounded = true;
    this.#ending = ending;
    this.#stopAll(this.#ports.clock.now());
    this.#dispatcher.refuse('cancelled');
    this.#dispatcher.cutOff();
    this.#finish();
  }

  #stopAll(now: Micros): void {
    for (const driver of this.#drivers) {
      if (driver.hasMore()) driver.load.cut(now);
      driver.stop();
    }
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const cancel of this.#cancels) cancel();
    this.#health.end(this.#ports.clock.now());
    this.#dispatcher.close();
    // Later, as a flight may just be on its way to its record.
    queueMicrotask(async () => {
      this.#onProgress(this.#progress(this.#ports.clock.now()));
      if (this.#ending.kind !== 'cancelled') await this.#ports.overhead?.finish();
      this.#resolve(this.#result());
    });
  }

  #result(): LoadResult {
    const { bounds, scenarios } = this.#plan;
    const results = new Map<string, ScenarioRun>(this.#drivers.flatMap(({ load }) => [...load.results()]));
    const { used } = this.#budget;
    return {
      probes: [],
      scenarios: scenarios.flatMap(({ name }) => results.get(name) ?? []),
      used: {
        ...used,
        duration: micros(Math.min(used.duration, bounds.duration)),
        tokens: bounds.tokens === undefined ? this.#counts.tokens : used.tokens,
      },
      ending: this.#ending,
      generator: judgeGenerator({
        plan: this.#plan,
        loads: this.#drivers.map(({ load }) => load),
        results,
        health: this.#health,
      }),
    };
  }

  /** Runs something later, unless the burst is over by then. */
  #at(at: Micros, run: () => void): void {
    const cancel = this.#ports.clock.schedule(at, () => {
      this.#cancels.delete(cancel);
      if (!this.#isOver) run();
    });
    this.#cancels.add(cancel);
  }
}
