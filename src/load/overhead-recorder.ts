import { fromMillis, fromSeconds, type Micros, micros } from '../model/units.ts';
import type { UpstreamCall } from '../model/upstream.ts';
import type { CallFeed } from '../ports/call-feed.ts';
import type { Clock } from '../ports/clock.ts';
import type { Reading } from '../wire/reading.ts';
import type { Flight } from './flight.ts';
import { type GatewayTime, gatewayTime } from './upstream-time.ts';

/** How often the providers are asked. */
const EVERY = fromMillis(250);

/** A provider may note the end of a call a little after the client has its last byte. */
const SETTLE = fromMillis(100);

/** A call of which no request becomes known is somebody else's. */
const FORGET = fromSeconds(60);

/** By how much a call may seem to lie outside its request: more than clocks of one job differ, less than a request takes to come again. */
const SLACK = fromMillis(2);

/** Where the times of a scenario's requests go. */
export interface OverheadTarget {
  /** What the gateway itself took for an ok request of which providers saw so many calls. */
  upstream(flight: Flight, time: GatewayTime, calls: number): void;
  /** An ok request, no cache hit, of which no provider saw a call. */
  upstreamUnseen(flight: Flight): void;
}

/** A request that is over, until the providers have been asked since. */
interface Ended {
  readonly flight: Flight;
  readonly target: OverheadTarget;
  readonly at: Micros;
  readonly firstContent: Micros | undefined;
  /** Undefined for one whose times are not recorded: its calls are only cleared away. */
  readonly kind: 'ok' | 'hit' | undefined;
}

/** The calls with one nonce, of which no request is known yet. */
interface Unclaimed {
  readonly since: Micros;
  readonly calls: UpstreamCall[];
}

/**
 * Sets the calls that simulated providers saw against the requests of a burst, and records the gateway's own time with
 * the scenario. The two are joined by the request's nonce, which the gateway passes on in the body, and by time, since both
 * gateways of a comparison are sent the same nonce one after the other. Memory is bounded: a request leaves with the
 * first look at the logs after its end, a call with its request or after a minute.
 */
export class OverheadRecorder {
  readonly #feed: CallFeed;
  readonly #clock: Clock;
  readonly #calls = new Map<string, Unclaimed>();
  #ended: Ended[] = [];
  #cancel: (() => void) | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isOver = false;
  /** Some calls could not be told: that there was none is then no longer proven. */
  #isIncomplete = false;
  #warning: string | undefined;

  constructor(feed: CallFeed, clock: Clock) {
    this.#feed = feed;
    this.#clock = clock;
  }

  /** Before the first request. Never rejects. */
  async start(): Promise<void> {
    await this.#guarded(() => this.#feed.open());
    this.#schedule();
  }

  /** A request is over whose body had its nonce; `target` is told of an ok one that was measured. */
  finished(flight: Flight, reading: Reading, at: Micros, target: OverheadTarget): void {
    const isRecorded = !flight.isWarmup && reading.outcome.kind === 'ok';
    const kind = isRecorded ? (reading.cache === 'hit' ? 'hit' : 'ok') : undefined;
    const firstContent = flight.scenario.stream ? reading.firstContentAt : undefined;
    this.#ended.push({ flight, target, at, firstContent, kind });
  }

  /** After the last request: asks once more, and records what is left. Never rejects. */
  async finish(): Promise<void> {
    this.stop();
    await this.#looking;
    await new Promise<void>((resolve) => this.#clock.schedule(micros(this.#clock.now() + SETTLE), resolve));
    await this.#look();
  }

  /** Ends without another look. */
  stop(): void {
    this.#isOver = true;
    this.#cancel?.();
  }

  /** What went wrong, in a sentence each. */
  get warnings(): readonly string[] {
    return this.#warning === undefined ? [] : [this.#warning];
  }

  #schedule(): void {
    if (this.#isOver) return;
    this.#cancel = this.#clock.schedule(micros(this.#clock.now() + EVERY), () => {
      this.#looking = this.#look().then(() => this.#schedule());
    });
  }

  async #look(): Promise<void> {
    const asked = this.#clock.now();
    await this.#guarded(async () => {
      const { calls, missed } = await this.#feed.next();
      if (missed > 0) this.#lose(`${missed} calls had left the log of a simulated provider before they were read`);
      for (const call of calls) this.#keep(call, asked);
    });
    const settled = this.#ended.findIndex(({ at }) => at + SETTLE > asked);
    for (const ended of this.#ended.splice(0, settled === -1 ? this.#ended.length : settled)) this.#record(ended);
    this.#forget(asked);
  }

  async #guarded(look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      this.#lose(`a simulated provider could not be asked: ${(error as Error).message}`);
    }
  }

  #lose(reason: string): void {
    this.#isIncomplete = true;
    this.#warning ??= `The overhead is not that of all requests: ${reason}.`;
  }

  #keep(call: UpstreamCall, since: Micros): void {
    for (const nonce of new Set(call.nonces)) {
      const known = this.#calls.get(nonce);
      if (known === undefined) this.#calls.set(nonce, { since, calls: [call] });
      else known.calls.push(call);
    }
  }

  #record({ flight, target, at, firstContent, kind }: Ended): void {
    const { released } = flight;
    const calls = this.#claim(flight, at);
    if (kind === undefined) return;
    const isProvenHit = kind === 'hit' && !this.#isIncomplete;
    if (calls.length === 0 && !isProvenHit) target.upstreamUnseen(flight);
    else target.upstream(flight, gatewayTime({ released, end: at, firstContent }, calls), calls.length);
  }

  /** Takes out the calls of one request. */
  #claim({ request, released }: Flight, at: Micros): readonly UpstreamCall[] {
    const { nonce } = request;
    const known = this.#calls.get(nonce);
    if (known === undefined) return [];
    const isOwn = ({ received }: UpstreamCall): boolean => received >= released - SLACK && received <= at + SLACK;
    const others = known.calls.filter((call) => !isOwn(call));
    if (others.length === 0) this.#calls.delete(nonce);
    else this.#calls.set(nonce, { since: known.since, calls: others });
    return known.calls.filter(isOwn);
  }

  /** The map is in the order of the first calls, apart from a few that were claimed in part. */
  #forget(now: Micros): void {
    for (const [nonce, { since }] of this.#calls) {
      if (since + FORGET > now) return;
      this.#calls.delete(nonce);
    }
  }
}
