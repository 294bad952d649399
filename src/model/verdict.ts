import type { Relation, SloUnit, Subject } from './slo.ts';
import type { Micros } from './units.ts';

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

/**
 * What a change was measured against: the window of earlier runs; the other gateway of the same run; or, for the drift, the
 * oldest run that the window ever held, and the run of a release.
 */
export type Against = 'window' | 'live' | 'oldest' | 'release';

/**
 * How much there is to a change, in either direction. `clear`: at least as large as matters, for sure. `likely`: there for sure, and by
 * the estimate as large as matters. `slight`: there for sure, and too small to matter. `possible`: by the estimate as large
 * as matters, and within the noise. `none`: nothing seen.
 */
export type Strength = 'clear' | 'likely' | 'slight' | 'possible' | 'none';

/** What it would take to decide a comparison, beyond what was measured, should the change stay as it was seen. */
export interface Needed {
  /** Pairs of blocks; 0 where the comparison has none. */
  readonly pairs: number;
  /** Of the scenario; both sides of a live comparison together. */
  readonly requests: number;
  /** At the rate at which it was measured, both sides one after the other. */
  readonly duration: Micros;
}

/** One metric of one scenario (and tenant), compared with the baseline. Numbers are in `unit`. */
export interface RegressionFinding {
  readonly scenario: string;
  readonly tenant: string | undefined;
  /** As in an SLO: `p95`, `ttft.p95`, `error_rate`. */
  readonly metric: string;
  readonly against: Against;
  /** Of a row against a release: what that is called. May hold anything. */
  readonly reference?: string | undefined;
  readonly unit: SloUnit;
  readonly baseline: number | undefined;
  readonly candidate: number | undefined;
  /** Relative for `us` and `per-second` (0.12 = 12 % higher), absolute difference for `ratio` and `count`. */
  readonly change: number | undefined;
  /** Of `change`, at the configured confidence. */
  readonly interval: readonly [low: number, high: number] | undefined;
  /** The smallest change for the worse that four of five such comparisons would find, as a positive number. */
  readonly detectable: number | undefined;
  /** Undefined where there is no interval. */
  readonly strength: Strength | undefined;
  /** Undefined where it is decided, or where more requests would not decide it. */
  readonly needed: Needed | undefined;
  readonly status: Status;
  /** False = shown only, never failing the gate. */
  readonly gating: boolean;
  readonly reason: string | undefined;
}

/** What the candidate was compared with. The five kinds of "nothing" are different answers. */
export type BaselineState =
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'absent'; readonly reason: string }
  /** Runs are stored, and each was refused: by whom they were made is not certain enough, or they are gone. */
  | { readonly kind: 'untrusted'; readonly reason: string }
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
      /**
       * Whether they ran on machines like this one: all of them, some, or none. Where some, the machines' differences are
       * part of the spread; where none did, changes are shown, and never fail.
       */
      readonly machines: 'alike' | 'mixed' | 'other';
    }
  | {
      readonly kind: 'live';
      /** Scheme, host and port of the other gateway. */
      readonly gateway: string;
      /** Pairs of blocks; of the scenario that has the most. */
      readonly pairs: number;
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
