import type { ProbeValue } from '../model/probe.ts';
import { HistogramRecorder, quantile } from '../stats/histogram.ts';
import { closedOnly, quantileInterval, shareInterval } from '../stats/interval.ts';

/** Of the intervals of a probe's estimates, two-sided. */
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

/** A quantile (0–1) of times, µs, with its interval where there are enough of them for one; unmeasured without any. */
export const quantileValue = (times: readonly number[], q: number, whyNone: string): ProbeValue => {
  const recorder = new HistogramRecorder();
  for (const each of times) recorder.record(Math.max(0, each));
  const histogram = recorder.snapshot();
  const value = quantile(histogram, q);
  if (value === undefined) return notMeasured(whyNone);
  const interval = quantileInterval([histogram], q, CONFIDENCE);
  return {
    kind: 'measured',
    value,
    unit: 'us',
    samples: times.length,
    interval: closedOnly(interval),
  };
};

/** The longest of some times, µs, as it was measured; unmeasured without any. */
export const longestValue = (times: readonly number[], whyNone: string): ProbeValue =>
  times.length === 0
    ? notMeasured(whyNone)
    : { kind: 'measured', value: Math.max(...times), unit: 'us', samples: times.length, interval: undefined };

/** Why what only an instrument behind the gateway can tell is not known. */
export const NO_PROVIDER = 'no simulated provider is there to be asked; name one under providers: behind the gateway';

/** Why nothing can be said of hits. */
export const NO_HIT = 'no repeat came from the cache; check that caching is on';

/** The reason is a clause. */
export const notMeasured = (reason: string): ProbeValue => ({ kind: 'unmeasured', reason });
