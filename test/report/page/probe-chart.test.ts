import { describe, expect, it } from 'vitest';
import type { ProbeCall } from '../../../src/model/probe.ts';
import { fromMillis } from '../../../src/model/units.ts';
import { CALL_KINDS } from '../../../src/report/page/page-model.ts';
import { MOST_CALLS, probeChart } from '../../../src/report/page/probe-chart.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../../support/probe-builders.ts';

const at = (id: number, step: string, from: number, to: number): ProbeCall =>
  aCall({ id, step, released: fromMillis(from), end: fromMillis(to) });

describe('probeChart', () => {
  it('of a probe that sent nothing is nothing', () => {
    expect(probeChart(aProbeRun())).toBeNull();
  });

  it('puts calls of one step that overlap below each other, and each step below the one before', () => {
    const calls = [at(0, 'prime', 0, 30), at(1, 'prime', 10, 40), at(2, 'prime', 30, 50), at(3, 'repeat', 60, 70)];
    const { row, steps, rows, start, end } = probeChart(aProbeRun({ calls }))!;
    expect(row).toEqual([0, 1, 0, 3]);
    expect(steps).toEqual([
      { name: 'prime', row: 0 },
      { name: 'repeat', row: 3 },
    ]);
    expect([rows, start[1], end[1]]).toEqual([5, 0.01, 0.04]);
  });

  it('lets a large crowd share its last row', () => {
    const calls = Array.from({ length: 40 }, (_, id) => at(id, 'crowd', 0, 10));
    expect(Math.max(...probeChart(aProbeRun({ calls }))!.row)).toBe(9);
  });

  it.each<[string, Partial<ProbeCall>, (typeof CALL_KINDS)[number]]>([
    ['an answer', {}, 'ok'],
    ['a cache hit', { cache: 'hit' }, 'hit'],
    ['a refusal', { outcome: { kind: 'throttled' }, status: 429 }, 'throttled'],
    [
      'an error out of the cache',
      { cache: 'hit', outcome: { kind: 'error', errorClass: 'gateway', detail: '' } },
      'error',
    ],
    ['one that the probe hung up on', { hungUp: true, outcome: { kind: 'dropped', reason: 'cancelled' } }, 'hungUp'],
  ])('paints %s', (_, overrides, kind) => {
    expect(probeChart(aProbeRun({ calls: [aCall(overrides)] }))!.kind).toEqual([CALL_KINDS.indexOf(kind)]);
  });

  it('says what a call was for and what became of it, in harmless words', () => {
    const call = aCall({ id: 4, step: 'repeat', cache: 'hit', provider: 'a\u202Eb', tenant: 'free' });
    expect(probeChart(aProbeRun({ calls: [call] }))!.text).toEqual([
      'repeat 4: ok, 200, cache hit, a b, tenant free, 50 ms',
    ]);
  });

  it('is bounded', () => {
    const calls = Array.from({ length: MOST_CALLS + 50 }, (_, id) => at(id, 'load', id, id + 5));
    const chart = probeChart(aProbeRun({ calls, upstream: calls.map((call) => anUpstreamCall(call)) }))!;
    expect([chart.start.length, chart.upstream.length]).toEqual([MOST_CALLS, MOST_CALLS]);
  });
});
