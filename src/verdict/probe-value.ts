import type { ProbeValue } from '../model/probe.ts';
import { shareInterval } from '../stats/interval.ts';

/** Of the intervals of a probe's shares, two-sided. */
const CONFIDENCE = 0.95;

/** What was counted is a fact about the calls that were made: it has no interval. */
export const countValue = (value: number, samples: number): ProbeValue => ({
  kind: 'measured',
  value,
  unit: 'count',
  samples,
  interval: undefined,
});

/** `part` of `whole` with its exact binomial interval at 95 %; without any, unmeasured for that reason. */
export const shareValue = (part: number, whole: number, whyNone: string): ProbeValue =>
  whole === 0
    ? notMeasured(whyNone)
    : {
        kind: 'measured',
        value: part / whole,
        unit: 'ratio',
        samples: whole,
        interval: shareInterval([{ part, whole }], CONFIDENCE),
      };

/** The reason is a clause. */
export const notMeasured = (reason: string): ProbeValue => ({ kind: 'unmeasured', reason });
