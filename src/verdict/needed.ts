import type { ScenarioRun } from '../model/run.ts';
import { micros } from '../model/units.ts';
import type { Needed } from '../model/verdict.ts';
import { endedOf, totalCounts } from '../stats/measurement.ts';
import { timesAsMuch } from '../stats/power.ts';
import type { Worsening } from './change-rule.ts';
import { wholeEvidence } from './evidence.ts';

/** What was measured, of all sides. */
export interface Measurement {
  /** The scenario on every side that more requests would be sent to. */
  readonly sides: readonly ScenarioRun[];
  readonly pairs: number;
}

/** More than this many times as much is no advice. */
const MOST = 50;

/** Less is not worth beginning again for, and an estimate moves. */
const LEAST = 1.25;

/**
 * What it would take beyond what was measured for an undecided comparison to be decided, should its estimate stay: for an interval
 * narrow enough to exclude 0 where the estimate is as large as `matters`, else to exclude twice that. Undefined = more than
 * fifty times as much, or nothing was measured.
 */
export const neededToDecide = (
  { estimate, atLeast, atMost }: Pick<Worsening, 'estimate' | 'atLeast' | 'atMost'>,
  { matters, measurement }: { readonly matters: number; readonly measurement: Measurement },
): Needed | undefined => {
  const times =
    estimate >= matters
      ? timesAsMuch(estimate - atLeast, estimate)
      : timesAsMuch(atMost - estimate, 2 * matters - estimate);
  if (!(times <= MOST)) return undefined;
  const more = Math.max(LEAST, times) - 1;
  const requests = measurement.sides
    .map((side) => endedOf(totalCounts(wholeEvidence(side, undefined).blocks)))
    .reduce((sum, count) => sum + count, 0);
  const duration = measurement.sides.reduce((sum, side) => sum + side.duration, 0);
  return {
    pairs: Math.ceil(more * measurement.pairs),
    requests: Math.ceil(more * requests),
    duration: micros(more * duration),
  };
};
