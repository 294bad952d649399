import { describe, expect, it } from 'vitest';
import { micros } from '../../../src/model/units.ts';
import { columnsOf, providersOf, timelineOf } from '../../../src/report/page/timeline.ts';
import { buildBlock } from '../../support/build-run.ts';

const blocks = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    buildBlock(index, {
      ms: { latency: [10 + index], lag: [0.1] },
      counts: { throttled: 1, errors: { timeout: 1, auth: 1 }, dropped: { bound: 3 } },
    }),
  );

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

describe('columnsOf', () => {
  it.each([
    [0, 0],
    [1, 1],
    [60, 60],
    [61, 31],
    [400, 58],
  ])('makes of %i blocks %i columns', (count, columns) => {
    expect(columnsOf(blocks(count))).toHaveLength(columns);
  });

  it('counts blocks that are missing as time that passed', () => {
    const sparse = blocks(120).filter(({ index }) => index < 2 || index > 117);
    expect(columnsOf(sparse).map(({ index }) => index)).toEqual([0, 59]);
  });
});

describe('timelineOf', () => {
  it('of nothing is nothing', () => {
    expect(timelineOf([])).toBeUndefined();
  });

  it('loses no request when blocks become columns', () => {
    const timeline = timelineOf(columnsOf(blocks(130)))!;
    expect([timeline.ok, timeline.throttled, timeline.errors, timeline.dropped].map(sum)).toEqual([130, 130, 260, 390]);
    expect(sum(timeline.heat!.counts)).toBe(130);
    expect(timeline.heat!.counts).toHaveLength(timeline.start.length * timeline.heat!.rows);
    expect(sum(timeline.seconds)).toBeCloseTo(130);
  });

  it('knows how much of a column was measured, where the other side of a comparison lies between', () => {
    const paired = blocks(120).map((block) => ({ ...block, start: micros(2 * block.start) }));
    const { seconds, measured } = timelineOf(columnsOf(paired))!;
    expect([seconds[0], measured[0]]).toEqual([3, 2]);
  });

  it('has nothing where nothing succeeded', () => {
    const timeline = timelineOf(columnsOf([buildBlock(0, { counts: { errors: { timeout: 4 } } })]))!;
    expect([timeline.p50, timeline.lag, timeline.heat]).toEqual([[null], [null], undefined]);
  });
});

describe('providersOf', () => {
  const answered = (providers: Record<string, number>) => buildBlock(0, { counts: { providers } });

  it('of one provider is nothing: there is nothing to share', () => {
    expect(providersOf([answered({ openai: 4 })])).toBeUndefined();
  });

  it('puts the most frequent first, and names from outside are only names', () => {
    const found = providersOf([answered({ a: 1, constructor: 5 }), answered({ a: 2 })]);
    expect(found).toEqual({
      names: ['constructor', 'a'],
      counts: [
        [5, 0],
        [1, 2],
      ],
    });
  });

  it('adds up those that are too many for a colour', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`p${index}`, 10 - index]));
    const { names, counts } = providersOf([answered(many)])!;
    expect(names.at(-1)).toBe('3 others');
    expect(sum(counts.flat())).toBe(sum(Object.values(many)));
  });
});
