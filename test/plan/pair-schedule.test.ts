import { describe, expect, it } from 'vitest';
import { fromSeconds } from '../../src/model/units.ts';
import { createPairSchedule } from '../../src/plan/pair-schedule.ts';
import { createBlockGrid } from '../../src/plan/schedule.ts';
import { aLoad, anArrival, someUsers } from '../support/plan-builders.ts';

const scheduleOf = (loads: Parameters<typeof createPairSchedule>[0]['loads'], seed = 'seed', pairs = 30) =>
  createPairSchedule({ loads, pairs, seed });

const seconds = (segments: ReturnType<typeof scheduleOf>['segments']) =>
  segments.map(({ start, duration, loads }) => [
    start / 1_000_000,
    duration / 1_000_000,
    loads.map(({ load, offset }) => `${load.name} ${offset / 1_000_000}`).join(', '),
  ]);

describe('the pairs of one load', () => {
  it('are its warm-up in one piece, and blocks of one length as of any run', () => {
    const load = aLoad({ arrival: anArrival(10, 7), warmup: fromSeconds(5), blocks: 30 });
    const { segments, gridOf } = scheduleOf([load]);
    const [warmup, ...measured] = segments;
    expect(warmup).toMatchObject({ start: 0, duration: fromSeconds(5) });
    expect(measured).toHaveLength(30);
    const [grid, plain] = [gridOf(load), createBlockGrid(load)];
    expect(grid.count).toBe(30);
    for (const offset of [-1, 0, 1, 233_333, 233_334, 3_500_000, 6_999_999, 7_000_000, 9_000_000])
      expect([offset, grid.indexAt(offset)]).toEqual([offset, plain.indexAt(offset)]);
    for (let index = 0; index < 30; index++) {
      expect([grid.startOf(index), grid.durationOf(index)]).toEqual([plain.startOf(index), plain.durationOf(index)]);
      expect(measured[index]!.start).toBe(5_000_000 + plain.startOf(index));
    }
  });

  it('are one a step for an arrival in steps', () => {
    const load = aLoad({
      arrival: { kind: 'steps', from: 5, to: 15, by: 5, hold: fromSeconds(4) },
      warmup: fromSeconds(1),
    });
    const { segments, gridOf } = scheduleOf([load]);
    expect(seconds(segments)).toEqual([
      [0, 1, 'main 0'],
      [1, 4, 'main 1'],
      [5, 4, 'main 5'],
      [9, 4, 'main 9'],
    ]);
    expect([gridOf(load).count, gridOf(load).indexAt(4_000_000)]).toEqual([3, 1]);
  });

  it('begin as often with either side, in an order of the seed', () => {
    const firsts = (seed: string) => scheduleOf([aLoad()], seed).segments.map(({ first }) => first);
    for (const seed of ['a', 'b', 'c']) {
      const order = firsts(seed);
      for (let pair = 0; pair + 1 < order.length; pair += 2) expect(order[pair]).not.toBe(order[pair + 1]);
    }
    expect(firsts('a')).toEqual(firsts('a'));
    expect(firsts('a')).not.toEqual(firsts('b'));
  });
});

describe('the pairs of several loads', () => {
  const long = aLoad({ name: 'long', arrival: anArrival(10, 60) });
  const short = aLoad({ name: 'short', arrival: someUsers(5, [0, 0], 20), warmup: fromSeconds(10) });
  const behind = aLoad({ name: 'behind', arrival: anArrival(5, 15), after: 'short' });

  it('are cut where what runs changes, at least as many as wanted for each', () => {
    const loads = [long, short, behind];
    const { segments, gridOf } = scheduleOf(loads);
    expect(segments[0]).toMatchObject({ start: 0, duration: fromSeconds(2) });
    expect(segments.at(-1)!.start + segments.at(-1)!.duration).toBe(60_000_000);
    segments.slice(1).forEach((segment, index) => {
      expect(segment.start).toBe(segments[index]!.start + segments[index]!.duration);
    });
    // 10 s of long alone, 20 s of short, 15 s of behind, and long to its end.
    expect(loads.map((load) => gridOf(load).count)).toEqual([5 + 30 + 30 + 8, 30, 30]);
    const running = (at: number) =>
      segments.find(({ start, duration }) => at * 1_000_000 < start + duration)!.loads.map(({ load }) => load.name);
    expect([running(5), running(15), running(40), running(50)]).toEqual([
      ['long', 'short'],
      ['long', 'short'],
      ['long', 'behind'],
      ['long'],
    ]);
  });

  it('hold every moment of a load exactly once', () => {
    const { segments } = scheduleOf([long, short, behind]);
    for (const load of [long, short, behind]) {
      const parts = segments.flatMap(({ loads, duration }) =>
        loads.flatMap((part) => (part.load === load ? [[part.offset, part.offset + duration] as const] : [])),
      );
      expect(parts[0]![0]).toBe(0);
      expect(parts.slice(1).map(([from]) => from)).toEqual(parts.slice(0, -1).map(([, to]) => to));
    }
  });

  it('of no load at all are none', () => {
    expect(scheduleOf([]).segments).toEqual([]);
    expect(scheduleOf([aLoad({ arrival: anArrival(1, 0) })]).segments).toEqual([]);
  });
});
