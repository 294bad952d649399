import type { Measure, Slo } from './slo.ts';
import type { Micros, Ratio } from './units.ts';

/** How a run is judged. Everything here may change without making stored runs incomparable. */
export interface Policy {
  readonly scenarios: readonly { readonly name: string; readonly slos: readonly Slo[] }[];
  readonly regression: RegressionPolicy;
  /** Samples that a quantile needs before it is judged; keyed by the lowest quantile to which it applies. */
  readonly minSamples: readonly { readonly quantile: number; readonly samples: number }[];
  readonly failOn: readonly FailOn[];
  readonly fleet: FleetPolicy;
}

export const MISSING_SHARES = ['invalid', 'scale'] as const;

/** How a run is judged that several generators made together. */
export interface FleetPolicy {
  /** What becomes of a run of which a share is missing: not judged, or judged by the part of the load that was there. */
  readonly missing: (typeof MISSING_SHARES)[number];
  /** A share that began later than that after the common start counts as missing. */
  readonly late: Micros;
}

export const FAIL_ON = ['slo', 'regression', 'inconclusive'] as const;
/** What makes the gate fail. `invalid` always does, with its own exit status. */
export type FailOn = (typeof FAIL_ON)[number];

export interface RegressionPolicy {
  /** What is compared and may fail the gate. */
  readonly metrics: readonly Measure[];
  /** Relative; a smaller change never fails. */
  readonly minChange: Ratio;
  /** And at least this many ms, for durations. */
  readonly minChangeMs: number;
  /** And at least this much, absolute, for shares. */
  readonly minChangeShare: Ratio;
  /** One-sided, of the whole family, 0–1. */
  readonly confidence: Ratio;
  /** No comparable baseline → the gate fails. */
  readonly requireBaseline: boolean;
  /** Runs of the window. */
  readonly window: number;
}
