import { describe, expect, it } from 'vitest';
import type { ProbeCall, ProbeRun } from '../../src/model/probe.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';

/** Hung up on after 50 ms. */
const aLeft = (id: number, step = 'early', overrides: Partial<ProbeCall> = {}): ProbeCall =>
  aCall({
    id,
    step,
    outcome: { kind: 'dropped', reason: 'cancelled' },
    hungUp: true,
    end: micros(50_000),
    ...overrides,
  });

/** Its upstream call, ended that long after the client had left; undefined = it goes on. */
const ending = (call: ProbeCall, after: number | undefined, overrides: Partial<UpstreamCall> = {}): UpstreamCall =>
  anUpstreamCall(call, {
    end: after === undefined ? undefined : micros(call.end + after),
    abortedByClient: after !== undefined,
    ...overrides,
  });

const probeOf = (calls: readonly ProbeCall[], upstream: readonly UpstreamCall[] | undefined): ProbeRun =>
  aProbeRun({ spec: { kind: 'cancel', requests: calls.length, within: fromSeconds(1) }, calls, upstream });

const figure = (run: ProbeRun, subject: string) => {
  const value = readProbe(run).values[subject];
  return value?.kind === 'measured' ? value.value : value?.reason;
};

const NONE = 'no request had an upstream call under way when its client hung up; ask for longer answers';

describe('readCancel', () => {
  const [a, b] = [aLeft(0), aLeft(1)];
  it.each<[string, ProbeRun, string, number | string]>([
    ['both ended', probeOf([a, b], [ending(a, 10_000), ending(b, 20_000)]), 'cancel.upstream_ended', 1],
    ['one goes on', probeOf([a, b], [ending(a, 10_000), ending(b, undefined)]), 'cancel.upstream_ended', 0.5],
    [
      'one came to its own end',
      probeOf([a, b], [ending(a, 10_000), ending(b, 20_000, { abortedByClient: false })]),
      'cancel.upstream_ended',
      0.5,
    ],
    ['one ended too late', probeOf([a, b], [ending(a, 10_000), ending(b, 1_000_001)]), 'cancel.upstream_ended', 0.5],
    [
      'one of two attempts goes on',
      probeOf([a], [ending(a, 10_000), ending(a, undefined)]),
      'cancel.upstream_ended',
      0,
    ],
    ['one was over before', probeOf([a, b], [ending(a, 10_000), ending(b, -5_000)]), 'cancel.upstream_ended', 1],
    [
      'a failed attempt before it does not count',
      probeOf([a], [ending(a, -9_000, { status: 503 }), ending(a, 5_000)]),
      'cancel.upstream_ended',
      1,
    ],
    ['none was under way', probeOf([a], []), 'cancel.upstream_ended', NONE],
    ['nobody hung up', probeOf([aCall({ step: 'early' })], [ending(a, 5_000)]), 'cancel.upstream_ended', NONE],
    ['how long it took', probeOf([a], [ending(a, 10_000)]), 'cancel.delay.p95', 10_000],
    [
      'none ended',
      probeOf([a], [ending(a, undefined)]),
      'cancel.delay.p95',
      'no upstream call ended behind its client; raise within',
    ],
    ['none began behind', probeOf([a], [ending(a, 10_000)]), 'cancel.late_calls', 0],
    [
      'one began behind',
      probeOf([a], [ending(a, 10_000), ending(a, 90_000, { received: micros(60_000) })]),
      'cancel.late_calls',
      1,
    ],
  ])('%s', (_name, run, subject, expected) => {
    const found = figure(run, subject);
    if (typeof expected === 'number') expect(found).toBeCloseTo(expected, -2);
    else expect(found).toBe(expected);
    if (subject === 'cancel.upstream_ended' && typeof expected === 'number') expect(found).toBe(expected);
  });

  it('measures nothing where no provider could be asked', () => {
    const { values } = readProbe({
      ...probeOf([a], undefined),
      skipped: [{ part: 'cancel', reason: 'nobody is there' }],
    });
    expect(Object.values(values)).toEqual(Array(3).fill({ kind: 'unmeasured', reason: 'nobody is there' }));
  });

  it('shows each phase apart, bad first', () => {
    const [c, d] = [aLeft(2, 'midstream'), aLeft(3, 'midstream')];
    const upstream = [
      ending(a, 10_000),
      ending(c, undefined),
      ending(d, 5_000),
      ending(d, 99_000, { received: micros(70_000) }),
    ];
    expect(readProbe(probeOf([a, c, d], upstream)).sights).toEqual([
      { kind: 'bad', text: '2 requests hung up on mid-stream: for 1 the upstream call went on', calls: [2] },
      { kind: 'bad', text: '1 upstream call began after the client had left', calls: [3] },
      {
        kind: 'good',
        text: '1 request hung up on before the first byte: every upstream call ended, the last 10 ms later',
        calls: [],
      },
    ]);
  });
});
