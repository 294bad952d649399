import { describe, expect, it } from 'vitest';
import type { ProbeCall, ProbeRun } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import type { UpstreamCall } from '../../src/model/upstream.ts';
import { readProbe } from '../../src/verdict/read-probe.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';

/** A stream of 5 events, 10 ms apart, whose first came after 40 ms; at its provider after 30. */
const aStream = (id: number, overrides: Partial<ProbeCall> = {}): ProbeCall =>
  aCall({
    id,
    step: 'stream',
    firstContent: micros(40_000),
    end: micros(82_000),
    contentEvents: 5,
    gaps: [10_000, 10_000, 10_000, 10_000],
    usage: { prompt: 1, completion: 5 },
    ...overrides,
  });
const served = (call: ProbeCall, overrides: Partial<UpstreamCall> = {}): UpstreamCall =>
  anUpstreamCall(call, {
    stream: true,
    received: micros(1_000),
    firstContent: micros(31_000),
    end: micros(71_000),
    content: call.content,
    contentLength: call.contentLength,
    ...overrides,
  });

const probeOf = (
  calls: readonly ProbeCall[],
  upstream?: readonly UpstreamCall[],
  more: Partial<ProbeRun> = {},
): ProbeRun => aProbeRun({ spec: { kind: 'stream', requests: calls.length }, calls, upstream, ...more });

const figure = (run: ProbeRun, subject: string) => {
  const value = readProbe(run).values[subject];
  return value?.kind === 'measured' ? value.value : value?.reason;
};

const BROKEN = { kind: 'error', errorClass: 'truncated', detail: 'ended without [DONE]' } as const;
const NOT_KNOWN = 'no simulated provider tells what it sent; name one under providers: behind the gateway';

describe('readStream', () => {
  const plain = aStream(0);
  const pair = (overrides: Partial<ProbeCall>, upstream: Partial<UpstreamCall> = {}): ProbeRun => {
    const call = aStream(1, overrides);
    return probeOf([plain, call], [served(plain), served(call, upstream)]);
  };
  it.each<[string, ProbeRun, string, number | string]>([
    ['a whole stream', pair({}), 'stream.truncated', 0],
    ['a stream without its end', pair({ outcome: BROKEN }), 'stream.truncated', 1],
    [
      'one that ends although the provider wrote more',
      pair({ contentLength: 20, content: 'x' }, { contentLength: 40, content: 'y' }),
      'stream.truncated',
      1,
    ],
    [
      'which is then not another text',
      pair({ contentLength: 20, content: 'x' }, { contentLength: 40, content: 'y' }),
      'stream.altered',
      0,
    ],
    ['one that never began is none', pair({ status: 503, outcome: BROKEN }), 'stream.truncated', 0],
    [
      'no stream at all',
      probeOf([aStream(0, { status: 500 })]),
      'stream.truncated',
      'no stream was answered with status 200; see why they fail',
    ],
    ['the same text', pair({}), 'stream.altered', 0],
    ['another text', pair({}, { content: 'f'.repeat(16) }), 'stream.altered', 1],
    ['another text of one that broke off', pair({ outcome: BROKEN }, { content: 'f'.repeat(16) }), 'stream.altered', 0],
    ['a text that nobody knows', probeOf([plain]), 'stream.altered', NOT_KNOWN],
    ['two that may have served it', probeOf([plain], [served(plain), served(plain)]), 'stream.altered', NOT_KNOWN],
    ['usage', pair({}), 'stream.usage_missing', 0],
    ['no usage', pair({ usage: undefined }), 'stream.usage_missing', 1],
    ['events apart', pair({}), 'stream.burst_share', 0],
    ['events together', pair({ gaps: [0, 4_999, 0, 5_000] }), 'stream.burst_share', 3 / 8],
    [
      'one event a stream',
      probeOf([aStream(0, { gaps: [] })]),
      'stream.burst_share',
      'no stream had two events with content; ask for longer answers',
    ],
    [
      'a provider that bursts by itself',
      probeOf([plain], [served(plain, { end: micros(32_000) })]),
      'stream.burst_share',
      'the providers sent their tokens 250 µs apart, which looks like a burst by itself; use providers that take longer for a token',
    ],
    [
      'a generator that saw nothing in time',
      { ...pair({}), lateness: { p50: micros(6_000), p95: micros(7_000), p99: micros(8_000), max: micros(9_000) } },
      'stream.burst_share',
      "the generator's own event loop was late by 6 ms half of the time; use a quieter machine",
    ],
    ['passed on as it comes', pair({}), 'stream.buffered', 0],
    ['held back to its end', pair({ firstContent: micros(80_000) }), 'stream.buffered', 1],
    [
      'held back, or seen late by the generator itself',
      {
        ...pair({ firstContent: micros(80_000) }),
        lateness: { p50: micros(0), p95: micros(0), p99: micros(0), max: micros(50_000) },
      },
      'stream.buffered',
      0,
    ],
    [
      'held back by a provider',
      pair({ firstContent: micros(80_000) }, { firstContent: micros(60_000) }),
      'stream.buffered',
      0,
    ],
    [
      'only slow providers',
      probeOf([plain], [served(plain, { firstContent: micros(60_000) })]),
      'stream.buffered',
      'the providers took most of the time until their first token; ask for longer answers',
    ],
    ['without providers', probeOf([plain]), 'stream.buffered', NOT_KNOWN],
    [
      'time to first token beyond the provider',
      pair({ firstContent: micros(140_000) }),
      'stream.added_ttft.p95',
      110_000,
    ],
    [
      'which is not that of a failed attempt',
      probeOf([plain], [served(plain, { status: 503 }), served(plain)]),
      'stream.added_ttft.p95',
      NOT_KNOWN,
    ],
  ])('%s', (_name, run, subject, expected) => {
    const found = figure(run, subject);
    if (typeof expected === 'number' && expected > 1_000)
      expect(Math.abs(Number(found) - expected)).toBeLessThan(expected / 500);
    else expect(found).toBe(expected);
  });

  it('has times of the streams that succeeded', () => {
    const { times } = readProbe(probeOf([plain, aStream(1, { outcome: BROKEN })]));
    expect(times).toEqual({ latency: [82_000], ttft: [40_000], itl: [10_000, 10_000, 10_000, 10_000] });
  });

  it('counts the gaps of one stream as depending on each other', () => {
    const streams = Array.from({ length: 20 }, (_, id) => aStream(id, { gaps: Array(20).fill(id < 5 ? 0 : 10_000) }));
    const value = readProbe(probeOf(streams)).values['stream.burst_share'];
    if (value?.kind !== 'measured') throw new Error('unmeasured');
    expect(value).toMatchObject({ value: 0.25, samples: 400 });
    // 5 of 20, not 100 of 400, which would be 21 % to 30 %.
    expect(value.interval![0]).toBeLessThan(0.15);
    expect(value.interval![1]).toBeGreaterThan(0.4);
  });

  it('shows what was bad first, with the streams to look at', () => {
    const broken = [1, 2, 3, 4].map((id) => aStream(id, { outcome: BROKEN }));
    const failed = aStream(5, { status: 502, outcome: { kind: 'error', errorClass: 'upstream', detail: 'bad' } });
    expect(
      readProbe(
        probeOf(
          [plain, ...broken, failed],
          [plain, ...broken].map((call) => served(call)),
        ),
      ).sights,
    ).toEqual([
      { kind: 'bad', text: '4 of 5 streams broke off before their end', calls: [1, 2, 3] },
      { kind: 'good', text: '0 of 1 stream had another text than the provider sent', calls: [] },
      { kind: 'good', text: "0 of 5 streams were held back to their end, while the provider's flowed", calls: [] },
      { kind: 'good', text: '0 % of 4 events came in a burst, less than 5 ms behind the one before', calls: [] },
      { kind: 'plain', text: '1 request got no stream', calls: [5] },
      { kind: 'plain', text: 'the first token came at most 10 ms later than it left the provider', calls: [] },
    ]);
  });
});
