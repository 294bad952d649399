import { GateError } from '../model/errors.ts';
import { fromMillis, type Micros, micros } from '../model/units.ts';
import type { UpstreamCall } from '../model/upstream.ts';
import type { Clock } from '../ports/clock.ts';
import type { Instruments } from '../ports/instruments.ts';
import type { ProbeStopped } from './prober.ts';

/** A provider may note the end of a call a moment after its client has seen it: how often, and after how long, it is asked again. */
const LATE_ENDS = { tries: 5, pause: fromMillis(20) } as const;

export interface InstrumentParts {
  readonly clock: Clock;
  readonly instruments: Instruments;
  /** Start of the probe: times are told from there. */
  readonly startedAt: Micros;
  /** Why nothing is asked any more; undefined while the probe goes on. */
  readonly stopped: () => ProbeStopped | undefined;
}

/** The instruments as one probe uses them: its own clock, and no provider is left as the probe made it. */
export class ProbeInstruments implements Instruments {
  readonly providers: readonly string[];
  readonly #parts: InstrumentParts;
  readonly #changed = new Set<string>();
  readonly #changing = new Set<Promise<void>>();

  constructor(parts: InstrumentParts) {
    this.#parts = parts;
    this.providers = parts.instruments.providers;
  }

  async calls(query: Parameters<Instruments['calls']>[0]): Promise<readonly UpstreamCall[]> {
    this.#refuseStopped();
    return (await this.#parts.instruments.calls(query)).filter((call) => this.#isOurs(call)).map(this.#onOurTime);
  }

  async setFaults(...[provider, faults]: Parameters<Instruments['setFaults']>): Promise<void> {
    this.#refuseStopped();
    this.#changed.add(provider);
    const change = this.#parts.instruments.setFaults(provider, faults);
    this.#changing.add(change);
    await change.finally(() => this.#changing.delete(change));
  }

  restoreFaults(provider: string): Promise<void> {
    this.#refuseStopped();
    return this.#parts.instruments.restoreFaults(provider);
  }

  /** Gives every provider that was changed its own faults back. Why that failed, in a clause; undefined = it did not. */
  async restoreAll(): Promise<string | undefined> {
    // One that is still on its way would come behind what follows.
    await Promise.allSettled(this.#changing);
    const restored = await Promise.allSettled(
      [...this.#changed].map((provider) => this.#parts.instruments.restoreFaults(provider)),
    );
    const failed = restored.find((each) => each.status === 'rejected');
    return failed === undefined ? undefined : `a provider still has its faults: ${textOf(failed.reason)}`;
  }

  /** All calls since the start of the probe, or why they cannot be had, in a clause. */
  async seen(): Promise<readonly UpstreamCall[] | string> {
    const { clock, instruments } = this.#parts;
    try {
      for (let tries = 1; ; tries += 1) {
        const calls = (await instruments.calls({})).filter((call) => this.#isOurs(call));
        if (tries > LATE_ENDS.tries || calls.every(({ end }) => end !== undefined)) return calls.map(this.#onOurTime);
        await new Promise<void>((resolve) => clock.schedule(micros(clock.now() + LATE_ENDS.pause), resolve));
      }
    } catch (error) {
      return textOf(error);
    }
  }

  #refuseStopped(): void {
    const stopped = this.#parts.stopped();
    if (stopped !== undefined) throw stopped;
  }

  #isOurs({ received }: UpstreamCall): boolean {
    return received >= this.#parts.startedAt;
  }

  readonly #onOurTime = (call: UpstreamCall): UpstreamCall => {
    const since = (at: Micros): Micros => micros(at - this.#parts.startedAt);
    const optional = (at: Micros | undefined): Micros | undefined => (at === undefined ? undefined : since(at));
    return {
      ...call,
      received: since(call.received),
      firstByte: optional(call.firstByte),
      firstContent: optional(call.firstContent),
      end: optional(call.end),
    };
  };
}

/** What a provider that cannot be asked says of itself; anything else is a fault of our own. */
const textOf = (error: unknown): string => {
  if (error instanceof GateError) return error.message;
  throw error;
};
