import type { ProbeCall, ProbeRun } from '../../model/probe.ts';
import { toSeconds } from '../../model/units.ts';
import { formatMicros } from '../number-text.ts';
import { line, name } from './html.ts';
import { CALL_KINDS, type ProbeChart } from './page-model.ts';

/** Calls and upstream calls that are drawn; a probe of more shows its beginning. */
export const MOST_CALLS = 1_000;

/** Rows of one step: calls beyond that many at one time share the last. */
const MOST_ROWS = 10;

/** Room between two steps, in rows. */
const BETWEEN = 1;

const seconds = (value: number): number => Number((value / 1_000_000).toFixed(4));

/** What a probe sent when. Without a call → null. */
export const probeChart = (run: ProbeRun): ProbeChart | null => {
  const calls = run.calls.slice(0, MOST_CALLS);
  if (calls.length === 0) return null;
  const { steps, rows, row } = placed(calls);
  return {
    seconds: toSeconds(run.duration),
    steps,
    rows,
    start: calls.map(({ released }) => seconds(released)),
    end: calls.map(({ end }) => seconds(end)),
    row,
    kind: calls.map((call) => CALL_KINDS.indexOf(kindOf(call))),
    text: calls.map(callText),
    marks: run.marks.map(({ at }) => seconds(at)),
    upstream: (run.upstream ?? []).slice(0, MOST_CALLS).map(({ received }) => seconds(received)),
  };
};

const kindOf = ({ hungUp, outcome, cache }: ProbeCall): (typeof CALL_KINDS)[number] => {
  if (hungUp) return 'hungUp';
  if (outcome.kind !== 'ok') return outcome.kind === 'throttled' ? 'throttled' : 'error';
  return cache === 'hit' ? 'hit' : 'ok';
};

const callText = (call: ProbeCall): string => {
  const { step, variant, tenant, status, cache, provider, outcome } = call;
  const how = outcome.kind === 'error' ? outcome.errorClass : call.hungUp ? 'hung up on purpose' : outcome.kind;
  const facts = [how, status, cache && `cache ${cache}`, provider, tenant && `tenant ${tenant}`, variant];
  const told = facts.filter((fact) => fact !== undefined).join(', ');
  return line(`${step} ${call.id}: ${told}, ${formatMicros(call.end - call.released)}`);
};

/** Each call in the first row of its step that is free when it is released. */
const placed = (calls: readonly ProbeCall[]): Pick<ProbeChart, 'steps' | 'rows' | 'row'> => {
  /** By step, for each of its rows: until when it is taken. */
  const taken = new Map<string, number[]>();
  const inStep = calls.map(({ step, released, end }) => {
    const rows = taken.get(step) ?? [];
    taken.set(step, rows);
    const free = rows.findIndex((until) => until <= released);
    const at = free >= 0 ? free : Math.min(rows.length, MOST_ROWS - 1);
    rows[at] = Math.max(end, rows[at] ?? 0);
    return at;
  });
  const first = new Map<string, number>();
  let rows = 0;
  for (const [step, { length }] of taken) {
    first.set(step, rows);
    rows += length + BETWEEN;
  }
  return {
    steps: [...first].map(([step, row]) => ({ name: name(step), row })),
    rows,
    row: calls.map(({ step }, index) => first.get(step)! + inStep[index]!),
  };
};
