import type { Policy } from '../model/policy.ts';
import type { ProbeName, ProbeReading, ProbeRun } from '../model/probe.ts';
import type { QuantileMetric, Slo } from '../model/slo.ts';
import type { SloFinding } from '../model/verdict.ts';
import { countOf, HistogramRecorder, quantile } from '../stats/histogram.ts';
import { closedOnly, differenceInterval, type Interval, quantileInterval } from '../stats/interval.ts';
import { unmeasuredSlo } from './judge-slo.ts';
import { samplesNeeded } from './min-samples.ts';
import { readProbe } from './read-probe.ts';
import { holds, isClose } from './relation.ts';
import { inWords } from './wording.ts';

/** Two-sided, as in the rows of loads: it says "close" and decides nothing. */
const CONFIDENCE = 0.95;

/**
 * Judges the SLOs of a probe. A number that a probe counted decides as it is; quantiles need as many samples as under
 * load. What the probe did not measure, and all of one that did not come to its end, is inconclusive; what was found
 * wrong before the end stays found.
 */
export const judgeProbe = (
  run: ProbeRun,
  { slos, minSamples }: { readonly slos: readonly Slo[]; readonly minSamples: Policy['minSamples'] },
): readonly SloFinding[] => {
  const reading = readProbe(run);
  return slos.map((slo) => judgeOne(slo, { run, reading, minSamples }));
};

/** The error that the generator may put into a time on which an SLO decides: as under load, 10 ms or a tenth of it. */
const LATENESS_FLOOR = 10_000;
const LATENESS_SHARE = 0.1;

interface Setting {
  readonly run: ProbeRun;
  readonly reading: ProbeReading;
  readonly minSamples: Policy['minSamples'];
}

interface Number {
  readonly value: number;
  readonly samples: number;
  readonly interval: Interval | undefined;
}

const judgeOne = (slo: Slo, setting: Setting): SloFinding => {
  const { scenario, incomplete } = setting.run;
  const found = numberFor(slo, setting);
  if (typeof found === 'string') return unmeasuredSlo(slo, scenario, incomplete ?? found);
  const isMet = holds(slo.relation, found.value);
  const reason = whyUndecided(slo, found, setting);
  return {
    ...unmeasuredSlo(slo, scenario, reason ?? ''),
    status: reason === undefined ? (isMet ? 'pass' : 'fail') : 'inconclusive',
    observed: found.value,
    interval: found.interval,
    close: reason === undefined && isClose(slo.relation, found.value, found.interval),
    samples: found.samples,
    reason,
  };
};

/** Why the number does not decide, in a clause; undefined = it does. */
const whyUndecided = (slo: Slo, { value, samples }: Number, { run, minSamples }: Setting): string | undefined => {
  const needed = samplesNeeded(slo.subject, minSamples);
  if (samples < needed && run.incomplete !== undefined) return run.incomplete;
  if (samples < needed) return `it needs ${needed} samples, and the probe made ${samples}; ${MORE[run.spec.kind]}`;
  if (run.incomplete !== undefined && holds(slo.relation, value))
    return `the probe did not come to its end: ${run.incomplete}`;
  const late = run.lateness?.p99 ?? 0;
  if (slo.unit !== 'us' || late <= Math.max(LATENESS_FLOOR, LATENESS_SHARE * value)) return undefined;
  // A late event loop only makes times longer: what it cannot turn round stands.
  if (holds(slo.relation, value) === holds(slo.relation, value - late)) return undefined;
  return `the generator's own event loop was late by ${inWords(late, 'us')} (p99) meanwhile, which may have decided; use a quieter machine`;
};

/** How each kind of probe comes to more samples. */
const MORE: Readonly<Record<ProbeName, string>> = {
  cache: 'raise prompts',
  'semantic-cache': 'add pairs',
  'rate-limit': 'ask for a lower quantile',
  isolation: 'raise prompts',
  neighbour: 'raise duration or rate',
  failover: 'raise requests',
  stream: 'raise requests',
  routing: 'raise requests',
  cancel: 'raise requests',
};

/** The number that an SLO speaks of, or why there is none. */
const numberFor = (slo: Slo, { run, reading }: Setting): Number | string => {
  const { subject } = slo;
  if (subject.kind === 'quantile') return quantileOf(reading, subject.metric, subject.quantile) ?? noTimes(slo, run);
  if (subject.kind === 'cache-delta') return deltaOf(reading, subject.quantile) ?? noTimes(slo, run);
  const name = subjectName(slo);
  const value = Object.hasOwn(reading.values, name) ? reading.values[name] : undefined;
  if (value === undefined) return notMeasured(name, run, reading);
  return value.kind === 'unmeasured' ? value.reason : value;
};

/** The subject as it is written, without a tenant in front and the relation behind. */
const subjectName = ({ text, subject }: Slo): string =>
  subject.kind === 'probe' ? subject.name : (/^(?:tenant\([^)]*\)\.)?([\w.-]+)/.exec(text)?.[1] ?? text);

const notMeasured = (name: string, { spec }: ProbeRun, { values }: ProbeReading): string => {
  const known = Object.keys(values);
  const allowed = known.length === 0 ? '' : `; it measures ${known.join(', ')}`;
  return `the ${spec.kind} probe does not measure ${name}${allowed}`;
};

const noTimes = ({ text }: Slo, { spec }: ProbeRun): string =>
  `the ${spec.kind} probe has no times for ${text}; see what it saw`;

const quantileOf = ({ times }: ProbeReading, metric: QuantileMetric, q: number): Number | undefined => {
  const recorder = new HistogramRecorder();
  for (const each of times[metric] ?? []) recorder.record(each);
  const histogram = recorder.snapshot();
  const value = quantile(histogram, q);
  if (value === undefined) return undefined;
  const interval = q === 1 ? undefined : closedOnly(quantileInterval([histogram], q, CONFIDENCE));
  return { value, samples: countOf(histogram), interval };
};

const deltaOf = (reading: ProbeReading, q: number): Number | undefined => {
  const [miss, hit] = [quantileOf(reading, 'miss', q), quantileOf(reading, 'hit', q)];
  if (miss === undefined || hit === undefined) return undefined;
  const interval =
    miss.interval === undefined || hit.interval === undefined
      ? undefined
      : differenceInterval(
          { value: miss.value, interval: miss.interval },
          { value: hit.value, interval: hit.interval },
        );
  return { value: miss.value - hit.value, samples: Math.min(miss.samples, hit.samples), interval };
};
