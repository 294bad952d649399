import type { ProbeCall, ProbeMark, ProbeReading } from '../model/probe.ts';
import { wasAdmitted } from '../plan/limit-shape.ts';
import { counted, inWords } from './wording.ts';

/** What each step does, as a heading of its line. */
const STEPS: Readonly<Record<string, string>> = {
  'use-up': 'burst to use the allowance up',
  ask: 'asked whether it is back',
  'ask-more': 'asked for more than a bucket can have refilled',
  measure: 'burst to measure the allowance',
  refill: 'burst to see how much has come back',
  retry: 'asked around the moment that Retry-After promised',
};

/** What happened when: calls of one step, one after the other and with the same end, are one line. `calls` in the order of sending. */
export const limitTimeline = (calls: readonly ProbeCall[], marks: readonly ProbeMark[]): ProbeReading['timeline'] => {
  const runs: ProbeCall[][] = [];
  for (const call of calls) {
    const last = runs.at(-1)?.at(-1);
    const isSame = last !== undefined && last.step === call.step && (isBurst(call) || endOf(last) === endOf(call));
    if (isSame) runs.at(-1)!.push(call);
    else runs.push([call]);
  }
  return [
    ...runs.map((run) => ({ at: run[0]!.written!, text: lineOf(run), call: run[0]!.id })),
    ...marks.map(({ at, text }) => ({ at, text, call: undefined })),
  ].toSorted((one, other) => one.at - other.at);
};

const BURSTS: readonly string[] = ['use-up', 'ask-more', 'measure', 'refill'];

const isBurst = ({ step }: ProbeCall): boolean => BURSTS.includes(step);

const endOf = (call: ProbeCall): string =>
  wasAdmitted(call) ? 'admitted' : call.status === undefined ? 'no answer' : `rejected with ${call.status}`;

const lineOf = (run: readonly ProbeCall[]): string => {
  const [first, last] = [run[0]!, run.at(-1)!];
  const ends = [...Map.groupBy(run, endOf)].map(([end, all]) =>
    all.length === run.length ? end : `${all.length} ${end}`,
  );
  const waits = run.flatMap(({ retryAfter }) => (retryAfter === undefined ? [] : [retryAfter]));
  const spread = waits.length === 0 ? '' : `; Retry-After ${rangeOf(waits)}`;
  const span = run.length === 1 || isBurst(first) ? '' : ` over ${inWords(last.written! - first.written!, 'us')}`;
  const many = run.length === 1 ? '' : ` (${counted(run.length, 'request')}${span})`;
  return `${STEPS[first.step] ?? first.step}${many}: ${ends.join(', ')}${spread}`;
};

const rangeOf = (waits: readonly number[]): string => {
  const [low, high] = [Math.min(...waits), Math.max(...waits)].map((each) => inWords(each, 'us'));
  return low === high ? low! : `${low} to ${high}`;
};
