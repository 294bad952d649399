import type { ProbeCall, ProbeRun, ProbeSight, ProbeValue } from '../model/probe.ts';
import { probeBlock } from '../stats/probe-block.ts';
import { milliseconds, pair, quantitiesIn, UNITS } from './json-figures.ts';
import type { ReportJson } from './report-json-schema.ts';
import type { ProbeView } from './report-view.ts';
import { sliceJson } from './slice-json.ts';
import { viewSlice } from './slice-view.ts';

type ScenarioJson = ReportJson['scenarios'][number];
type ProbeJson = NonNullable<ScenarioJson['probe']>;

/** Failures of one probe that are listed. */
const MAX_FAILURES = 20;

/** A probe as one of the scenarios: its requests are counted as those of a load, and what it found stands under `probe`. */
export const probeScenarioJson = ({ name, run, reading }: ProbeView): ScenarioJson => {
  const stream = run.calls.some(({ contentEvents }) => contentEvents > 0);
  const slice = (calls: readonly ProbeCall[]) =>
    sliceJson(viewSlice([probeBlock(calls, run.duration)], run.duration), stream);
  const tenants = Map.groupBy(
    run.calls.filter(({ tenant }) => tenant !== undefined),
    ({ tenant }) => tenant!,
  );
  return {
    name,
    load: `${run.spec.kind} probe`,
    closed: false,
    stream,
    durationMs: milliseconds(run.duration) ?? 0,
    warmupRequests: 0,
    ...slice(run.calls),
    tenants: Object.fromEntries([...tenants].map(([tenant, calls]) => [tenant, slice(calls)])),
    failures: failuresOf(run.calls),
    probe: {
      kind: run.spec.kind,
      values: Object.fromEntries(Object.entries(reading.values).map(([subject, value]) => [subject, valueJson(value)])),
      sights: reading.sights.map((sight) => sightJson(sight, run)),
      timeline: reading.timeline.map(({ at, text, call }) => ({ atMs: milliseconds(at) ?? 0, text, call })),
      skipped: run.skipped.map((each) => ({ ...each })),
      incomplete: run.incomplete,
    },
  };
};

const valueJson = (value: ProbeValue): ProbeJson['values'][string] => {
  if (value.kind === 'unmeasured') return { reason: value.reason };
  const convert = quantitiesIn(value.unit);
  const figure = convert(value.value);
  if (figure === undefined) return { reason: 'it is no number' };
  const { unit, samples } = value;
  return { value: figure, unit: UNITS[unit], samples, interval: pair(value.interval, convert) };
};

const sightJson = ({ kind, text, calls }: ProbeSight, run: ProbeRun): ProbeJson['sights'][number] => ({
  kind,
  text,
  calls: [...calls],
  requestIds: calls.flatMap((id) => run.calls.find((call) => call.id === id)?.requestId ?? []),
});

/** Errors that look alike together, the most frequent first. */
const failuresOf = (calls: readonly ProbeCall[]): ScenarioJson['failures'] => {
  const groups = new Map<string, ScenarioJson['failures'][number]>();
  for (const { outcome, status, requestId } of calls) {
    if (outcome.kind !== 'error') continue;
    const { errorClass, detail } = outcome;
    const key = `${errorClass} ${status} ${detail}`;
    const group = groups.get(key) ?? { class: errorClass, status, detail, count: 0, requestId };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count).slice(0, MAX_FAILURES);
};
