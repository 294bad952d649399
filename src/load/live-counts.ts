import type { Progress } from '../model/progress.ts';
import { type Micros, micros, toSeconds } from '../model/units.ts';
import { HistogramRecorder, quantile } from '../stats/histogram.ts';
import type { Reading } from '../wire/reading.ts';
import type { Flight, FlightObserver } from './flight.ts';
import { tokensOf } from './token-cost.ts';

/** Totals of the whole run, warm-up included unless it says otherwise. */
export class LiveCounts implements FlightObserver {
  tokens = 0;
  readonly #latency = new HistogramRecorder();
  #sent = 0;
  #inFlight = 0;
  #ok = 0;
  #throttled = 0;
  #errors = 0;
  #dropped = 0;
  #lastLook: { readonly at: Micros; readonly sent: number } | undefined;

  released(): void {}

  sent(): void {
    this.#sent += 1;
    this.#inFlight += 1;
  }

  finished(flight: Flight, reading: Reading, at: Micros): void {
    const { kind } = reading.outcome;
    this.#inFlight -= 1;
    this.tokens += tokensOf(reading, flight).total;
    if (kind === 'ok') this.#ok += 1;
    else if (kind === 'throttled') this.#throttled += 1;
    else this.#errors += 1;
    if (kind === 'ok' && !flight.isWarmup) this.#latency.record(at - flight.released);
  }

  dropped(flight: Flight): void {
    this.#dropped += 1;
    if (flight.cancel !== undefined) this.#inFlight -= 1;
  }

  /** A look at the totals; the rate is that since the last look. */
  look(now: Micros): Omit<Progress, 'elapsed' | 'expected' | 'loads' | 'warmup'> {
    const since = this.#lastLook === undefined ? 0 : toSeconds(micros(now - this.#lastLook.at));
    const rate = since > 0 ? (this.#sent - this.#lastLook!.sent) / since : 0;
    this.#lastLook = { at: now, sent: this.#sent };
    return {
      sent: this.#sent,
      inFlight: this.#inFlight,
      ok: this.#ok,
      throttled: this.#throttled,
      errors: this.#errors,
      dropped: this.#dropped,
      rate,
      p95: quantile(this.#latency.snapshot(), 0.95),
    };
  }
}
