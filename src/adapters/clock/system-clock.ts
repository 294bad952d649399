import type { Micros } from '../../model/units.ts';
import type { Clock } from '../../ports/clock.ts';

/** A timer of the event loop has steps of 1 ms; it is set that much early, and the rest is waited for turn by turn. */
const TIMER_STEP = 1_000;

/**
 * Share of the time that may be spent waiting turn by turn. Waiting that way removes up to 1 ms of release lag, but from
 * about 500 arrivals a second it would keep a core busy, and then garbage collection and the responses compete with it.
 */
const TURNING_SHARE = 0.1;

/**
 * The machine's clock. `now` has the origin of the system's monotonic clock, so that all threads (and on Linux all
 * processes) agree on it. `schedule` runs its callback within a few tens of µs of `at` while timers are rare, and within
 * about 1 ms when they are dense; never early.
 */
export const createSystemClock = (): Clock => {
  // performance.now() is cheaper than hrtime, but counts from the start of its thread.
  const origin = Number(process.hrtime.bigint()) / 1_000 - performance.now() * 1_000;
  const now = (): Micros => Math.round(origin + performance.now() * 1_000) as Micros;
  const allowance = createAllowance();
  return {
    now,
    date: () => new Date(),
    schedule(at, run) {
      const alarm = new Alarm(at, run, now, allowance);
      return () => alarm.cancel();
    },
  };
};

/** How much turning is left: it grows with time, up to one timer step. */
interface Allowance {
  /** True when one more turn may be taken at `now`. */
  take(now: number): boolean;
  /** Time since `from` was spent turning. */
  spend(from: number, now: number): void;
  /** What is left, µs. */
  left(now: number): number;
}

const createAllowance = (): Allowance => {
  let left = TIMER_STEP;
  let seen = 0;
  const grow = (now: number): void => {
    if (seen > 0) left = Math.min(TIMER_STEP, left + (now - seen) * TURNING_SHARE);
    seen = now;
  };
  return {
    take(now) {
      grow(now);
      return left > 0;
    },
    spend(from, now) {
      left -= now - from;
    },
    left(now) {
      grow(now);
      return left;
    },
  };
};

/** One scheduled callback, through as many timers and turns as it takes. */
class Alarm {
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  readonly #at: Micros;
  readonly #run: () => void;
  readonly #now: () => Micros;
  readonly #allowance: Allowance;

  constructor(at: Micros, run: () => void, now: () => Micros, allowance: Allowance) {
    this.#at = at;
    this.#run = run;
    this.#now = now;
    this.#allowance = allowance;
    this.#arm(now());
  }

  cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  }

  #arm(now: Micros): void {
    const remaining = this.#at - now;
    if (remaining <= 0) this.#turn = setImmediate(this.#onTurn, now);
    else if (remaining <= TIMER_STEP && this.#allowance.take(now)) this.#turn = setImmediate(this.#onTurn, now);
    else {
      const early = this.#allowance.left(now) > TIMER_STEP / 2 ? TIMER_STEP : 0;
      this.#timer = setTimeout(this.#onTimer, Math.max(1, Math.floor((remaining - early) / 1_000)));
    }
  }

  readonly #onTimer = (): void => {
    const now = this.#now();
    if (now >= this.#at) this.#run();
    else this.#arm(now);
  };

  readonly #onTurn = (from: Micros): void => {
    const now = this.#now();
    if (from < this.#at) this.#allowance.spend(from, now);
    if (now >= this.#at) this.#run();
    else this.#arm(now);
  };
}
