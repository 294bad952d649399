import type { ProbeReading, ProbeRun, ProbeValue } from '../model/probe.ts';
import { type FaultedCall, type FaultPhase, failoverPhases } from './failover-facts.ts';
import { endingOf, failoverSights } from './failover-sights.ts';
import { countValue, longestValue, NO_PROVIDER, notMeasured, quantileValue, shareValue } from './probe-value.ts';
import { inWords } from './wording.ts';

/** What a failover probe found: who was rescued, at what cost, and whether the gateway came back. */
export const readFailover = (run: ProbeRun): ProbeReading => {
  const phases = failoverPhases(run);
  if (phases === undefined) return unread(run);
  return {
    values: valuesOf(phases),
    times: {},
    sights: failoverSights(run, phases),
    timeline: timelineOf(run, phases),
  };
};

const SUBJECTS = [
  'failover.rescued',
  'failover.amplification',
  'failover.added.p95',
  'failover.silence.added',
  'failover.retried_400',
  'failover.recovery',
  'failover.midstream.hidden',
  'failover.midstream.rescued',
] as const;
type Subject = (typeof SUBJECTS)[number];

const unread = ({ skipped }: ProbeRun): ProbeReading => {
  const reason = skipped[0]?.reason ?? NO_PROVIDER;
  return {
    values: Object.fromEntries(SUBJECTS.map((subject) => [subject, notMeasured(reason)])),
    times: {},
    sights: [],
    timeline: [],
  };
};

/** Steps in which nothing of the answer has come when the primary fails. */
const isEarly = ({ fault }: FaultPhase): boolean => fault !== 'cut' && fault !== '400';

const NOT_CUT = 'no stream was cut; set stream: true in the scenario';

const valuesOf = (phases: readonly FaultPhase[]): Readonly<Record<Subject, ProbeValue>> => {
  const early = phases.filter(isEarly);
  const met = early.flatMap((phase) => phase.met);
  const silent = early.filter(({ fault }) => fault === 'silence');
  const loud = early.filter(({ fault }) => fault !== 'silence');
  const cut = phases.filter(({ fault }) => fault === 'cut').flatMap((phase) => phase.met);
  const refused = phases.filter(({ fault }) => fault === '400').flatMap((phase) => phase.met);
  const none = 'no request met the fault; let the gateway prefer the primary, and raise requests';
  return {
    'failover.rescued': shareValue(countOf(met, 'isRescued'), met.length, none),
    'failover.amplification':
      met.length === 0 ? notMeasured(none) : countValue(upstreamCalls(met) / met.length, met.length),
    'failover.added.p95': quantileValue(
      addedOf(loud),
      0.95,
      'no request was rescued; let the gateway fall back to another provider',
    ),
    'failover.silence.added': longestValue(
      addedOf(silent),
      'no request was rescued from silence; give the gateway a timeout for its provider',
    ),
    'failover.retried_400':
      refused.length === 0
        ? notMeasured('no request met status 400; let the gateway prefer the primary')
        : countValue(refused.filter(({ upstream }) => upstream.length > 1).length, refused.length),
    // Who did not come back at all took at least as long as was waited.
    'failover.recovery': longestValue(
      phases.filter(({ waited }) => waited > 0).map(({ back, waited }) => back ?? waited),
      'the primary did not become healthy again within the probe; see why the probe ended before',
    ),
    'failover.midstream.hidden':
      cut.length === 0 ? notMeasured(NOT_CUT) : countValue(countOf(cut, 'isHidden'), cut.length),
    'failover.midstream.rescued': shareValue(countOf(cut, 'isRescued'), cut.length, NOT_CUT),
  };
};

const countOf = (met: readonly FaultedCall[], what: 'isRescued' | 'isHidden'): number =>
  met.filter((each) => each[what]).length;

const upstreamCalls = (met: readonly FaultedCall[]): number =>
  met.reduce((sum, { upstream }) => sum + upstream.length, 0);

const addedOf = (phases: readonly FaultPhase[]): readonly number[] =>
  phases.flatMap(({ met }) => met.flatMap(({ added }) => added ?? []));

/** What was done to the primary, and of each fault the way of the first request that met it. */
const timelineOf = ({ marks }: ProbeRun, phases: readonly FaultPhase[]): ProbeReading['timeline'] =>
  [
    ...marks.map(({ at, text }) => ({ at, text, call: undefined })),
    ...phases.flatMap(({ met }) => met.slice(0, 1).map(wayOf)),
  ].toSorted((a, b) => a.at - b.at);

const wayOf = ({ call, upstream }: FaultedCall): ProbeReading['timeline'][number] => {
  const stops = upstream.map(({ provider, status }) => `${provider} (${status ?? 'no answer'})`);
  return {
    at: call.released,
    text: `a request: ${stops.join(', then ')}; its client got ${endingOf(call)} after ${inWords(call.end - call.released, 'us')}`,
    call: call.id,
  };
};
