import { createNonces } from '../config/template-render.ts';
import { type Bound, Dispatcher } from '../load/dispatcher.ts';
import type { FlightObserver } from '../load/flight.ts';
import type { Vitals } from '../load/generator-health.ts';
import { createRequestFactory, type PreparedRequest, type RequestFactory } from '../load/request-factory.ts';
import type { Plan } from '../model/plan.ts';
import type { ProbeCall, ProbeMark, ProbePlan, ProbeRun } from '../model/probe.ts';
import { fromMillis, fromSeconds, type Micros, micros } from '../model/units.ts';
import type { Budget } from '../plan/budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { Instruments } from '../ports/instruments.ts';
import type { Transport } from '../ports/transport.ts';
import { createCallRecord } from './call-record.ts';
import { latenessOf } from './lateness.ts';
import { type ProbeEnd, ProbeFlight } from './probe-flight.ts';
import { ProbeInstruments } from './probe-instruments.ts';
import { type ProbeRequest, type Prober, ProbeStopped, type Room } from './prober.ts';
import { applyVariant } from './variant.ts';

/** What all probes of a run share. */
export interface ProbePorts {
  readonly clock: Clock;
  /** To the plan's target; left open. */
  readonly transport: Transport;
  /** What the run may still spend. */
  readonly budget: Budget;
  /** Undefined where there is no simulated provider. */
  readonly instruments: Instruments | undefined;
  /** Of this thread; without them nothing is known of its strain. */
  readonly vitals?: Vitals | undefined;
}

/** How long requests in flight may go on past the bound of duration, if their own timeout does not come first. */
const GRACE = fromSeconds(10);

/** One probe under way: sends for it within the bounds, and keeps what came of every call. */
export class ProbeSession implements Prober {
  readonly plan: ProbePlan;
  readonly tenants: readonly string[];
  readonly instruments: ProbeInstruments | undefined;
  /** Tokens spent so far, as far as they are known. */
  tokens = 0;
  /** Requests that are released and not yet ended. */
  inFlight = 0;
  /** Requests that ended as errors. */
  errors = 0;
  readonly #ports: ProbePorts;
  readonly #bounds: Plan['bounds'];
  readonly #startedAt: Micros;
  readonly #dispatcher: Dispatcher;
  readonly #factory: RequestFactory;
  readonly #noiseFactory: RequestFactory;
  readonly #nonceOf: (request: number) => string;
  readonly #nonces = new Set<string>();
  readonly #calls: Promise<ProbeCall>[] = [];
  readonly #marks: ProbeMark[] = [];
  readonly #skipped: { part: string; reason: string }[] = [];
  readonly #wakers = new Set<(reason: ProbeStopped) => void>();
  readonly #timers = new Set<() => void>();
  #next = 0;
  #stopped: ProbeStopped | undefined;
  #isWatched = false;

  constructor(run: Plan, plan: ProbePlan, ports: ProbePorts) {
    const { clock, transport, budget, instruments } = ports;
    const { scenario } = plan;
    this.plan = plan;
    this.tenants = scenario.tenants.map(({ id }) => id);
    this.#ports = ports;
    this.#bounds = run.bounds;
    this.#factory = createRequestFactory(run, scenario);
    this.#noiseFactory = plan.noise === undefined ? this.#factory : createRequestFactory(run, plan.noise);
    this.#nonceOf = createNonces(run.seed, scenario.name);
    this.#dispatcher = new Dispatcher({
      clock,
      transport,
      budget,
      boundsTokens: run.bounds.tokens !== undefined,
      observer: OBSERVER,
      onBound: (bound) => this.stop(boundText(bound)),
    });
    this.#startedAt = clock.now();
    this.instruments =
      instruments === undefined
        ? undefined
        : new ProbeInstruments({ clock, instruments, startedAt: this.#startedAt, stopped: () => this.#stopped });
    ports.vitals?.start();
    this.#watchDuration();
  }

  /** Why it ended before its time, in a clause; undefined = it did not. */
  get stopReason(): string | undefined {
    return this.#stopped?.message;
  }

  /** Requests released so far. */
  get requests(): number {
    return this.#calls.length;
  }

  room(): Room {
    const { budget, clock } = this.#ports;
    const spent = budget.startedAt === undefined ? 0 : clock.now() - budget.startedAt;
    return {
      requests: this.#bounds.requests - budget.used.requests,
      duration: micros(Math.max(0, this.#bounds.duration - spent)),
      concurrency: this.#bounds.concurrency,
    };
  }

  now(): Micros {
    return this.#since(this.#ports.clock.now());
  }

  sleep(duration: Micros): Promise<void> {
    return this.sleepUntil(micros(this.now() + duration));
  }

  sleepUntil(at: Micros): Promise<void> {
    return this.#unlessStopped(new Promise((resolve) => this.#at(micros(this.#startedAt + at), resolve)));
  }

  fresh(): number {
    return this.#next++;
  }

  async warm(connections: number): Promise<void> {
    await this.#unlessStopped(this.#ports.transport.warm(Math.min(connections, this.#bounds.concurrency)));
  }

  call(asked: ProbeRequest): Promise<ProbeCall> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    const call = this.#send(asked, this.#calls.length);
    this.#calls.push(call);
    // A choreography may look at it later, or never.
    call.catch(() => {});
    return call;
  }

  mark(text: string): void {
    this.#marks.push({ at: this.now(), text });
  }

  skip(part: string, reason: string): void {
    this.#skipped.push({ part, reason });
  }

  /** Ends it: nothing more is sent, what is in flight may come to its end. The first reason counts. */
  stop(reason: string): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = new ProbeStopped(reason);
    for (const wake of this.#wakers) wake(this.#stopped);
    this.#dispatcher.refuse('bound');
  }

  /** Cuts off what is in flight. Call `stop` first. */
  cutOff(): void {
    this.#dispatcher.refuse('cancelled');
    this.#dispatcher.cutOff();
  }

  /**
   * Waits for what is in flight, gives the providers their own faults back, asks them what they saw, and hands over
   * everything. `failure`: why it broke off, if it did. Never rejects for what a provider does.
   */
  async finish(failure: string | undefined): Promise<ProbeRun> {
    const calls = (await Promise.allSettled(this.#calls)).flatMap((each) =>
      each.status === 'fulfilled' ? [each.value] : [],
    );
    const duration = this.now();
    const lateness = latenessOf(this.#ports.vitals?.take());
    this.#ports.vitals?.stop();
    for (const cancel of this.#timers) cancel();
    this.#dispatcher.close();
    const unrestored = await this.instruments?.restoreAll();
    const upstream = await this.instruments?.seen();
    return {
      scenario: this.plan.scenario.name,
      spec: this.plan.spec,
      duration,
      calls,
      upstream: typeof upstream === 'string' ? undefined : upstream,
      marks: this.#marks,
      skipped: this.#skipped,
      incomplete: failure ?? this.stopReason ?? unrestored ?? (typeof upstream === 'string' ? upstream : undefined),
      lateness,
    };
  }

  async #send(asked: ProbeRequest, id: number): Promise<ProbeCall> {
    const tenant = asked.tenant === undefined ? 0 : Math.max(0, this.tenants.indexOf(asked.tenant));
    const { scenario: own, noise = own } = this.plan;
    const [scenario, factory] = asked.isNoise === true ? [noise, this.#noiseFactory] : [own, this.#factory];
    const request = applyVariant(factory(asked.request, tenant), asked.variant);
    const nonce = this.#nonceOf(asked.request);
    this.#nonces.add(nonce);
    const flight = new ProbeFlight({ scenario, request, at: this.#ports.clock.now() });
    this.#planHangUp(flight, asked.hangUp);
    this.inFlight += 1;
    this.#dispatcher.release(flight);
    this.#watchDuration();
    const end = await flight.ended;
    this.inFlight -= 1;
    if (end.kind === 'dropped' && !flight.wasHungUp && this.#stopped !== undefined) throw this.#stopped;
    this.#count(end, request);
    return createCallRecord({
      asked: { ...asked, tenant: this.tenants[tenant] },
      id,
      nonce,
      nonces: this.#nonces,
      flight,
      end,
      since: (at) => this.#since(at),
      wallNow: fromMillis(this.#ports.clock.date().getTime()),
    });
  }

  #planHangUp(flight: ProbeFlight, hangUp: ProbeRequest['hangUp']): void {
    if (hangUp === undefined) return;
    const arm = (): void =>
      this.#at(micros(this.#ports.clock.now() + hangUp.after), () => {
        if (flight.state !== 'sent') return;
        flight.wasHungUp = true;
        this.#dispatcher.hangUp(flight);
      });
    if (hangUp.from === 'written') flight.onWritten = arm;
    else flight.onFirstByte = arm;
  }

  #count(end: ProbeEnd, request: PreparedRequest): void {
    if (end.kind !== 'finished') return;
    const { usage, outcome } = end.reading;
    this.tokens += usage === undefined ? request.promptTokens : usage.prompt + usage.completion;
    if (outcome.kind === 'error') this.errors += 1;
  }

  /** The clock of the bound runs from the run's first request, which may be one of this probe. */
  #watchDuration(): void {
    const { startedAt } = this.#ports.budget;
    if (this.#isWatched || startedAt === undefined) return;
    this.#isWatched = true;
    const bound = micros(startedAt + this.#bounds.duration);
    this.#at(bound, () => this.stop(boundText('duration')));
    this.#at(micros(bound + GRACE), () => this.cutOff());
  }

  /** Runs something later, unless the probe is over by then. */
  #at(at: Micros, run: () => void): void {
    const cancel = this.#ports.clock.schedule(at, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }

  /** Rejects as soon as the probe is stopped. */
  async #unlessStopped<T>(promise: Promise<T>): Promise<T> {
    if (this.#stopped !== undefined) throw this.#stopped;
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    this.#wakers.add(reject);
    try {
      return await Promise.race([promise, stopped]);
    } finally {
      this.#wakers.delete(reject);
    }
  }

  #since(at: Micros): Micros {
    return micros(at - this.#startedAt);
  }
}

const boundText = (bound: Bound): string => `limits.${bound} was reached; raise it`;

/** Tells each flight its own end. */
const OBSERVER: FlightObserver = {
  released: () => {},
  sent: () => {},
  finished: (flight, reading, at) => (flight as ProbeFlight).settle({ kind: 'finished', reading, at }),
  dropped: (flight, reason, at) => (flight as ProbeFlight).settle({ kind: 'dropped', reason, at }),
};
