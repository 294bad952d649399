import { describe, expect, it } from 'vitest';
import { micros } from '../../src/model/units.ts';
import { countOf } from '../../src/stats/histogram.ts';
import {
  addCounts,
  blocksOf,
  droppedOf,
  endedOf,
  errorsOf,
  NO_COUNTS,
  numberAt,
  partsOf,
  pooled,
  requestsOf,
  totalCounts,
} from '../../src/stats/measurement.ts';
import { buildBlock, countsOf, histogramOfMs } from '../support/build-run.ts';

const busy = countsOf({
  ok: 5,
  throttled: 2,
  errors: { timeout: 1, auth: 3 },
  dropped: { bound: 4, connection: 1 },
  status: { 200: 5, 429: 2 },
  providers: { openai: 3, constructor: 2 },
  models: { 'gpt-4o': 1 },
  cache: { hit: 2, miss: 3 },
  tokens: { prompt: 10, completion: 20, estimated: 1 },
  good: 4,
});

describe('counts', () => {
  it('add up field by field, names from outside included', () => {
    const hostile = countsOf({ providers: JSON.parse('{"__proto__": 7, "constructor": 1}') });
    const both = addCounts([busy, hostile, countsOf({ ok: 1, errors: { auth: 1 } })]);
    expect(both).toMatchObject({ ok: 6, errors: { timeout: 1, auth: 4 }, cache: { hit: 2, miss: 3 }, good: 4 });
    expect(Object.entries(both.providers)).toEqual([
      ['openai', 3],
      ['constructor', 3],
      ['__proto__', 7],
    ]);
    expect(both.tokens).toEqual(busy.tokens);
  });

  it('of nothing are all zero', () => {
    expect(addCounts([])).toEqual(NO_COUNTS);
    expect(totalCounts([])).toEqual(NO_COUNTS);
  });

  it('tell ended from dropped', () => {
    expect([errorsOf(busy), endedOf(busy), droppedOf(busy), requestsOf(busy)]).toEqual([4, 11, 5, 16]);
  });

  it('have nothing under a name that every object inherits', () => {
    expect(numberAt({}, 'constructor')).toBe(0);
    expect(numberAt(busy.providers, 'constructor')).toBe(2);
  });
});

describe('blocksOf', () => {
  const free = [buildBlock(0, { ms: { latency: [1, 2] } }), buildBlock(2, { ms: { latency: [3], ttft: [1] } })];
  const pro = [buildBlock(2, { ms: { latency: [4] } }), buildBlock(1, { ms: { latency: [5] } })];
  const slices = [
    { tenant: 'free', blocks: free },
    { tenant: 'pro', blocks: pro },
  ];

  it('of a tenant are its own', () => {
    expect(blocksOf(slices, 'free')).toBe(free);
    expect(blocksOf(slices, 'nobody')).toEqual([]);
  });

  it('of all tenants are added by index, in order', () => {
    const blocks = blocksOf(slices, undefined);
    expect(blocks.map((block) => block.index)).toEqual([0, 1, 2]);
    expect(blocks.map((block) => block.counts.ok)).toEqual([2, 1, 2]);
    expect(blocks[2]!.histograms).toEqual({ latency: histogramOfMs([3, 4]), ttft: histogramOfMs([1]) });
  });

  it('of parts that are not equally long span all of them', () => {
    const short = { ...buildBlock(3), start: micros(3_200_000), duration: micros(100_000) };
    const merged = blocksOf(
      [
        { tenant: 'a', blocks: [buildBlock(3)] },
        { tenant: 'b', blocks: [short] },
      ],
      undefined,
    );
    expect(merged).toMatchObject([{ start: 3_000_000, duration: 1_000_000 }]);
  });

  it('of no slice are none', () => {
    expect(blocksOf([], undefined)).toEqual([]);
  });

  it('hold together what their parts hold', () => {
    for (const tenant of [undefined, 'free', 'nobody'])
      for (const metric of ['latency', 'ttft'] as const)
        expect(pooled(partsOf(slices, tenant), metric)).toEqual(pooled(blocksOf(slices, tenant), metric));
    expect(partsOf(slices, undefined)).toEqual([...free, ...pro]);
  });
});

describe('pooled', () => {
  it('has the values of all blocks, and is empty for a metric that none has', () => {
    const blocks = [buildBlock(0, { ms: { latency: [1, 2] } }), buildBlock(1), buildBlock(2, { ms: { latency: [2] } })];
    expect(pooled(blocks, 'latency')).toEqual(histogramOfMs([1, 2, 2]));
    expect(countOf(pooled(blocks, 'ttft'))).toBe(0);
  });
});
