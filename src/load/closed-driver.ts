import { createRequestRandoms, type Random, seedOf } from '../config/random.ts';
import type { Arrival } from '../model/arrival.ts';
import { fromMillis, type Micros, micros } from '../model/units.ts';
import { type ClosedArrival, usersAt } from '../plan/schedule.ts';
import type { Driver, DriverParts } from './driver.ts';
import type { Flight, FlightOwner } from './flight.ts';
import type { Load } from './load.ts';

/** How often the number of users follows a ramp. */
const RAMP_STEP = fromMillis(50);

/**
 * Users who send, wait for the answer, think, and send again. The first ones start spread over one mean think time, so that
 * they do not march in step; those whom a ramp adds start at once. Users whom a ramp takes away leave after their
 * answer. Every user thinks by its own seeded stream.
 */
export class ClosedDriver implements Driver {
  readonly load: Load;
  readonly #parts: DriverParts;
  readonly #arrival: ClosedArrival;
  readonly #randoms: (user: number) => Random;
  /** By number; those of other shares are absent. */
  readonly #users: (User | undefined)[] = [];
  #wanted = 0;
  /** Users who think or wait for an answer. */
  #present = 0;
  /** Users without think time who have their answers. */
  #ready: User[] = [];
  readonly #onTurn = (): void => this.#sendReady();
  #cancelRamp: (() => void) | undefined;
  #stopped = false;

  constructor(parts: DriverParts, arrival: ClosedArrival, seed: string) {
    this.load = parts.load;
    this.#parts = parts;
    this.#arrival = arrival;
    this.#randoms = createRequestRandoms(seed, seedOf('users', parts.load.plan.name));
  }

  start(): void {
    const { think } = this.#arrival;
    this.#follow((user, wanted) => ((think.min + think.max) / 2) * (user / wanted));
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRamp?.();
    for (const user of this.#users) user?.leave();
  }

  hasMore(): boolean {
    if (this.#stopped) return false;
    return this.load.startedAt === undefined || this.#parts.clock.now() < this.load.end;
  }

  /** Users have no schedule: who was not released was never there. */
  countRemaining(): void {}

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Whether the user of that number is to go on. */
  wants(user: number): boolean {
    return !this.#stopped && user < this.#wanted;
  }

  thinkTime(random: Random): Micros {
    const { min, max } = this.#arrival.think;
    return micros(min + random.next() * (max - min));
  }

  /**
   * A user goes on at once, in one turn of the event loop with all others who are ready: requests that are written one right
   * behind the other find the gateway awake, and cost each a third less than one by one.
   */
  ready(user: User): void {
    const { clock } = this.#parts;
    if (this.#ready.length === 0) clock.schedule(clock.now(), this.#onTurn);
    this.#ready.push(user);
  }

  came(): void {
    this.#present += 1;
  }

  left(): void {
    this.#present -= 1;
    this.checkDone();
  }

  checkDone(): void {
    if (this.#present > 0 || this.load.open > 0) return;
    if (this.#stopped || this.#cancelRamp === undefined) this.#parts.onDone();
  }

  /** Brings the number of users to what the arrival says now. `delay`: µs until a user who joins sends its first request. */
  #follow(delay: (user: number, wanted: number) => number): void {
    const now = this.#parts.clock.now();
    this.#cancelRamp = undefined;
    this.#wanted = now >= this.load.end ? 0 : usersAt(this.#arrival, micros(now - this.load.measuredFrom));
    // A ramp goes on from the end of the warm-up, so the loop below must not end the load before it is there.
    if (isRamp(this.#arrival) && now < this.load.end)
      this.#cancelRamp = this.#parts.clock.schedule(micros(now + RAMP_STEP), () => this.#follow(() => 0));
    for (let number = 0; number < this.#wanted; number++)
      if (this.load.isOurUser(number)) this.#user(number).join(micros(now + delay(number, this.#wanted)));
    for (const user of this.#users.slice(this.#wanted)) user?.leave();
    this.checkDone();
  }

  #sendReady(): void {
    const users = this.#ready;
    this.#ready = [];
    for (const user of users) user.prepare();
    for (const user of users) user.send();
  }

  #user(number: number): User {
    this.#users[number] ??= new User(number, this, this.#parts, this.#randoms(number));
    return this.#users[number];
  }
}

const isRamp = (arrival: Arrival): boolean => arrival.kind === 'ramping-users';

/** One user: away, thinking, or waiting for an answer. */
class User implements FlightOwner {
  readonly #number: number;
  readonly #driver: ClosedDriver;
  readonly #parts: DriverParts;
  readonly #random: Random;
  #state: 'away' | 'thinking' | 'waiting' = 'away';
  #next: Flight | undefined;
  /** Since when it waits for its turn to go on, without think time. */
  #readyAt: Micros | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(number: number, driver: ClosedDriver, parts: DriverParts, random: Random) {
    this.#number = number;
    this.#driver = driver;
    this.#parts = parts;
    this.#random = random;
  }

  /** Comes, if away, to send its first request at `at`. */
  join(at: Micros): void {
    if (this.#state !== 'away') return;
    this.#state = 'thinking';
    this.#driver.came();
    this.#sendAt(at);
  }

  /** Goes: at once when thinking, else after its answer. */
  leave(): void {
    if (this.#state !== 'thinking') return;
    this.#cancelTimer?.();
    this.#readyAt = undefined;
    this.#next = undefined;
    this.#goAway();
  }

  answered(_flight: Flight, at: Micros): void {
    this.#state = 'thinking';
    if (!this.#driver.wants(this.#number)) {
      this.#goAway();
      return;
    }
    const think = this.#driver.thinkTime(this.#random);
    if (think > 0) this.#sendAt(micros(at + think));
    else {
      this.#readyAt = at;
      this.#driver.ready(this);
    }
  }

  settled(): void {
    this.#parts.load.open -= 1;
    this.#driver.checkDone();
  }

  /** Renders the request of a user who is ready, unless it has left. */
  prepare(): void {
    const at = this.#readyAt;
    this.#readyAt = undefined;
    if (at !== undefined) this.#next = this.#create(at);
  }

  /** Sends what `prepare` has rendered, unless the user has left. */
  send(): void {
    const next = this.#next;
    this.#next = undefined;
    if (next === undefined) return;
    this.#state = 'waiting';
    this.#parts.load.open += 1;
    this.#parts.release(next);
  }

  #goAway(): void {
    this.#state = 'away';
    this.#driver.left();
  }

  #sendAt(at: Micros): void {
    this.#next = this.#create(at);
    if (this.#next !== undefined) this.#cancelTimer = this.#parts.clock.schedule(at, () => this.send());
  }

  /** The next request; none, and the user goes, at the end of the load. */
  #create(at: Micros): Flight | undefined {
    if (at < this.#parts.load.end) return this.#parts.load.createFlight(this, at);
    this.#goAway();
    return undefined;
  }
}
