import type { EndpointKind } from '../model/plan.ts';
import type { ProbeCall, ProbeReading, ProbeRun, ProbeSight, ProbeValue } from '../model/probe.ts';
import { differenceInterval } from '../stats/interval.ts';
import { worstFirst } from './probe-sights.ts';
import { notMeasured, quantileValue, shareValue } from './probe-value.ts';
import { counted, inWords, percent } from './wording.ts';

const Q = 0.95;
/** Share of the quiet side's requests that must succeed. */
const SUCCESS = 0.99;
/** A p95 so many times as long as alone is told as a fault, if its whole interval is above 1; else it is not known to be one. */
const SLOWDOWN = 1.5;

/**
 * What the neighbour probe found: how the quiet side fared beside a tenant that was over its limit, or beside requests to another
 * endpoint, against alone.
 */
export const readNeighbour = (run: ProbeRun): ProbeReading => {
  const facts = factsOf(run);
  const values = valuesOf(facts);
  const sights = sightsOf(facts, values);
  return {
    values,
    times: facts.reason === undefined ? { latency: facts.beside.filter(isOk).map(timeOf) } : {},
    sights: worstFirst(sights),
    timeline: run.marks.map(({ at, text }) => ({ at, text, call: undefined })),
  };
};

interface Facts {
  readonly alone: readonly ProbeCall[];
  readonly beside: readonly ProbeCall[];
  readonly noise: readonly ProbeCall[];
  /** Of the noise, rejected by the limit. */
  readonly throttled: readonly ProbeCall[];
  /** What the noise was, and what it may have disturbed. */
  readonly words: Words;
  /** Why the quiet side's values say nothing. */
  readonly reason: string | undefined;
}

type Values = Readonly<
  Record<'neighbour.success' | 'neighbour.p95' | 'neighbour.slowdown' | 'neighbour.noise_throttled', ProbeValue>
>;

interface Words {
  readonly quiet: string;
  readonly noisy: string;
  /** What puts nothing to the test, in a clause; undefined = this noise does. */
  readonly idle: (noise: readonly ProbeCall[]) => string | undefined;
}

const OF_TENANTS: Words = {
  quiet: 'the quiet tenant',
  noisy: 'the noisy tenant',
  idle: (noise) =>
    noise.some(({ throttled }) => throttled)
      ? undefined
      : `the noisy tenant was never throttled by ${counted(noise.length, 'request')}; raise noise, or lower its limit`,
};

const ofEndpoint = (endpoint: EndpointKind): Words => {
  const noisy = endpoint === 'custom' ? 'the noisy endpoint' : `the ${endpoint} endpoint`;
  return {
    quiet: 'the quiet endpoint',
    noisy,
    idle: (noise) =>
      noise.some((call) => isOk(call) || call.throttled)
        ? undefined
        : `${noisy} answered none of ${counted(noise.length, 'request')}: what fails at once is no noise; see why they fail`,
  };
};

const wordsOf = ({ spec }: ProbeRun): Words =>
  spec.kind === 'neighbour' && spec.noiseEndpoint !== undefined ? ofEndpoint(spec.noiseEndpoint) : OF_TENANTS;

const factsOf = (run: ProbeRun): Facts => {
  const { calls, skipped } = run;
  const ofStep = (step: string): readonly ProbeCall[] => calls.filter((call) => call.step === step);
  const [alone, beside, noise] = [ofStep('alone'), ofStep('beside'), ofStep('noise')];
  const throttled = noise.filter((call) => call.throttled);
  const words = wordsOf(run);
  const reason =
    skipped[0]?.reason ??
    (beside.length === 0 ? 'nothing was sent beside the noise; see why the probe ended before' : words.idle(noise));
  return { alone, beside, noise, throttled, words, reason };
};

const isOk = ({ outcome }: ProbeCall): boolean => outcome.kind === 'ok';

/** From the writing on: how long a request waits for its turn on this side is not the gateway's. */
const timeOf = ({ written, released, end }: ProbeCall): number => end - (written ?? released);

const valuesOf = (facts: Facts): Values => {
  const { beside, alone, noise, throttled, words, reason } = facts;
  const noiseValue = shareValue(throttled.length, noise.length, reason ?? 'there was no noise; raise noise');
  if (reason !== undefined)
    return {
      'neighbour.success': notMeasured(reason),
      'neighbour.p95': notMeasured(reason),
      'neighbour.slowdown': notMeasured(reason),
      'neighbour.noise_throttled': noiseValue,
    };
  const p95 = (calls: readonly ProbeCall[]): ProbeValue =>
    quantileValue(calls.filter(isOk).map(timeOf), Q, `no request of ${words.quiet} succeeded`);
  return {
    'neighbour.success': shareValue(beside.filter(isOk).length, beside.length, 'nothing was sent'),
    'neighbour.p95': p95(beside),
    'neighbour.slowdown': ratioOf(p95(beside), p95(alone)),
    'neighbour.noise_throttled': noiseValue,
  };
};

/**
 * One duration over another. Its interval is that of the difference of their logarithms by the rule of `differenceInterval`,
 * which holds for estimates that do not depend on each other.
 */
const ratioOf = (one: ProbeValue, other: ProbeValue): ProbeValue => {
  if (one.kind === 'unmeasured') return one;
  if (other.kind === 'unmeasured') return other;
  const value = one.value / Math.max(1, other.value);
  const [a, b] = [one.interval, other.interval];
  const isClosed = a !== undefined && b !== undefined && a[0] > 0 && b[0] > 0;
  const logs = isClosed
    ? differenceInterval(
        { value: Math.log(one.value), interval: [Math.log(a[0]), Math.log(a[1])] },
        { value: Math.log(other.value), interval: [Math.log(b[0]), Math.log(b[1])] },
      )
    : undefined;
  return {
    kind: 'measured',
    value,
    unit: 'count',
    samples: Math.min(one.samples, other.samples),
    interval: logs && [Math.exp(logs[0]), Math.exp(logs[1])],
  };
};

const sightsOf = (facts: Facts, values: Values): readonly ProbeSight[] => {
  const { noise, throttled, words, reason } = facts;
  if (reason !== undefined) return noise.length === 0 ? [] : [{ kind: 'unknown', text: reason, calls: [] }];
  const noisy = `${throttled.length} of ${counted(noise.length, 'request')} of ${words.noisy} were throttled`;
  return [successSight(facts), slowdownSight(values, words), { kind: 'plain', text: noisy, calls: [] }];
};

const successSight = ({ beside, alone, words }: Facts): ProbeSight => {
  const failed = beside.filter((call) => !isOk(call));
  const ends = Map.groupBy(failed, ({ status }) => (status === undefined ? 'no status' : `status ${status}`));
  const why = [...ends].map(([end, calls]) => `${calls.length} with ${end}`).join(', ');
  const share = successOf(beside);
  return {
    kind: share < SUCCESS ? 'bad' : 'good',
    text: `Beside the noise ${percent(share)} of ${counted(beside.length, 'request')} of ${words.quiet} succeeded, alone ${percent(successOf(alone))}${why === '' ? '' : `; failed: ${why}`}`,
    calls: failed.slice(0, 3).map(({ id }) => id),
  };
};

/** Of calls, of which there is one at least. */
const successOf = (calls: readonly ProbeCall[]): number => calls.filter(isOk).length / calls.length;

const slowdownSight = (values: Values, { quiet }: Words): ProbeSight => {
  const [p95, slowdown] = [values['neighbour.p95'], values['neighbour.slowdown']];
  if (p95.kind === 'unmeasured' || slowdown.kind === 'unmeasured')
    return {
      kind: 'unknown',
      text: `How fast ${quiet} was cannot be told: none of its requests succeeded`,
      calls: [],
    };
  const isSlower = slowdown.value > SLOWDOWN;
  const isCertain = (slowdown.interval?.[0] ?? 0) > 1;
  const text = `Its p95 was ${inWords(p95.value, 'us')} beside the noise, ${inWords(slowdown.value, 'count')} times as long as alone`;
  return { kind: !isSlower ? 'good' : isCertain ? 'bad' : 'unknown', text, calls: [] };
};
