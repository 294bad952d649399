import type { Progress } from '../model/progress.ts';
import { fromMillis, type Micros, micros } from '../model/units.ts';
import type { PairSegment } from '../plan/pair-schedule.ts';
import type { Clock } from '../ports/clock.ts';
import type { Reading } from '../wire/reading.ts';
import type { Flight, FlightObserver } from './flight.ts';
import type { Vitals } from './generator-health.ts';
import { HealthRecorder, healthBlockLength } from './health-recorder.ts';
import { LiveCounts } from './live-counts.ts';
import type { Timers } from './timers.ts';

/** How often it looks. */
const TICK = fromMillis(250);

export interface WatchParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly vitals: Vitals;
  /** How long both sides take as planned. */
  readonly expected: Micros;
  readonly onProgress: (progress: Progress) => void;
  /** The first request is sent. */
  readonly onFirst: () => void;
}

/** Looks on while two gateways are loaded, over both of them: progress, and the generator's own health. */
export class PairedWatch implements FlightObserver {
  readonly health: HealthRecorder;
  readonly #parts: WatchParts;
  readonly #counts = new LiveCounts();
  /** Under way. */
  #segment: PairSegment | undefined;
  #startedAt: Micros | undefined;
  #isMeasuring = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.health = new HealthRecorder(parts.vitals);
  }

  /** Tokens of both sides. */
  get tokens(): number {
    return this.#counts.tokens;
  }

  get hasSent(): boolean {
    return this.#startedAt !== undefined;
  }

  /** Tells progress now and again and again; `look` is asked each time before the next. */
  tick(look: (now: Micros) => void): void {
    const now = this.#parts.clock.now();
    this.#parts.onProgress(this.progress());
    this.#parts.timers.at(micros(now + TICK), () => this.tick(look));
    look(now);
  }

  /** A side begins with a segment. The generator's health is kept from the first measured one on. */
  begin(segment: PairSegment): void {
    this.#segment = segment;
    if (this.#isMeasuring || isWarmup(segment)) return;
    this.#isMeasuring = true;
    const now = this.#parts.clock.now();
    this.health.begin(now);
    this.#cutHealth(now);
  }

  progress(): Progress {
    const now = this.#parts.clock.now();
    return {
      ...this.#counts.look(now),
      elapsed: micros(now - (this.#startedAt ?? now)),
      expected: this.#parts.expected,
      loads: this.#segment?.loads.map(({ load }) => load.name) ?? [],
      warmup: this.#segment !== undefined && isWarmup(this.#segment),
    };
  }

  released(flight: Flight): void {
    this.health.released(flight);
  }

  sent(): void {
    this.#counts.sent();
    if (this.#startedAt !== undefined) return;
    this.#startedAt = this.#parts.clock.now();
    this.#parts.onFirst();
  }

  finished(flight: Flight, reading: Reading, at: Micros): void {
    this.#counts.finished(flight, reading, at);
  }

  dropped(flight: Flight): void {
    this.#counts.dropped(flight);
  }

  #cutHealth(due: Micros): void {
    this.health.cut(this.#parts.clock.now());
    const next = micros(due + healthBlockLength(this.#parts.expected));
    this.#parts.timers.at(next, () => this.#cutHealth(next));
  }
}

const isWarmup = ({ loads }: PairSegment): boolean => loads.every(({ load, offset }) => offset < load.warmup);
