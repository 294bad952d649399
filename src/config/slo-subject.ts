import type { QuantileMetric, SloUnit, Subject } from '../model/slo.ts';
import { didYouMean } from './did-you-mean.ts';

/** A subject and the unit it has before a limit is seen. */
export type SubjectReading =
  | { readonly ok: true; readonly subject: Subject; readonly unit: SloUnit }
  | { readonly ok: false; readonly message: string; readonly allowed?: string };

interface Named {
  readonly subject: Subject;
  readonly unit: SloUnit;
}

/** Subjects that are one word. */
const NAMED: Readonly<Record<string, Named>> = {
  throughput: { subject: { kind: 'per-second', of: 'throughput' }, unit: 'per-second' },
  goodput: { subject: { kind: 'per-second', of: 'goodput' }, unit: 'per-second' },
  tokens_per_second: { subject: { kind: 'per-second', of: 'tokens' }, unit: 'per-second' },
  knee: { subject: { kind: 'knee' }, unit: 'per-second' },
  error_rate: { subject: { kind: 'rate', of: 'error' }, unit: 'ratio' },
  throttled_rate: { subject: { kind: 'rate', of: 'throttled' }, unit: 'ratio' },
  dropped_rate: { subject: { kind: 'rate', of: 'dropped' }, unit: 'ratio' },
  'cache.hit_rate': { subject: { kind: 'rate', of: 'hit' }, unit: 'ratio' },
  auth_errors: { subject: { kind: 'tally', of: { errorClass: 'auth' } }, unit: 'count' },
  truncated_streams: { subject: { kind: 'tally', of: { errorClass: 'truncated' } }, unit: 'count' },
};

/** Metrics with quantiles, by prefix. */
const PREFIXES: Readonly<Record<string, QuantileMetric>> = {
  ttft: 'ttft',
  itl: 'itl',
  tpot: 'tpot',
  overhead: 'overhead',
  'overhead.ttft': 'ttft-overhead',
  hit: 'hit',
  miss: 'miss',
};

/** Probe subjects whose unit is known. A probe may have more; those take the unit of their limit. */
const PROBE_UNITS: Readonly<Record<string, SloUnit>> = {
  'cancel.delay.p95': 'us',
  'cancel.late_calls': 'count',
  'cancel.upstream_ended': 'ratio',
  'cache.amplification': 'count',
  'cache.cached_errors': 'count',
  'cache.changed_hits': 'count',
  'cache.false_hits': 'count',
  'cache.stale_hits': 'count',
  'cache.wrong_status': 'count',
  'failover.rescued': 'ratio',
  'failover.amplification': 'count',
  'failover.added.p95': 'us',
  'failover.silence.added': 'us',
  'failover.retried_400': 'count',
  'failover.recovery': 'us',
  'failover.midstream.hidden': 'count',
  'failover.midstream.rescued': 'ratio',
  'isolation.auth_errors': 'count',
  'isolation.cross_hits': 'count',
  'isolation.leaks': 'count',
  'semantic.false_hit_bound': 'ratio',
  'semantic.false_hit_rate': 'ratio',
  'semantic.false_hits': 'count',
  'semantic.recall': 'ratio',
  'semantic.wrong_hits': 'count',
  'limit.admitted': 'count',
  'limit.headers_wrong': 'count',
  'limit.missing_retry_after': 'count',
  'limit.rejection.p95': 'us',
  'limit.retry_after_error': 'us',
  'limit.sustained': 'count',
  'limit.unexpected_status': 'count',
  'stream.added_ttft.p95': 'us',
  'stream.altered': 'count',
  'stream.buffered': 'count',
  'stream.burst_share': 'ratio',
  'stream.truncated': 'count',
  'stream.usage_missing': 'count',
  'neighbour.noise_throttled': 'ratio',
  'neighbour.p95': 'us',
  'neighbour.slowdown': 'count',
  'neighbour.success': 'ratio',
  'routing.forbidden_not_refused': 'count',
  'routing.forbidden_reached': 'count',
  'routing.max_deviation': 'ratio',
  'routing.misattributed': 'count',
  'routing.p_value': 'ratio',
  'routing.wrong_model': 'count',
  'routing.wrong_usage': 'count',
};

/** Probe subjects that are known by name. */
export const PROBE_SUBJECTS: readonly string[] = Object.keys(PROBE_UNITS);

/** What a probe adds stands behind one of these. */
const PROBE_FAMILIES = ['limit', 'isolation', 'neighbour', 'failover', 'stream', 'routing', 'cancel', 'semantic'];

const COMMON_QUANTILES = ['p50', 'p90', 'p95', 'p99', 'p99.9', 'max'];

const ALLOWED = [
  'p50 p90 p95 p99 p99.9 max, also behind ttft. itl. tpot. overhead. overhead.ttft. hit. miss.',
  ...Object.keys(NAMED),
  'cache.delta.p50',
  'status.502',
  'provider.share.NAME',
  'model.share.NAME',
  ...PROBE_SUBJECTS,
].join(', ');

/** Reads a subject, without a tenant in front of it. */
export function parseSubject(text: string): SubjectReading {
  const named = Object.hasOwn(NAMED, text) ? NAMED[text] : undefined;
  if (named !== undefined) return { ok: true, ...named };
  return readQuantile(text) ?? readStatus(text) ?? readShare(text) ?? readProbe(text) ?? unknown(text);
}

/** Whether a probe's subject has a unit of its own, whatever its limit looks like. */
export const isFixedProbe = (name: string): boolean => Object.hasOwn(PROBE_UNITS, name);

const failed = (message: string, allowed: string): SubjectReading => ({ ok: false, message, allowed });

function readQuantile(text: string): SubjectReading | undefined {
  const [whole, prefix, name] = /^(?:(.*)\.)?(p\d+(?:\.\d+)?|max)$/.exec(text) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const isDelta = prefix === 'cache.delta';
  const metric = prefix === undefined ? 'latency' : Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined;
  if (!isDelta && metric === undefined) return undefined;
  if (isDelta && name === 'max') return failed('cache.delta takes a percentile, not max', 'cache.delta.p50');
  // Shifted as a decimal, so that p99.9 is 0.999 and not 0.9990000000000001.
  const quantile = name === 'max' ? 1 : Number(`${name.slice(1)}e-2`);
  if (name !== 'max' && !(quantile > 0 && quantile < 1))
    return failed(`${name} is no percentile`, `one between p0 and p100: ${COMMON_QUANTILES.join(' ')}`);
  return {
    ok: true,
    subject: metric === undefined ? { kind: 'cache-delta', quantile } : { kind: 'quantile', metric, quantile },
    unit: 'us',
  };
}

function readStatus(text: string): SubjectReading | undefined {
  const [, code] = /^status\.(.*)$/.exec(text) ?? [];
  if (code === undefined) return undefined;
  if (!/^[1-5]\d\d$/.test(code))
    return failed(
      `${JSON.stringify(code)} is no status code`,
      'status.NNN with a code from 100 to 599, such as status.502',
    );
  return { ok: true, subject: { kind: 'tally', of: { status: Number(code) } }, unit: 'count' };
}

function readShare(text: string): SubjectReading | undefined {
  const [, of, name] = /^(provider|model)\.share(?:\.(.*))?$/.exec(text) ?? [];
  if (of !== 'provider' && of !== 'model') return undefined;
  if (name === undefined || name === '') return failed(`${of}.share needs the name of a ${of}`, `${of}.share.NAME`);
  return { ok: true, subject: { kind: 'share', of, name }, unit: 'ratio' };
}

function readProbe(text: string): SubjectReading | undefined {
  const isFamily =
    PROBE_FAMILIES.some((family) => text.startsWith(`${family}.`)) && /^[a-z]+(\.[a-z0-9_]+)+$/.test(text);
  if (!isFamily && !isFixedProbe(text)) return undefined;
  return { ok: true, subject: { kind: 'probe', name: text }, unit: PROBE_UNITS[text] ?? 'count' };
}

function unknown(text: string): SubjectReading {
  if (text === '') return failed('the subject is missing', ALLOWED);
  if (/^(.*\.)?(avg|mean|average|med|median)$/.test(text))
    return failed(`${text} cannot be judged: an average hides the slow requests`, 'p50 for the median, or p95');
  const near = didYouMean(text, candidates());
  return failed(
    `unknown subject ${JSON.stringify(text)}${near === undefined ? '' : `; did you mean ${near}?`}`,
    ALLOWED,
  );
}

const candidates = (): readonly string[] => [
  ...Object.keys(NAMED),
  ...PROBE_SUBJECTS,
  ...COMMON_QUANTILES,
  ...[...Object.keys(PREFIXES), 'cache.delta'].flatMap((prefix) => COMMON_QUANTILES.map((each) => `${prefix}.${each}`)),
];
