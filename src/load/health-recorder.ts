import type { GeneratorBlock } from '../model/run.ts';
import { fromMillis, type Micros, micros } from '../model/units.ts';
import { HistogramRecorder } from '../stats/histogram.ts';
import type { Flight } from './flight.ts';
import type { Vitals } from './generator-health.ts';

/** A burst has about so many blocks at most. */
const MAX_BLOCKS = 60;

/** How long the generator's blocks are in a burst of that length: one second, or more in a long one. */
export const healthBlockLength = (expected: Micros): Micros => micros(Math.max(1_000_000, expected / MAX_BLOCKS));

/** A shorter stretch says nothing: cuts that fall together make one, though their timers ran one after the other. */
const SHORTEST = fromMillis(10);

/** The generator's own blocks of time, cut where the burst says. */
export class HealthRecorder {
  readonly #vitals: Vitals;
  readonly #blocks: GeneratorBlock[] = [];
  readonly #lag = new HistogramRecorder();
  #released = 0;
  /** Start of the first block; undefined before `begin`. */
  #begunAt: Micros | undefined;
  #cutAt = micros(0);

  constructor(vitals: Vitals) {
    this.#vitals = vitals;
  }

  /** The first block starts. Call once. */
  begin(now: Micros): void {
    this.#begunAt = now;
    this.#cutAt = now;
    this.#released = 0;
    this.#vitals.start();
  }

  released(flight: Flight): void {
    this.#released += 1;
    if (!flight.isWarmup) this.#lag.record(flight.released - flight.intended);
  }

  /** A block ends here and the next one starts. Nothing before `begin`, or when the block has only just started. */
  cut(now: Micros): void {
    if (now - this.#cutAt >= SHORTEST) this.#seal(now);
  }

  /** The last block ends. */
  end(now: Micros): void {
    if (now - this.#cutAt >= SHORTEST || this.#released > 0) this.#seal(now);
    this.#vitals.stop();
  }

  blocks(): readonly GeneratorBlock[] {
    return this.#blocks;
  }

  /** The blocks that lie at least half within a stretch of the clock. */
  between(from: Micros, to: Micros): readonly GeneratorBlock[] {
    const begun = this.#begunAt;
    if (begun === undefined) return [];
    return this.#blocks.filter(({ start, duration }) => {
      const inside = Math.min(to, begun + start + duration) - Math.max(from, begun + start);
      return inside * 2 >= duration;
    });
  }

  #seal(now: Micros): void {
    if (this.#begunAt === undefined) return;
    this.#blocks.push({
      ...this.#vitals.take(),
      start: micros(this.#cutAt - this.#begunAt),
      duration: micros(now - this.#cutAt),
      lag: this.#lag.snapshot(),
      released: this.#released,
    });
    this.#lag.reset();
    this.#released = 0;
    this.#cutAt = now;
  }
}
