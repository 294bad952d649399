import type { Block, Counts, Metric } from '../model/measurement.ts';
import type { ProbeCall } from '../model/probe.ts';
import { type Micros, micros } from '../model/units.ts';
import { HistogramRecorder } from './histogram.ts';
import { addCounts, NO_COUNTS } from './measurement.ts';

/** The calls of a probe as a load's requests are counted: one block as long as the probe. `good` is not known of them. */
export const probeBlock = (calls: readonly ProbeCall[], duration: Micros): Block => {
  const ok = calls.filter(({ outcome }) => outcome.kind === 'ok');
  const times: Readonly<Partial<Record<Metric, readonly number[]>>> = {
    latency: ok.map(({ released, end }) => end - released),
    service: ok.flatMap(({ written, end }) => (written === undefined ? [] : [end - written])),
    ttft: ok.flatMap(({ released, firstContent }) => (firstContent === undefined ? [] : [firstContent - released])),
    itl: ok.flatMap(({ gaps }) => gaps),
    hit: ok.filter(({ cache }) => cache === 'hit').map(({ released, end }) => end - released),
    miss: ok.filter(({ cache }) => cache === 'miss').map(({ released, end }) => end - released),
  };
  const histograms = Object.entries(times).filter(([, values]) => values.length > 0);
  return {
    index: 0,
    start: micros(0),
    duration,
    counts: addCounts(calls.map(countsOf)),
    histograms: Object.fromEntries(histograms.map(([metric, values]) => [metric, histogramOf(values)])),
  };
};

const countsOf = ({ outcome, status, provider, model, cache, usage }: ProbeCall): Counts => {
  const isOk = outcome.kind === 'ok';
  const one = (name: string | number | undefined): Record<string, number> => (name === undefined ? {} : { [name]: 1 });
  return {
    ...NO_COUNTS,
    ok: isOk ? 1 : 0,
    throttled: outcome.kind === 'throttled' ? 1 : 0,
    errors: outcome.kind === 'error' ? { [outcome.errorClass]: 1 } : {},
    dropped: outcome.kind === 'dropped' ? { [outcome.reason]: 1 } : {},
    status: one(status),
    providers: isOk ? one(provider) : {},
    models: isOk ? one(model) : {},
    cache: isOk && cache !== undefined ? { [cache]: 1 } : {},
    tokens: { prompt: usage?.prompt ?? 0, completion: usage?.completion ?? 0, estimated: 0 },
  };
};

const histogramOf = (values: readonly number[]) => {
  const recorder = new HistogramRecorder();
  for (const value of values) recorder.record(value);
  return recorder.snapshot();
};
