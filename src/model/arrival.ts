import type { Micros } from './units.ts';

/** One leg of a ramp: linear from the level before it (0 for the first, unless `from` is given) to `to`, over `over`. */
export interface Stage {
  readonly to: number;
  readonly over: Micros;
}

/**
 * When requests start. Rates are per second. `duration` is that of the measured phase; the warm-up comes before it, at the
 * arrival's first level, and is not in it.
 */
export type Arrival =
  | {
      readonly kind: 'constant-rate';
      readonly rate: number;
      readonly process: 'uniform' | 'poisson';
      readonly duration: Micros;
    }
  | { readonly kind: 'ramping-rate'; readonly stages: readonly Stage[]; readonly process: 'uniform' | 'poisson' }
  | { readonly kind: 'constant-users'; readonly users: number; readonly think: ThinkTime; readonly duration: Micros }
  | { readonly kind: 'ramping-users'; readonly stages: readonly Stage[]; readonly think: ThinkTime }
  | { readonly kind: 'steps'; readonly from: number; readonly to: number; readonly by: number; readonly hold: Micros };

/** A user's pause between a response and the next request: uniform between the two, from the seed. */
export interface ThinkTime {
  readonly min: Micros;
  readonly max: Micros;
}
