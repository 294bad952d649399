import type { Block, Counts, Metric } from '../model/measurement.ts';
import type { CacheStatus, DropReason, ErrorClass } from '../model/outcome.ts';
import type { Micros } from '../model/units.ts';
import { HistogramRecorder } from '../stats/histogram.ts';

/** Counts by name. A Map, as names come from outside (a provider may be called `constructor`). */
export class Tally<K extends string> {
  readonly #counts = new Map<K, number>();

  add(name: K): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  toRecord(): Record<K, number> {
    return Object.fromEntries(this.#counts) as Record<K, number>;
  }
}

/** What happens in one block of one slice, while it is open. */
export class BlockRecorder {
  readonly index: number;
  /** Released and not yet over. */
  open = 0;
  ok = 0;
  throttled = 0;
  good = 0;
  readonly errors = new Tally<ErrorClass>();
  readonly dropped = new Tally<DropReason>();
  readonly status = new Tally<string>();
  readonly providers = new Tally<string>();
  readonly models = new Tally<string>();
  readonly cache = new Tally<CacheStatus>();
  readonly tokens = { prompt: 0, completion: 0, estimated: 0 };
  readonly #recorders = new Map<Metric, HistogramRecorder>();

  constructor(index: number) {
    this.index = index;
  }

  /** Records one value, µs. */
  record(metric: Metric, us: number): void {
    let recorder = this.#recorders.get(metric);
    if (recorder === undefined) {
      recorder = new HistogramRecorder();
      this.#recorders.set(metric, recorder);
    }
    recorder.record(us);
  }

  toBlock(start: Micros, duration: Micros): Block {
    const histograms = [...this.#recorders].map(([metric, recorder]) => [metric, recorder.snapshot()] as const);
    return { index: this.index, start, duration, counts: this.#counts(), histograms: Object.fromEntries(histograms) };
  }

  #counts(): Counts {
    return {
      ok: this.ok,
      throttled: this.throttled,
      errors: this.errors.toRecord(),
      dropped: this.dropped.toRecord(),
      status: this.status.toRecord(),
      providers: this.providers.toRecord(),
      models: this.models.toRecord(),
      cache: this.cache.toRecord(),
      tokens: { ...this.tokens },
      good: this.good,
    };
  }
}
