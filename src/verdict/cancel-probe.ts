import type { ProbeCall, ProbeReading, ProbeRun, ProbeSight } from '../model/probe.ts';
import type { UpstreamCall } from '../model/upstream.ts';
import { examples } from './probe-sights.ts';
import { countValue, NO_PROVIDER, notMeasured, quantileValue, shareValue } from './probe-value.ts';
import { upstreamOf } from './upstream-of.ts';
import { counted, inWords } from './wording.ts';

/** What a cancel probe found: whether upstream calls end when the client has left. */
export const readCancel = (run: ProbeRun): ProbeReading => {
  const left = leftCalls(run);
  if (left === undefined) return unread(run);
  const ended = left.filter(({ delay }) => delay !== undefined);
  const late = left.filter((each) => each.late > 0);
  const none = 'no request had an upstream call under way when its client hung up; ask for longer answers';
  return {
    values: {
      'cancel.upstream_ended': shareValue(ended.length, left.length, none),
      'cancel.delay.p95': quantileValue(
        ended.map(({ delay }) => delay!),
        0.95,
        'no upstream call ended behind its client; raise within',
      ),
      'cancel.late_calls': left.length === 0 ? notMeasured(none) : countValue(sumOf(late), left.length),
    },
    times: {},
    sights: sightsOf(left, late),
    timeline: run.marks.map(({ at, text }) => ({ at, text, call: undefined })),
  };
};

/** A request whose client hung up while at least one upstream call was under way for it. */
interface LeftCall {
  readonly call: ProbeCall;
  /** From the moment the client left to the end of the last of them, µs; undefined = one went on. */
  readonly delay: number | undefined;
  /** Upstream calls that began only after the client had left. */
  readonly late: number;
}

const unread = ({ skipped }: ProbeRun): ProbeReading => {
  const value = notMeasured(skipped[0]?.reason ?? NO_PROVIDER);
  const values = { 'cancel.upstream_ended': value, 'cancel.delay.p95': value, 'cancel.late_calls': value };
  return { values, times: {}, sights: [], timeline: [] };
};

const leftCalls = (run: ProbeRun): readonly LeftCall[] | undefined => {
  const upstream = upstreamOf(run);
  if (upstream === undefined) return undefined;
  const within = run.spec.kind === 'cancel' ? run.spec.within : 0;
  return run.calls
    .filter(({ hungUp }) => hungUp)
    .flatMap((call) => {
      const calls = upstream(call);
      const open = calls.filter(({ received, end }) => received <= call.end && (end === undefined || end > call.end));
      if (open.length === 0) return [];
      const delays = open.map((each) => delayOf(each, call));
      const isOver = delays.every((delay) => delay !== undefined && delay <= within);
      return [
        {
          call,
          delay: isOver ? Math.max(...delays.map(Number)) : undefined,
          late: calls.filter(({ received }) => received > call.end).length,
        },
      ];
    });
};

/** One that came to its own end was not ended by the gateway. */
const delayOf = ({ end, abortedByClient }: UpstreamCall, call: ProbeCall): number | undefined =>
  end !== undefined && abortedByClient ? end - call.end : undefined;

const PHASES: Readonly<Record<string, string>> = {
  early: 'hung up on before the first byte',
  midstream: 'hung up on mid-stream',
};

const sightsOf = (left: readonly LeftCall[], late: readonly LeftCall[]): readonly ProbeSight[] => {
  const phases = Object.entries(PHASES).flatMap(([step, words]) => {
    const calls = left.filter(({ call }) => call.step === step);
    return calls.length === 0 ? [] : [phaseSight(calls, words)];
  });
  const retried: ProbeSight = {
    kind: 'bad',
    text: `${counted(sumOf(late), 'upstream call')} began after the client had left`,
    calls: idsOf(late),
  };
  return [...phases, ...(late.length === 0 ? [] : [retried])].toSorted(
    (a, b) => Number(b.kind === 'bad') - Number(a.kind === 'bad'),
  );
};

const phaseSight = (calls: readonly LeftCall[], words: string): ProbeSight => {
  const on = calls.filter(({ delay }) => delay === undefined);
  const slowest = Math.max(...calls.map(({ delay }) => delay ?? 0));
  const requests = `${counted(calls.length, 'request')} ${words}`;
  if (on.length === 0)
    return {
      kind: 'good',
      text: `${requests}: every upstream call ended, the last ${inWords(slowest, 'us')} later`,
      calls: [],
    };
  return { kind: 'bad', text: `${requests}: for ${on.length} the upstream call went on`, calls: idsOf(on) };
};

const sumOf = (late: readonly LeftCall[]): number => late.reduce((sum, each) => sum + each.late, 0);

const idsOf = (left: readonly LeftCall[]): readonly number[] => examples(left.map(({ call }) => call));
