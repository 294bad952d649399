import type { InstrumentAddress } from '../../model/plan.ts';
import { type Micros, micros } from '../../model/units.ts';
import type { UpstreamCall } from '../../model/upstream.ts';
import type { CallFeed, EndedUpstreamCalls } from '../../ports/call-feed.ts';
import type { ProviderCall } from './call-log.ts';
import { ask } from './control-client.ts';
import { endedSchema, introductionSchema } from './control-format.ts';
import { monotonicNow } from './monotonic.ts';

/** Few enough that reading one answer does not hold up a thread that has requests to send: under 2 ms. */
const PAGE = 250;

/** Asks simulated providers over HTTP for the calls that ended. Sends nothing until it is opened. */
export const createCallFeed = (providers: readonly InstrumentAddress[]): CallFeed => {
  const sources = providers.map((provider) => new Source(provider));
  return {
    open: async () => void (await Promise.all(sources.map((source) => source.open()))),
    next: async () => {
      const told = await Promise.all(sources.map((source) => source.next()));
      return {
        calls: told.flatMap(({ calls }) => calls),
        missed: told.reduce((sum, { missed }) => sum + missed, 0),
      };
    },
  };
};

/** One provider, and how far its log has been read. */
class Source {
  readonly #provider: InstrumentAddress;
  #since = 0;
  #shift = 0;

  constructor(provider: InstrumentAddress) {
    this.#provider = provider;
  }

  async open(): Promise<void> {
    const asked = monotonicNow();
    const { now } = await ask(this.#provider, introductionSchema, { path: '' });
    this.#shift = clockShift(now, asked, monotonicNow());
    const { next } = await ask(this.#provider, endedSchema, { path: `/ended?since=${BEYOND}&limit=0` });
    this.#since = next;
  }

  async next(): Promise<EndedUpstreamCalls> {
    const calls: UpstreamCall[] = [];
    let missed = 0;
    for (;;) {
      const path = `/ended?since=${this.#since}&limit=${PAGE}`;
      const page = await ask(this.#provider, endedSchema, { path });
      for (const call of page.calls) calls.push(this.#told(call));
      this.#since = page.next;
      missed += page.missed;
      if (page.calls.length < PAGE) return { calls, missed };
    }
  }

  #told(call: ProviderCall): UpstreamCall {
    const on = (time: Micros | undefined) => (time === undefined ? undefined : micros(time - this.#shift));
    return {
      ...call,
      provider: this.#provider.name,
      received: micros(call.received - this.#shift),
      firstByte: on(call.firstByte),
      firstContent: on(call.firstContent),
      end: on(call.end),
    };
  }
}

/** A place in the order of ends that no log reaches. */
const BEYOND = 999_999_999_999_999;

/**
 * How far a provider's clock is ahead of ours, µs. It was read between two looks at ours: where it lies between them (give
 * or take their rounding) it is the same clock, as on one machine; else the middle of the looks is the best guess, wrong by
 * up to half their distance.
 */
const clockShift = (now: Micros, before: Micros, after: Micros): number =>
  now >= before - 2 && now <= after + 2 ? 0 : now - (before + after) / 2;
