import { createNonces } from '../config/template-render.ts';
import { Dispatcher } from '../load/dispatcher.ts';
import type { FlightObserver } from '../load/flight.ts';
import { createRequestFactory, type PreparedRequest, type RequestFactory } from '../load/request-factory.ts';
import type { Plan } from '../model/plan.ts';
import type { ProbeCall, ProbeMark, ProbePlan, ProbeRun } from '../model/probe.ts';
import { type Micros, micros } from '../model/units.ts';
import type { UpstreamCall } from '../model/upstream.ts';
import type { Budget } from '../plan/budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { Instruments } from '../ports/instruments.ts';
import type { Transport } from '../ports/transport.ts';
import { createCallRecord } from './call-record.ts';
import { type ProbeEnd, ProbeFlight } from './probe-flight.ts';
import { type ProbeRequest, type Prober, ProbeStopped } from './prober.ts';
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
}

/** One probe under way: sends for it within the bounds, and keeps what came of every call. */
export class ProbeSession implements Prober {
  readonly plan: ProbePlan;
  readonly tenants: readonly string[];
  readonly instruments: Instruments | undefined;
  /** Tokens spent so far, as far as they are known. */
  tokens = 0;
  readonly #ports: ProbePorts;
  readonly #startedAt: Micros;
  readonly #dispatcher: Dispatcher;
  readonly #factory: RequestFactory;
  readonly #nonceOf: (request: number) => string;
  readonly #isBounded: boolean;
  readonly #nonces = new Set<string>();
  readonly #calls: Promise<ProbeCall>[] = [];
  readonly #marks: ProbeMark[] = [];
  readonly #skipped: { part: string; reason: string }[] = [];
  readonly #faulty = new Set<string>();
  readonly #wakers = new Set<(reason: ProbeStopped) => void>();
  #next = 0;
  #stopped: ProbeStopped | undefined;

  constructor(run: Plan, plan: ProbePlan, ports: ProbePorts) {
    const { clock, transport, budget, instruments } = ports;
    const { scenario } = plan;
    this.plan = plan;
    this.tenants = scenario.tenants.map(({ id }) => id);
    this.instruments = instruments === undefined ? undefined : this.#remembering(instruments);
    this.#ports = ports;
    this.#factory = createRequestFactory(run, scenario);
    this.#nonceOf = createNonces(run.seed, scenario.name);
    this.#isBounded = run.bounds.tokens !== undefined;
    this.#dispatcher = new Dispatcher({
      clock,
      transport,
      budget,
      boundsTokens: this.#isBounded,
      observer: OBSERVER,
      onBound: (bound) => this.stop(`limits.${bound} was reached`),
    });
    this.#startedAt = clock.now();
  }

  now(): Micros {
    return this.#since(this.#ports.clock.now());
  }

  sleep(duration: Micros): Promise<void> {
    return this.sleepUntil(micros(this.now() + duration));
  }

  sleepUntil(at: Micros): Promise<void> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    return new Promise((resolve, reject) => {
      const cancel = this.#ports.clock.schedule(micros(this.#startedAt + at), () => {
        this.#wakers.delete(wake);
        resolve();
      });
      const wake = (reason: ProbeStopped): void => {
        cancel();
        reject(reason);
      };
      this.#wakers.add(wake);
    });
  }

  fresh(): number {
    return this.#next++;
  }

  async warm(connections: number): Promise<void> {
    await this.#ports.transport.warm(connections);
  }

  call(asked: ProbeRequest): Promise<ProbeCall> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    const call = this.#send(asked);
    this.#calls.push(call);
    return call;
  }

  mark(text: string): void {
    this.#marks.push({ at: this.now(), text });
  }

  skip(part: string, reason: string): void {
    this.#skipped.push({ part, reason });
  }

  /** Ends it: nothing more is sent, what is in flight is cut off. The first reason counts. */
  stop(reason: string): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = new ProbeStopped(reason);
    for (const wake of this.#wakers) wake(this.#stopped);
    this.#dispatcher.refuse('bound');
  }

  /** Cuts off what is in flight. */
  cutOff(): void {
    this.#dispatcher.refuse('cancelled');
    this.#dispatcher.cutOff();
  }

  /** Heals the providers, asks them what they saw, and hands over everything. `failure`: why it broke off, if it did. */
  async finish(failure: string | undefined): Promise<ProbeRun> {
    const calls = (await Promise.allSettled(this.#calls)).flatMap((each) =>
      each.status === 'fulfilled' ? [each.value] : [],
    );
    for (const provider of this.#faulty) await this.#ports.instruments?.setFaults(provider, []);
    const upstream = await this.#ports.instruments?.calls({});
    this.#dispatcher.close();
    return {
      scenario: this.plan.scenario.name,
      spec: this.plan.spec,
      duration: this.now(),
      calls,
      upstream: upstream?.filter((call) => call.received >= this.#startedAt).map((call) => this.#onOurTime(call)),
      marks: this.#marks,
      skipped: this.#skipped,
      incomplete: failure ?? this.#stopped?.message,
    };
  }

  async #send(asked: ProbeRequest): Promise<ProbeCall> {
    const { scenario } = this.plan;
    const tenant = asked.tenant === undefined ? 0 : this.tenants.indexOf(asked.tenant);
    const request = applyVariant(this.#factory(asked.request, Math.max(0, tenant)), asked.variant);
    const nonce = this.#nonceOf(asked.request);
    this.#nonces.add(nonce);
    const flight = new ProbeFlight({ scenario, request, at: this.#ports.clock.now() });
    const id = this.#calls.length;
    this.#planHangUp(flight, asked.hangUp);
    this.#dispatcher.release(flight);
    const end = await flight.ended;
    if (end.kind === 'dropped' && this.#stopped !== undefined) throw this.#stopped;
    this.#spend(end, request);
    return createCallRecord({
      asked: { ...asked, tenant: this.tenants[Math.max(0, tenant)] },
      id,
      nonce,
      nonces: this.#nonces,
      flight,
      end,
      since: (at) => this.#since(at),
    });
  }

  #planHangUp(flight: ProbeFlight, hangUp: ProbeRequest['hangUp']): void {
    if (hangUp === undefined) return;
    const { clock } = this.#ports;
    const arm = (): void =>
      void clock.schedule(micros(clock.now() + hangUp.after), () => this.#dispatcher.hangUp(flight));
    if (hangUp.from === 'release') arm();
    else flight.onFirstByte = arm;
  }

  #spend(end: ProbeEnd, request: PreparedRequest): void {
    if (end.kind !== 'finished') return;
    const { usage } = end.reading;
    this.tokens += usage === undefined ? request.promptTokens : usage.prompt + usage.completion;
  }

  /** Instruments that remember which providers were made to fail, so that none is left so. */
  #remembering(instruments: Instruments): Instruments {
    return {
      providers: instruments.providers,
      calls: (query) => instruments.calls(query),
      setFaults: async (provider, faults) => {
        this.#faulty.add(provider);
        await instruments.setFaults(provider, faults);
      },
    };
  }

  #since(at: Micros): Micros {
    return micros(at - this.#startedAt);
  }

  #onOurTime(call: UpstreamCall): UpstreamCall {
    const since = (at: Micros | undefined): Micros | undefined => (at === undefined ? undefined : this.#since(at));
    return {
      ...call,
      received: this.#since(call.received),
      firstByte: since(call.firstByte),
      firstContent: since(call.firstContent),
      end: since(call.end),
    };
  }
}

/** Tells each flight its own end. */
const OBSERVER: FlightObserver = {
  released: () => {},
  sent: () => {},
  finished: (flight, reading, at) => (flight as ProbeFlight).settle({ kind: 'finished', reading, at }),
  dropped: (flight, reason, at) => (flight as ProbeFlight).settle({ kind: 'dropped', reason, at }),
};
