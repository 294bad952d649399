import { describe, expect, it } from 'vitest';
import type { ProbeCall } from '../../src/model/probe.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { aCall, aProbeRun } from '../support/probe-builders.ts';

const REJECTED = {
  status: 429,
  throttled: true,
  outcome: { kind: 'error', errorClass: 'rate_limited', detail: '' },
} as const;

/** So many calls of a step that take as many ms as are given, one after the other and round again. */
const calls = (step: string, count: number, milliseconds: readonly number[], more: Partial<ProbeCall> = {}) =>
  Array.from({ length: count }, (_, index) => {
    const released = index * 50_000;
    const end = released + milliseconds[index % milliseconds.length]! * 1_000;
    return aCall({ step, released: micros(released), written: micros(released), end: micros(end), ...more });
  });

const read = (...parts: readonly (readonly ProbeCall[])[]) =>
  readProbe(
    aProbeRun({
      spec: { kind: 'neighbour', rate: 20, noise: 60, duration: fromSeconds(4) },
      calls: parts.flat().map((call, id) => ({ ...call, id })),
    }),
  );

const ALONE = calls('alone', 80, [90, 100, 110]);
const NOISE = [...calls('noise', 30, [100]), ...calls('noise', 70, [2], REJECTED)];

describe('the reading of a neighbour probe', () => {
  it('of a tenant that is left alone', () => {
    const { values, sights, times } = read(ALONE, NOISE, calls('beside', 80, [90, 100, 110]));
    expect(values).toMatchObject({
      'neighbour.success': { value: 1, unit: 'ratio', samples: 80, interval: [expect.closeTo(0.955, 2), 1] },
      'neighbour.p95': { value: expect.closeTo(110_000, -3), samples: 80 },
      'neighbour.slowdown': { value: 1, unit: 'count', samples: 80 },
      'neighbour.noise_throttled': { value: 0.7, samples: 100 },
    });
    expect(times.latency).toHaveLength(80);
    expect(sights.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'good: Beside the noise 100 % of 80 requests of the quiet tenant succeeded, alone 100 %',
      'good: Its p95 was 110 ms beside the noise, 1 times as long as alone',
      'plain: 70 of 100 requests of the noisy tenant were throttled',
    ]);
  });

  it('of one that is slowed down: an interval around the ratio, and what is wrong first', () => {
    const { values, sights } = read(ALONE, NOISE, calls('beside', 80, [250, 300, 330]));
    expect(values['neighbour.slowdown']).toMatchObject({ value: expect.closeTo(3, 1) });
    const slowdown = values['neighbour.slowdown'];
    const [low, high] = slowdown?.kind === 'measured' ? slowdown.interval! : [0, 0];
    expect([low > 2, low < 3.01, high > 2.99, high < 4]).toEqual([true, true, true, true]);
    expect(sights[0]).toMatchObject({ kind: 'bad', text: expect.stringContaining('3 times as long as alone') });
  });

  it('of one that is rejected with the noise: its calls are the evidence', () => {
    const beside = [...calls('beside', 60, [100]), ...calls('beside', 20, [2], REJECTED)];
    const { values, sights } = read(ALONE, NOISE, beside);
    expect(values['neighbour.success']).toMatchObject({ value: 0.75 });
    expect(sights[0]).toEqual({
      kind: 'bad',
      text: 'Beside the noise 75 % of 80 requests of the quiet tenant succeeded, alone 100 %; failed: 20 with status 429',
      calls: [240, 241, 242],
    });
  });

  it('of one that may be slower: too few requests for an interval', () => {
    const { sights } = read(calls('alone', 10, [100]), NOISE, calls('beside', 10, [300]));
    expect(sights[0]).toMatchObject({ kind: 'unknown', text: expect.stringContaining('3 times as long as alone') });
  });

  it('of one none of whose requests succeeded', () => {
    const { values } = read(ALONE, NOISE, calls('beside', 5, [2], REJECTED));
    const reason = 'no request of the quiet tenant succeeded';
    expect(values).toMatchObject({
      'neighbour.success': { value: 0 },
      'neighbour.p95': { kind: 'unmeasured', reason },
      'neighbour.slowdown': { kind: 'unmeasured', reason },
    });
  });

  it.each([
    ['embeddings', 'the embeddings endpoint'],
    ['custom', 'the noisy endpoint'],
  ] as const)('between endpoints (%s): the noise need not be throttled', (noiseEndpoint, noisy) => {
    const spec = { kind: 'neighbour', rate: 20, noise: 60, duration: fromSeconds(4), noiseEndpoint } as const;
    const facts = [...ALONE, ...calls('noise', 100, [100]), ...calls('beside', 80, [90, 100, 110])];
    const { values, sights } = readProbe(aProbeRun({ spec, calls: facts.map((call, id) => ({ ...call, id })) }));
    expect(values).toMatchObject({
      'neighbour.success': { value: 1 },
      'neighbour.slowdown': { value: 1 },
      'neighbour.noise_throttled': { value: 0, samples: 100 },
    });
    expect(sights.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'good: Beside the noise 100 % of 80 requests of the quiet endpoint succeeded, alone 100 %',
      'good: Its p95 was 110 ms beside the noise, 1 times as long as alone',
      `plain: 0 of 100 requests of ${noisy} were throttled`,
    ]);
  });

  it.each([
    ['without rejected noise', [ALONE, calls('noise', 9, [100]), calls('beside', 80, [100])], 'by 9 requests'],
    ['cut short before the noise', [ALONE], 'nothing was sent beside the noise; see why the probe ended before'],
  ])('%s says nothing', (_, parts, reason) => {
    const { values, times } = read(...parts);
    expect(values['neighbour.success']).toMatchObject({ kind: 'unmeasured', reason: expect.stringContaining(reason) });
    expect(times).toEqual({});
  });
});
