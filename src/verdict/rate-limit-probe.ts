import type { ProbeCall, ProbeRun, ProbeSight, ProbeValue } from '../model/probe.ts';
import { type LimitSpec, wasAdmitted } from '../plan/limit-shape.ts';
import { checkHeaders } from './limit-headers-truth.ts';
import { refillOf } from './limit-refill.ts';
import { limitTimeline } from './limit-timeline.ts';
import { type LimitWindow, measuredWindow } from './limit-window.ts';
import { examples, worstFirst } from './probe-sights.ts';
import { countValue, notMeasured, quantileValue } from './probe-value.ts';
import type { ProbeReader } from './read-probe.ts';
import { checkPromises, type PromiseCheck } from './retry-after-truth.ts';
import { counted, inWords } from './wording.ts';

/** A promise of whole seconds, rounded up, may be off by so much: µs. */
const ROUNDING = 1_000_000;
/** Share of the limit by which the requests admitted may miss it before that is told as a fault. */
const TOLERANCE = 0.05;

/** What the rate-limit probe found: what one window admits, how the rest is rejected, and whether what is said about it is true. */
export const readRateLimitProbe: ProbeReader = (run) => {
  if (run.spec.kind !== 'rate-limit') throw new TypeError(`not a rate-limit probe: ${run.spec.kind}`);
  const facts = factsOf(run, run.spec);
  const parts = [admittedPart, sustainedPart, statusPart, promisePart, missingPart, timePart, headersPart].map((part) =>
    part(facts),
  );
  const sights = parts.flatMap(({ sight }) => (sight === undefined ? [] : [sight]));
  return {
    values: Object.fromEntries(parts.map(({ subject, value }) => [subject, value])),
    times: {},
    sights: worstFirst(sights),
    timeline: limitTimeline(facts.calls, run.marks),
  };
};

interface Facts {
  readonly spec: LimitSpec;
  /** That were sent, in that order. */
  readonly calls: readonly ProbeCall[];
  /** Answered, and not admitted. */
  readonly rejected: readonly ProbeCall[];
  readonly window: LimitWindow | string;
  readonly checks: readonly PromiseCheck[];
  /** Why something has no value. */
  readonly reason: string;
}

interface Part {
  readonly subject: string;
  readonly value: ProbeValue;
  readonly sight: ProbeSight | undefined;
}

const factsOf = (run: ProbeRun, spec: LimitSpec): Facts => {
  const calls = run.calls
    .filter(({ written }) => written !== undefined)
    .toSorted((one, other) => one.written! - other.written!);
  const skipped = run.skipped[0];
  const reason =
    run.incomplete ?? (skipped === undefined ? undefined : `${skipped.part} was left out: ${skipped.reason}`);
  // Where asking kept the door shut, the promises made before did not hold for one who asks.
  const isSilent =
    calls.some(({ step }) => step === 'measure') && !calls.some((call) => call.step === 'ask' && wasAdmitted(call));
  return {
    spec,
    calls,
    rejected: calls.filter((call) => call.status !== undefined && !wasAdmitted(call)),
    window: measuredWindow(calls, spec, reason),
    checks: checkPromises(
      isSilent ? calls.filter(({ step }) => step === 'measure' || step === 'retry') : calls,
      wasAdmitted,
    ),
    reason: reason ?? 'no request was rejected; check that the gateway has the limit that the probe names',
  };
};

const admittedPart = ({ spec, window }: Facts): Part => {
  const subject = 'limit.admitted';
  if (typeof window === 'string') return { subject, value: notMeasured(window), sight: undefined };
  const { admitted, sent, kind } = window;
  const off = admitted - spec.limit;
  const over = off === 0 ? 'as the limit says' : `${Math.abs(off)} ${off > 0 ? 'more' : 'fewer'} than the limit says`;
  const bad = Math.abs(off) > Math.max(1, spec.limit * TOLERANCE);
  const text = `${admitted} of ${counted(sent.length, 'request')} were admitted within one window of ${inWords(spec.window, 'us')}, ${over}; ${KINDS[kind]}`;
  const beyond = sent.filter(wasAdmitted).slice(spec.limit);
  return {
    subject,
    value: countValue(admitted, sent.length),
    sight: { kind: bad ? 'bad' : 'good', text, calls: bad ? examples(beyond) : [] },
  };
};

/** What it admits in one window after the other: what a bucket brings back, where that is surely more than the limit, else as in one. */
const sustainedPart = ({ spec, calls, window }: Facts): Part => {
  const subject = 'limit.sustained';
  if (typeof window === 'string') return { subject, value: notMeasured(window), sight: undefined };
  const refill = refillOf(calls, spec);
  if (refill === undefined)
    return { subject, value: countValue(window.admitted, window.sent.length), sight: undefined };
  const { rate, interval, admitted, time } = refill;
  const isMore = interval[0] > spec.limit;
  const count = isMore ? rate : Math.min(window.admitted, spec.limit);
  const text = `The empty bucket brought back ${counted(admitted.length, 'request')} within ${inWords(time, 'us')}, at a pace of ${inWords(rate, 'count')} in ${inWords(spec.window, 'us')}`;
  return {
    subject,
    value: { kind: 'measured', value: count, unit: 'count', samples: admitted.length, interval },
    sight: isMore ? { kind: 'bad', text, calls: examples(admitted.slice(-3)) } : undefined,
  };
};

const KINDS: Readonly<Record<LimitWindow['kind'], string>> = {
  window: 'the allowance came back all at once, as that of a window does',
  bucket: 'the allowance came back bit by bit, as that of a bucket does',
  silent: 'the allowance came back only when nothing was asked for a window',
  unlimited: 'nothing was rejected',
};

const statusPart = ({ calls }: Facts): Part => {
  const odd = calls.filter((call) => !wasAdmitted(call) && !call.throttled);
  const words = [
    ...new Set(odd.map(({ status, outcome }) => (status === undefined ? failureOf(outcome) : `status ${status}`))),
  ];
  const sight: ProbeSight | undefined =
    odd.length === 0
      ? undefined
      : {
          kind: 'bad',
          text: `${counted(odd.length, 'request')} got ${words.join(', ')}, neither an answer nor a rejection`,
          calls: examples(odd),
        };
  return { subject: 'limit.unexpected_status', value: countValue(odd.length, calls.length), sight };
};

const failureOf = (outcome: ProbeCall['outcome']): string =>
  outcome.kind === 'error' ? `no status (${outcome.errorClass})` : 'no status';

const promisePart = ({ checks, rejected, reason }: Facts): Part => {
  const subject = 'limit.retry_after_error';
  const worst = checks.toSorted((one, other) => other.error - one.error)[0];
  if (worst === undefined) {
    const why =
      rejected.length === 0
        ? reason
        : 'no request was sent at the moment that Retry-After promised; raise limits.duration';
    const none = rejected.every(({ retryAfter }) => retryAfter === undefined);
    return {
      subject,
      value: notMeasured(
        rejected.length > 0 && none
          ? 'no rejection had a Retry-After; let the gateway send one, or leave this SLO out'
          : why,
      ),
      sight: undefined,
    };
  }
  const promised = inWords(worst.call.retryAfter!, 'us');
  const bad = worst.error >= ROUNDING;
  const text = bad
    ? `Retry-After said ${promised}, which was at least ${inWords(worst.error, 'us')} ${worst.way}`
    : `Retry-After told the truth on ${counted(checks.length, 'rejection')}, to within a second`;
  const value: ProbeValue = {
    kind: 'measured',
    value: worst.error,
    unit: 'us',
    samples: checks.length,
    interval: undefined,
  };
  return { subject, value, sight: { kind: bad ? 'bad' : 'good', text, calls: bad ? [worst.call.id] : [] } };
};

const missingPart = ({ rejected, reason }: Facts): Part => {
  const subject = 'limit.missing_retry_after';
  if (rejected.length === 0) return { subject, value: notMeasured(reason), sight: undefined };
  const missing = rejected.filter(({ retryAfter }) => retryAfter === undefined);
  const text = `${missing.length} of ${counted(rejected.length, 'rejection')} did not say when to come again`;
  return {
    subject,
    value: countValue(missing.length, rejected.length),
    sight: missing.length === 0 ? undefined : { kind: 'bad', text, calls: examples(missing) },
  };
};

const timePart = ({ rejected, reason }: Facts): Part => {
  const subject = 'limit.rejection.p95';
  const value = quantileValue(
    rejected.map(({ written, end }) => end - written!),
    0.95,
    reason,
  );
  const sight: ProbeSight | undefined =
    value.kind === 'unmeasured'
      ? undefined
      : { kind: 'plain', text: `95 % of the rejections came within ${inWords(value.value, 'us')}`, calls: [] };
  return { subject, value, sight };
};

const headersPart = ({ calls, window, spec }: Facts): Part => {
  const subject = 'limit.headers_wrong';
  const { stated, contradicting, stuck } = checkHeaders(calls, typeof window === 'string' ? undefined : window, spec);
  if (stated.length === 0)
    return {
      subject,
      value: notMeasured(
        'no response said how much of the limit is left; let the gateway send the headers of gateway.dialect, or leave this SLO out',
      ),
      sight: undefined,
    };
  const wrong = [...new Set([...contradicting, ...stuck])];
  const of = counted(stated.length, 'response');
  const text =
    wrong.length === 0
      ? `What is left by the headers agrees with what happened on ${of}`
      : `What is left by the headers is wrong on ${wrong.length} of ${of}: ${contradicting.length > 0 ? 'it contradicts what happened' : 'it does not count down'}`;
  return {
    subject,
    value: countValue(wrong.length, stated.length),
    sight: { kind: wrong.length === 0 ? 'good' : 'bad', text, calls: examples(wrong) },
  };
};
