import { describe, expect, it } from 'vitest';
import { compareWithTruth, type MeasuredRequest, spreadOf, stalledTruth } from '../../bench/engine/error-statistics.ts';
import { createTape, readTape, writeToTape } from '../../bench/engine/tape.ts';
import { answeredRate, readTruthLog, type TrueRequest } from '../../bench/engine/truth-log.ts';

const measured = (id: number, parts: Partial<MeasuredRequest> = {}): MeasuredRequest => ({
  id,
  intended: 1_000,
  released: 1_100,
  written: 1_200,
  end: 3_500,
  firstContent: Number.NaN,
  ok: true,
  gaps: [],
  ...parts,
});

const known = (id: number, parts: Partial<TrueRequest> = {}): TrueRequest => ({
  id,
  received: 1_250,
  first: 3_250,
  last: 3_250,
  tokens: [],
  ...parts,
});

describe('the engine beside the truth', () => {
  it('takes the server’s time from ours, request by request', () => {
    const result = compareWithTruth([measured(2), measured(1, { end: 4_000 })], [known(1), known(2)]);
    expect(result.response).toEqual({ count: 2, p50: 400, p95: 900, p99: 900, max: 900 });
    expect(result.service?.p50).toBe(300);
    expect(result.lag?.max).toBe(100);
    expect(result.truth?.max).toBe(2_000);
    expect([result.unmatched, result.miscounted]).toEqual([0, 0]);
  });

  it('compares first token and gaps of a stream', () => {
    const stream = measured(1, { firstContent: 3_300, gaps: [90, 130] });
    const truth = known(1, { first: 3_250, last: 3_450, tokens: [3_250, 3_350, 3_450] });
    const result = compareWithTruth([stream], [truth]);
    expect(result.ttft?.max).toBe(200);
    expect(result.gap).toMatchObject({ count: 2, p50: 10, max: 30 });
    expect(result.tokens).toBe(3);
  });

  it.each<[string, MeasuredRequest, TrueRequest[], { unmatched: number; miscounted: number }]>([
    ['the server does not know', measured(7), [known(1)], { unmatched: 1, miscounted: 0 }],
    ['did not end ok', measured(1, { ok: false }), [known(1)], { unmatched: 1, miscounted: 0 }],
    ['lost a token', measured(1), [known(1, { tokens: [1, 2] })], { unmatched: 0, miscounted: 1 }],
  ])('counts a request that %s', (_, ours, truth, expected) =>
    expect(compareWithTruth([ours], truth)).toMatchObject(expected),
  );
});

describe('a stall', () => {
  it('delays every arrival whose answer falls into it, to its end', () => {
    // Arrivals every 10 ms, answers after 20: those of 10 to 100 ms fall into 30 … 130 ms.
    const stall = { at: 30_000, length: 100_000 };
    expect(stalledTruth({ rate: 100, count: 20, delay: 20_000, stall })).toEqual({
      count: 20,
      p50: 20_000,
      p95: 110_000,
      p99: 120_000,
      max: 120_000,
    });
  });

  it('changes nothing that is over before it', () => {
    const stall = { at: 1_000_000, length: 1_000_000 };
    expect(stalledTruth({ rate: 100, count: 10, delay: 20_000, stall })?.max).toBe(20_000);
  });
});

it('the spread of nothing is undefined', () => expect(spreadOf([])).toBeUndefined());

describe('the tape', () => {
  it('gives back what was written', () => {
    const tape = new Float64Array(createTape(2, 3));
    const requests = [measured(1), measured(2, { ok: false, firstContent: 9, gaps: [1, 2, 3] })];
    for (const request of requests) writeToTape(tape, request);
    expect(readTape(tape)).toEqual(requests);
  });

  it('is never shorter in silence', () => {
    const tape = new Float64Array(createTape(1, 0));
    for (const id of [1, 2]) writeToTape(tape, measured(id));
    expect(() => readTape(tape)).toThrow('1 requests found no room');
  });
});

describe('the log of the server', () => {
  const log = BigInt64Array.from([1n, 2n, 5n, 1_000_500n, 2_000_000n, 3_000_000n, 2n, 0n, 2_000_000n, 3_000_000n]);
  const bytes = new Uint8Array(log.buffer);

  it('is read in µs', () => {
    expect(readTruthLog(bytes)).toEqual([
      { id: 5, received: 1_000.5, first: 2_000, last: 3_000, tokens: [2_000, 3_000] },
    ]);
  });

  it.each([[0], [8], [72]])('is refused when cut to %i bytes', (length) =>
    expect(() => readTruthLog(bytes.subarray(0, length))).toThrow('log of the truth server'),
  );

  it('gives the rate from the end of the warm-up on', () => {
    const steady = Array.from({ length: 400 }, (_, i) => known(i, { received: i * 10_000, last: i * 10_000 + 1_000 }));
    expect(answeredRate(steady, 1_000_000, 2_000_000)).toBeCloseTo(100, 6);
    // The tool went on for 3 s only: what it did is divided by the time in which it did it.
    expect(answeredRate(steady, 1_000_000, 9_000_000)).toBeCloseTo(100, 0);
    expect(answeredRate(steady, 9_000_000, 1_000_000)).toBeUndefined();
    expect(answeredRate([], 0, 1)).toBeUndefined();
  });
});
