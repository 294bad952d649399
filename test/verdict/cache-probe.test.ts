import { describe, expect, it } from 'vitest';
import type { ProbeCall, ProbeRun, ProbeSpec } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import { readCacheProbe } from '../../src/verdict/cache-probe.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';

const SPEC: ProbeSpec = {
  kind: 'cache',
  prompts: 2,
  crowd: 3,
  settle: micros(2_000_000),
  ttl: micros(1_000_000),
  changes: ['model'],
  otherModel: undefined,
  bypass: [],
};

type Sent = Partial<ProbeCall> & { readonly step: string; readonly group: number };

/** One call after another, 100 ms apart; calls of a group have its nonce. `crowd` is released together. */
const callsOf = (sent: readonly Sent[]): readonly ProbeCall[] =>
  sent.map((each, id) =>
    aCall({
      id,
      nonce: `0${String(each.group).padStart(17, '0')}`,
      ...(each.step === 'crowd' ? {} : { released: micros(id * 100_000) }),
      ...each,
    }),
  );

const probeOf = (sent: readonly Sent[], overrides: Partial<ProbeRun> = {}) => {
  const { values, sights, times } = readCacheProbe(aProbeRun({ spec: SPEC, calls: callsOf(sent), ...overrides }));
  const value = (name: string) => {
    const found = values[`cache.${name}`]!;
    return found.kind === 'measured' ? found.value : found.reason;
  };
  return { value, values, times, bad: sights.filter(({ kind }) => kind === 'bad') };
};

const prime = (group: number, more: Partial<ProbeCall> = {}): Sent => ({
  step: 'prime',
  group,
  cache: 'miss',
  ...more,
});
const repeat = (group: number, more: Partial<ProbeCall> = {}): Sent => ({
  step: 'repeat',
  group,
  cache: 'hit',
  ...more,
});
const change = (group: number, more: Partial<ProbeCall> = {}): Sent => ({
  step: 'change',
  group,
  cache: 'miss',
  variant: 'changed model',
  ...more,
});
const FAILED = { status: 503, outcome: { kind: 'error', errorClass: 'upstream', detail: '' } } as const;

describe('what a cache probe found', () => {
  it('of repeats: the share that hit, with its exact interval, and the times of both', () => {
    const { values, times, bad } = probeOf([prime(1), prime(2), repeat(1), repeat(2, { cache: 'miss' })]);
    const found = values['cache.hit_rate'];
    expect(found).toMatchObject({ kind: 'measured', value: 0.5, unit: 'ratio', samples: 2 });
    // Clopper–Pearson of 1 in 2.
    expect(found?.kind === 'measured' && found.interval?.map((end) => Number(end.toFixed(4)))).toEqual([
      0.0126, 0.9874,
    ]);
    expect(times).toEqual({ miss: [50_000, 50_000], hit: [50_000] });
    expect(bad).toEqual([]);
  });

  it.each<[string, readonly Sent[], Readonly<Record<string, unknown>>]>([
    [
      'a first request that failed makes no repeat due',
      [prime(1, FAILED), repeat(1)],
      { hit_rate: 'no prompt was answered twice; see why requests fail' },
    ],
    ['a repeat that failed is no miss', [prime(1), prime(2), repeat(1), repeat(2, FAILED)], { hit_rate: 1 }],
    [
      'no repeat hit',
      [prime(1), repeat(1, { cache: 'bypass' })],
      { hit_rate: 0, changed_hits: 'no repeat came from the cache; check that caching is on' },
    ],
    ['a new prompt that hits', [prime(1), prime(2, { cache: 'hit' }), repeat(1)], { false_hits: 1 }],
    ['a changed repeat that hits', [prime(1), repeat(1), change(1, { cache: 'hit' })], { false_hits: 1 }],
    [
      'a changed repeat whose answer fails its checks',
      [prime(1), repeat(1), change(1, { cache: 'hit', outcome: { kind: 'error', errorClass: 'check', detail: '' } })],
      { false_hits: 1 },
    ],
    ['a changed repeat that is refused', [prime(1), repeat(1), change(1, { status: 404 })], { false_hits: 0 }],
    [
      'a changed repeat of what the cache never held',
      [prime(1), repeat(1, { cache: 'miss' }), change(1, { cache: 'hit' })],
      { false_hits: expect.stringMatching(/no repeat came/) },
    ],
    [
      'an answer with the nonce of another prompt',
      [prime(1), repeat(1, { echoes: ['000000000000000002'] })],
      { false_hits: 1 },
    ],
    [
      'an answer with its own nonce as well',
      [prime(1), repeat(1, { echoes: ['000000000000000002', '000000000000000001'] })],
      { false_hits: 0 },
    ],
    ['a hit with other content', [prime(1), repeat(1, { content: 'other' })], { changed_hits: 1 }],
    ['a stale hit', [prime(1), repeat(1), { step: 'expired', group: 9, cache: 'hit' }], { stale_hits: 1 }],
    [
      'a fresh answer after the time to live',
      [prime(1), repeat(1), { step: 'expired', group: 9, cache: 'miss' }],
      { stale_hits: 0 },
    ],
    ['nothing expired', [prime(1), repeat(1)], { stale_hits: 'no expired prompt was answered; see why requests fail' }],
    [
      'nobody to tell hits',
      [prime(1, { cache: undefined }), repeat(1, { cache: undefined })],
      {
        hit_rate: expect.stringMatching(/does not say/),
        false_hits: expect.stringMatching(/does not say/),
        wrong_status: expect.stringMatching(/no simulated/),
      },
    ],
    [
      'nothing at all',
      [],
      {
        hit_rate: expect.any(String),
        false_hits: expect.any(String),
        amplification: 'no crowd was released; see why the probe ended before',
        cached_errors: expect.any(String),
      },
    ],
  ])('%s', (_, sent, expected) => {
    const { value, bad } = probeOf(sent);
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, value(name)]))).toEqual(expected);
    const broken = Object.entries(expected).filter(([name, found]) => name !== 'hit_rate' && found === 1).length;
    expect(bad.length).toBeGreaterThanOrEqual(broken);
  });

  it('says of a change what stood in its way', () => {
    const { sights } = readCacheProbe(
      aProbeRun({ spec: SPEC, calls: callsOf([prime(1), repeat(1), change(1, { status: 404 })]) }),
    );
    expect(sights).toContainEqual({
      kind: 'unknown',
      text: 'nothing is known of a changed model: status 404',
      calls: [2],
    });
  });

  const crowd = (more: Partial<ProbeCall> = {}): Sent => ({ step: 'crowd', group: 7, cache: 'miss', ...more });
  it.each<[string, readonly Sent[], unknown]>([
    ['misses', [crowd(), crowd({ cache: 'hit' }), crowd()], 2],
    [
      'unlike answers, without a status',
      [crowd({ cache: undefined, content: 'a' }), crowd({ cache: undefined, content: 'b' })],
      2,
    ],
    [
      'like answers, without a status',
      [crowd({ cache: undefined }), crowd({ cache: undefined })],
      expect.stringMatching(/^neither/),
    ],
    ['the worst of two crowds', [crowd(), crowd({ cache: 'hit' }), crowd({ group: 8 }), crowd({ group: 8 })], 2],
    [
      'a crowd that was not together',
      [crowd({ end: micros(10) }), crowd({ written: micros(20) })],
      expect.stringMatching(/answered before/),
    ],
  ])('counts in a crowd: %s', (_, sent, expected) => {
    expect(probeOf(sent).value('amplification')).toEqual(expected);
  });
});

describe('the word of simulated providers', () => {
  const seen = (sent: readonly Sent[], ids: readonly number[], more: Partial<UpstreamCall> = {}) => {
    const calls = callsOf(sent);
    return probeOf(sent, { upstream: ids.map((id, index) => anUpstreamCall(calls[id]!, { index, ...more })) });
  };

  it('counts instead of that of the gateway, whose lies are told', () => {
    const { value, bad } = seen([prime(1), repeat(1), prime(2), repeat(2, { cache: 'hit' })], [0, 2, 3]);
    expect([value('hit_rate'), value('wrong_status')]).toEqual([0.5, 1]);
    expect(bad).toMatchObject([{ calls: [3] }]);
  });

  it('counts for nothing where they do not see every cold request', () => {
    const { value } = seen([prime(1), repeat(1), prime(2), repeat(2)], [0]);
    expect([value('hit_rate'), value('wrong_status')]).toEqual([1, expect.stringMatching(/no simulated/)]);
  });

  it('does not take a later call for the same prompt as one of this request', () => {
    const { value } = seen([prime(1), repeat(1), change(1)], [0, 2]);
    expect([value('hit_rate'), value('false_hits')]).toEqual([1, 0]);
  });

  it('does not take a refresh behind the answer for where that came from', () => {
    const sent = [prime(1), repeat(1), { step: 'expired', group: 1, cache: 'hit' } as const];
    const [first, , stale] = callsOf(sent);
    const refresh = (firstByte: number) => anUpstreamCall(stale!, { index: 1, firstByte: micros(firstByte) });
    const value = (upstream: UpstreamCall) => probeOf(sent, { upstream: [anUpstreamCall(first!), upstream] }).value;
    expect(['stale_hits', 'wrong_status'].map(value(refresh(stale!.end + 1)))).toEqual([1, 0]);
    expect(value(refresh(stale!.end))('stale_hits')).toBe(0);
  });

  it('in a crowd is their number of calls, those apart that they failed themselves', () => {
    const crowd: readonly Sent[] = [prime(1), { step: 'crowd', group: 7 }, { step: 'crowd', group: 7 }];
    expect(seen(crowd, [0, 1, 2]).value('amplification')).toBe(2);
    const calls = callsOf(crowd);
    const upstream = [0, 1, 2].map((id) => anUpstreamCall(calls[id]!, { index: id, status: id === 1 ? 503 : 200 }));
    expect(probeOf(crowd, { upstream }).value('amplification')).toBe(1);
  });

  const errors = (more: Partial<ProbeCall>, healed: Partial<ProbeCall> = {}): readonly Sent[] => [
    prime(1),
    { step: 'fail', group: 5, ...FAILED },
    { step: 'healed', group: 6, ...healed },
    { step: 'again', group: 5, ...more },
  ];
  it.each<[string, readonly Sent[], readonly number[], unknown]>([
    ['an error that comes again without a call', errors(FAILED), [0, 1, 2], 1],
    ['an error that comes again with a call', errors(FAILED), [0, 1, 2, 3], 0],
    ['an answer', errors({}), [0, 1, 2, 3], 0],
    ['a gateway that keeps off its providers', errors(FAILED, FAILED), [0, 1], expect.stringMatching(/did not use/)],
    [
      'a gateway with other providers',
      [prime(1), { step: 'fail', group: 5 }, { step: 'again', group: 5 }],
      [0],
      expect.stringMatching(/although every/),
    ],
    ['no repeat', [prime(1)], [0], 'no failed request was repeated; see what the probe left out'],
  ])('of errors: %s', (_, sent, ids, expected) => {
    expect(seen(sent, ids).value('cached_errors')).toEqual(expected);
  });
});
