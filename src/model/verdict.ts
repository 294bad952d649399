import type { Relation, SloUnit, Subject } from './slo.ts';

/** `inconclusive` = too little to decide; `invalid` = the measurement itself is not to be trusted. */
export type Status = 'pass' | 'fail' | 'inconclusive' | 'invalid';

/** One SLO, judged. Numbers are in `unit`. */
export interface SloFinding {
  readonly scenario: string;
  readonly tenant: string | undefined;
  readonly text: string;
  readonly subject: Subject;
  readonly relation: Relation;
  readonly unit: SloUnit;
  readonly status: Status;
  /** Undefined when nothing could be measured. */
  readonly observed: number | undefined;
  /** Confidence interval from the blocks; undefined when there are too few. */
  readonly interval: readonly [low: number, high: number] | undefined;
  /** True when the interval lies across the limit and the point estimate decided. */
  readonly close: boolean;
  /** Samples behind the estimate. */
  readonly samples: number;
  /** Why it is inconclusive or invalid, in a sentence a newcomer understands; undefined on pass and fail. */
  readonly reason: string | undefined;
}

/** One metric of one scenario (and tenant), compared with the baseline. Numbers are in `unit`. */
export interface RegressionFinding {
  readonly scenario: string;
  readonly tenant: string | undefined;
  /** As in an SLO: `p95`, `ttft.p95`, `error_rate`. */
  readonly metric: string;
  readonly unit: SloUnit;
  readonly baseline: number | undefined;
  readonly candidate: number | undefined;
  /** Relative for `us` and `per-second` (0.12 = 12 % higher), absolute difference for `ratio` and `count`. */
  readonly change: number | undefined;
  /** Of `change`, at the configured confidence. */
  readonly interval: readonly [low: number, high: number] | undefined;
  /** The smallest `change` that this comparison could have found. */
  readonly detectable: number | undefined;
  readonly status: Status;
  /** False = shown only, never failing the gate. */
  readonly gating: boolean;
  readonly reason: string | undefined;
}

/** What the candidate was compared with. The four kinds of "nothing" are different answers. */
export type BaselineState =
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'absent'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'not-comparable'; readonly reason: string }
  | {
      readonly kind: 'stored';
      /** Newest first. */
      readonly runs: readonly {
        readonly id: string;
        readonly createdAt: string;
        readonly commit: string | undefined;
      }[];
      /** True below five runs: shown, never failing. */
      readonly advisory: boolean;
    };

/** The knee of an arrival in steps: the highest offered rate of which it and every step below met the SLOs. */
export interface Knee {
  readonly scenario: string;
  /** Requests a second; undefined when not even the first step met them. */
  readonly rate: number | undefined;
  readonly steps: readonly { readonly rate: number; readonly met: boolean; readonly failed: readonly string[] }[];
}

/** Why the verdict is what it is: the most important first. */
export interface Reason {
  readonly status: Status;
  readonly scenario: string | undefined;
  /** One sentence that says what happened and, where something can be done, what. */
  readonly text: string;
}

export interface Verdict {
  readonly status: Status;
  readonly reasons: readonly Reason[];
  readonly slos: readonly SloFinding[];
  readonly regressions: readonly RegressionFinding[];
  readonly knees: readonly Knee[];
  readonly baseline: BaselineState;
}
