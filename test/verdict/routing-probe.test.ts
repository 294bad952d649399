import { describe, expect, it } from 'vitest';
import type { ProbeCall, ProbeSpec } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';

const SPEC: ProbeSpec = {
  kind: 'routing',
  requests: 100,
  shares: [
    { provider: 'primary', share: 0.6 },
    { provider: 'other', share: 0.4 },
  ],
  forbidden: { tenant: 'free', model: 'large' },
};

const FAILED = { kind: 'error', errorClass: 'gateway', detail: 'HTTP 500' } as const;
const USAGE = { prompt: 10, completion: 20 };

/** A hundred answers, 60 by `primary`; every third says that a dated form of the model wrote it. */
const asked = (count = 100, change: (index: number) => Partial<ProbeCall> = () => ({})): readonly ProbeCall[] =>
  Array.from({ length: count }, (_, id) =>
    aCall({
      id,
      step: 'ask',
      provider: id % 5 < 3 ? 'primary' : 'other',
      askedModel: 'gpt-4o-mini',
      model: id % 3 === 0 ? 'openai/gpt-4o-mini-2024-07-18' : 'gpt-4o-mini',
      usage: USAGE,
      ...change(id),
    }),
  );

const upstreamOf = (calls: readonly ProbeCall[], change: (index: number) => Partial<UpstreamCall> = () => ({})) =>
  calls.map((call) =>
    anUpstreamCall(call, { provider: call.id % 5 < 3 ? 'primary' : 'other', usage: USAGE, ...change(call.id) }),
  );

const read = (calls: readonly ProbeCall[], upstream?: readonly UpstreamCall[], spec: ProbeSpec = SPEC) =>
  readProbe(aProbeRun({ spec, calls, upstream }));
const badIn = (reading: ReturnType<typeof read>) =>
  reading.sights.flatMap(({ kind, text, calls }) => (kind === 'bad' ? [[text, calls]] : []));

describe('the reading of a routing probe', () => {
  it('of honest answers', () => {
    const calls = asked();
    const reading = read(calls, upstreamOf(calls));
    expect(reading.values).toMatchObject({
      'provider.share.primary': { value: 0.6, samples: 100 },
      'routing.max_deviation': { value: 0, unit: 'ratio', interval: [0, expect.closeTo(0.1, 1)] },
      'routing.p_value': { value: 1 },
      'routing.misattributed': { value: 0, samples: 100 },
      'routing.wrong_model': { value: 0, samples: 100 },
      'routing.wrong_usage': { value: 0, samples: 100 },
      'routing.forbidden_reached': {
        kind: 'unmeasured',
        reason: 'no request was sent; see why the probe ended before',
      },
    });
    expect(badIn(reading)).toEqual([]);
  });

  it.each<[string, (id: number) => Partial<ProbeCall>, (id: number) => Partial<UpstreamCall>, string, string]>([
    [
      'another provider named',
      (id) => (id === 7 ? { provider: 'primary' } : id === 8 ? { provider: 'primary' } : {}),
      () => ({}),
      'routing.misattributed',
      'named a provider that did not serve it',
    ],
    [
      'another model served',
      () => ({}),
      (id) => (id === 4 || id === 9 ? { model: 'large' } : {}),
      'routing.wrong_model',
      'came from another model',
    ],
    [
      'another model named',
      (id) => (id === 4 || id === 9 ? { model: 'large' } : {}),
      () => ({}),
      'routing.wrong_model',
      'came from another model',
    ],
    [
      'another usage',
      (id) => (id === 4 || id === 9 ? { usage: { prompt: 10, completion: 2 } } : {}),
      () => ({}),
      'routing.wrong_usage',
      'stated another usage',
    ],
  ])('of %s', (_, call, upstream, subject, text) => {
    const calls = asked(100, call);
    const reading = read(calls, upstreamOf(calls, upstream));
    const wrong = subject === 'routing.misattributed' ? [8] : [4, 9];
    expect(reading.values[subject]).toMatchObject({ value: wrong.length });
    expect(badIn(reading)).toEqual([[expect.stringContaining(text), wrong]]);
  });

  it('of shares: the first provider asked is the choice, not the one that stepped in', () => {
    const calls = asked();
    const failedOver = calls
      .filter(({ id }) => id % 5 < 3 && id < 50)
      .flatMap((call) => [
        anUpstreamCall(call, { provider: 'primary', status: 503 }),
        anUpstreamCall(call, { provider: 'other', received: micros(call.released + 5_000), usage: USAGE }),
      ]);
    const rest = upstreamOf(calls).filter(({ index }) => !(index % 5 < 3 && index < 50));
    const reading = read(calls, [...failedOver, ...rest]);
    expect(reading.values).toMatchObject({
      'provider.share.primary': { value: 0.6 },
      'routing.misattributed': { value: 30 },
    });
  });

  it.each<[string, readonly ProbeCall[], ProbeSpec, object]>([
    [
      'half and half',
      asked(100, (id) => ({ provider: id % 2 === 0 ? 'primary' : 'other' })),
      SPEC,
      {
        'routing.max_deviation': { value: expect.closeTo(0.1, 9) },
        'routing.p_value': { value: expect.closeTo(0.0412, 3) },
      },
    ],
    [
      'a provider without a weight',
      asked(100, (id) => (id < 10 ? { provider: 'third' } : {})),
      SPEC,
      { 'routing.p_value': { value: 0 } },
    ],
    [
      'other names',
      asked(100, () => ({ provider: 'openai' })),
      SPEC,
      {
        'routing.max_deviation': {
          kind: 'unmeasured',
          reason: 'none of the providers seen (openai) has a weight; name them alike',
        },
      },
    ],
    [
      'nameless answers',
      asked(100, () => ({ provider: undefined })),
      SPEC,
      {
        'routing.max_deviation': {
          kind: 'unmeasured',
          reason: 'it is not known who served a request; set gateway.dialect, or name the providers under providers:',
        },
      },
    ],
    [
      'no answers',
      asked(5, () => ({ outcome: { kind: 'throttled' } })),
      SPEC,
      { 'routing.max_deviation': { kind: 'unmeasured', reason: 'no request was answered; see why they fail' } },
    ],
    [
      'no weights',
      asked(),
      { ...SPEC, shares: [] } as ProbeSpec,
      { 'routing.p_value': { kind: 'unmeasured', reason: 'no weights are configured; give them under weights' } },
    ],
  ])('of %s, by the answers alone', (_, calls, spec, values) => {
    const reading = read(calls, undefined, spec);
    expect(reading.values).toMatchObject(values);
    expect(reading.values['routing.misattributed']).toMatchObject({ kind: 'unmeasured' });
  });

  it.each<[string, Partial<ProbeCall>, Partial<UpstreamCall> | undefined, number, number, string]>([
    ['refused', { status: 403 }, undefined, 0, 0, 'good'],
    ['answered by it', { status: 200 }, { model: 'large' }, 1, 1, 'bad'],
    ['refused after it was asked', { status: 403 }, { model: 'large' }, 1, 0, 'bad'],
    ['answered by a lesser model', { status: 200 }, { model: 'gpt-4o-mini' }, 0, 1, 'plain'],
    ['broken', { status: 500, outcome: FAILED }, undefined, 0, 1, 'bad'],
  ])('of a forbidden model that was %s', (_, call, upstream, reached, open, kind) => {
    const tried = aCall({ id: 0, step: 'forbidden', tenant: 'free', ...call });
    const { values, sights } = read([tried], upstream === undefined ? [] : [anUpstreamCall(tried, upstream)]);
    expect(values).toMatchObject({
      'routing.forbidden_reached': { value: reached, samples: 1 },
      'routing.forbidden_not_refused': { value: open, samples: 1 },
    });
    expect(sights.find(({ text }) => text.includes('for large'))?.kind).toBe(kind);
  });
});
