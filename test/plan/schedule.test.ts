import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrival, Stage } from '../../src/model/arrival.ts';
import type { LoadPlan } from '../../src/model/plan.ts';
import { fromMillis, fromSeconds, type Micros, micros } from '../../src/model/units.ts';
import {
  arrivalDuration,
  blockOf,
  createBlockGrid,
  createSchedule,
  expectedRequests,
  isOpen,
  type OpenArrival,
  stepRates,
  usersAt,
} from '../../src/plan/schedule.ts';

const constant = (rate: number, seconds: number, process: 'uniform' | 'poisson' = 'uniform'): OpenArrival => ({
  kind: 'constant-rate',
  rate,
  process,
  duration: fromSeconds(seconds),
});

const ramp = (...stages: [to: number, seconds: number][]): OpenArrival => ({
  kind: 'ramping-rate',
  process: 'uniform',
  stages: stages.map(([to, seconds]): Stage => ({ to, over: fromSeconds(seconds) })),
});

const steps = (from: number, to: number, by: number, seconds: number): OpenArrival => ({
  kind: 'steps',
  from,
  to,
  by,
  hold: fromSeconds(seconds),
});

const offsets = (arrival: OpenArrival, warmupSeconds = 0, seed = 'seed'): Micros[] => {
  const schedule = createSchedule({ arrival, warmup: fromSeconds(warmupSeconds), seed });
  const all: Micros[] = [];
  for (let next = schedule.next(); next !== undefined; next = schedule.next()) all.push(next);
  expect(schedule.next()).toBeUndefined();
  return all;
};

const inMillis = (all: readonly Micros[]): number[] => all.map((offset) => offset / 1_000);

describe('createSchedule, uniform', () => {
  it.each([
    ['a constant rate, each arrival in the middle of its share', constant(5, 1), 0, [100, 300, 500, 700, 900]],
    ['a warm-up at the same rate', constant(2, 1), 1, [250, 750, 1250, 1750]],
    ['a step up', steps(2, 4, 2, 1), 0, [250, 750, 1125, 1375, 1625, 1875]],
    ['a warm-up at the first step', steps(2, 4, 2, 1), 1, [250, 750, 1250, 1750, 2125, 2375, 2625, 2875]],
    ['a rate below one a second', constant(0.5, 4), 0, [1000, 3000]],
    ['half an arrival, which is rounded up and still lies before the end', constant(0.5, 1), 0, [999.999]],
    ['a jump to a level', ramp([4, 0], [4, 1]), 0, [125, 375, 625, 875]],
    ['a pause', ramp([2, 0], [2, 1], [0, 0], [0, 10], [2, 0], [2, 1]), 0, [250, 750, 11250, 11750]],
    ['nothing at rate 0', constant(0, 10), 5, []],
  ])('%s', (_, arrival, warmup, expected) => {
    expect(inMillis(offsets(arrival, warmup))).toEqual(expected);
  });

  it('a ramp from 0: arrival i where rate·t/2 = i + ½, that is t = √(2(i + ½)/slope)', () => {
    // 0 to 10/s over 10 s: slope 1/s², 50 arrivals.
    const all = offsets(ramp([10, 10]));
    expect(all).toEqual(Array.from({ length: 50 }, (_, i) => Math.round(Math.sqrt(2 * (i + 0.5)) * 1_000_000)));
  });

  it('a ramp from 0 warms up at half of what its first stage with load leads to', () => {
    expect(offsets(ramp([10, 10]), 4).filter((offset) => offset < 4_000_000)).toHaveLength(20);
    expect(offsets(ramp([0, 5], [8, 2]), 3).filter((offset) => offset < 3_000_000)).toHaveLength(12);
  });

  it('a ramp down to 0 is the ramp up, mirrored', () => {
    const up = offsets(ramp([20, 10]));
    const down = offsets(ramp([20, 0], [0, 10]));
    const mirrored = up.map((offset) => 10_000_000 - offset).reverse();
    down.forEach((offset, index) => {
      expect(Math.abs(offset - mirrored[index]!)).toBeLessThanOrEqual(1);
    });
  });

  const anyOpen = fc.oneof(
    fc.record({
      kind: fc.constant('constant-rate' as const),
      rate: fc.double({ min: 0.1, max: 300, noNaN: true }),
      process: fc.constant('uniform' as const),
      duration: fc.integer({ min: 1_000, max: 20_000 }).map(fromMillis),
    }),
    fc.record({
      kind: fc.constant('ramping-rate' as const),
      process: fc.constant('uniform' as const),
      stages: fc.array(
        fc.record({
          to: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 300, noNaN: true })),
          over: fc.oneof(fc.constant(micros(0)), fc.integer({ min: 1, max: 8_000 }).map(fromMillis)),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
    fc.record({
      kind: fc.constant('steps' as const),
      from: fc.integer({ min: 1, max: 50 }),
      to: fc.integer({ min: 50, max: 100 }),
      by: fc.integer({ min: 5, max: 60 }),
      hold: fc.integer({ min: 100, max: 3_000 }).map(fromMillis),
    }),
  );

  /** The rate curve of the measured phase as [seconds, from, to], written down anew. */
  const curveOf = (arrival: OpenArrival): [number, number, number][] => {
    if (arrival.kind === 'constant-rate') return [[arrival.duration / 1e6, arrival.rate, arrival.rate]];
    if (arrival.kind === 'steps') return stepRates(arrival).map((rate) => [arrival.hold / 1e6, rate, rate]);
    return arrival.stages.map(({ to, over }, index) => [over / 1e6, arrival.stages[index - 1]?.to ?? 0, to]);
  };

  const areaUntil = (curve: [number, number, number][], seconds: number): number => {
    let [area, before] = [0, 0];
    for (const [length, from, to] of curve) {
      const within = Math.min(Math.max(seconds - before, 0), length);
      if (length > 0) area += from * within + ((to - from) * within * within) / (2 * length);
      before += length;
    }
    return area;
  };

  it('has as many arrivals as the area under its rate, each where the area says, in order and before the end', () => {
    fc.assert(
      fc.property(anyOpen, (arrival) => {
        const all = offsets(arrival);
        const end = arrivalDuration(arrival);
        const curve = curveOf(arrival);
        const peak = Math.max(...curve.flatMap(([, from, to]) => [from, to]));
        expect(Math.abs(all.length - areaUntil(curve, end / 1e6))).toBeLessThanOrEqual(0.5 + 1e-6);
        expect(createSchedule({ arrival, warmup: micros(0), seed: '' }).total).toBe(all.length);
        all.forEach((offset, index) => {
          expect(Number.isSafeInteger(offset) && offset >= (all[index - 1] ?? 0) && offset < end).toBe(true);
          // Whole µs: off by at most half of one (one at the very end), at the peak's rate.
          expect(Math.abs(areaUntil(curve, offset / 1e6) - (index + 0.5))).toBeLessThan(peak * 1.1e-6 + 1e-6);
        });
      }),
    );
  });

  it('does not drift: the millionth arrival of an awkward rate is where it belongs', () => {
    const schedule = createSchedule({ arrival: constant(3_333, 301), warmup: micros(0), seed: '' });
    let [count, last] = [0, 0];
    for (let next = schedule.next(); next !== undefined; next = schedule.next()) [count, last] = [count + 1, next];
    expect(count).toBe(1_003_233);
    expect(schedule.total).toBe(count);
    expect(last).toBe(Math.round(((count - 0.5) / 3_333) * 1e6));
  });
});

describe('createSchedule, Poisson', () => {
  it('is the same for the same seed and unlike for another', () => {
    const of = (seed: string) => offsets(constant(50, 10, 'poisson'), 2, seed);
    expect(of('a')).toEqual(of('a'));
    expect(of('a')).not.toEqual(of('b'));
    expect(of('a').slice(0, 3)).toMatchInlineSnapshot(`
      [
        22573,
        36370,
        39665,
      ]
    `);
  });

  it('has exponential gaps: mean 1/rate, as large a deviation, and 1 − 1/e of them below the mean', () => {
    const all = offsets(constant(1_000, 100, 'poisson'));
    const gaps = all.map((offset, index) => offset - (all[index - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.abs(mean / 1_000 - 1)).toBeLessThan(0.015);
    expect(Math.abs(Math.sqrt(variance) / mean - 1)).toBeLessThan(0.02);
    expect(Math.abs(gaps.filter((gap) => gap < mean).length / gaps.length - (1 - 1 / Math.E))).toBeLessThan(0.008);
  });

  it('has Poisson counts: over many seeds their mean and variance are both the area', () => {
    const counts = Array.from({ length: 2_000 }, (_, seed) => offsets(constant(20, 5, 'poisson'), 0, `${seed}`).length);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(Math.abs(mean - 100)).toBeLessThan(1);
    expect(Math.abs(variance - 100)).toBeLessThan(13);
  });

  it('follows a ramp: three quarters of the arrivals of a ramp from 0 lie in its second half', () => {
    const all = offsets({ kind: 'ramping-rate', process: 'poisson', stages: [{ to: 1_000, over: fromSeconds(40) }] });
    expect(Math.abs(all.length / 20_000 - 1)).toBeLessThan(0.03);
    expect(Math.abs(all.filter((offset) => offset >= 20_000_000).length / all.length - 0.75)).toBeLessThan(0.015);
  });

  it('keeps its order and its end', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 3_000 }), (seed, rate) => {
        const all = offsets(constant(rate, 0.5, 'poisson'), 0.25, seed);
        expect(all.every((offset, index) => offset >= (all[index - 1] ?? 0) && offset < 750_000)).toBe(true);
      }),
    );
  });

  it('says its mean as its total', () => {
    expect(createSchedule({ arrival: constant(20, 5, 'poisson'), warmup: fromSeconds(1), seed: '' })).toMatchObject({
      total: 120,
      end: 6_000_000,
    });
  });
});

describe('stepRates', () => {
  it.each([
    [steps(10, 50, 10, 5), [10, 20, 30, 40, 50]],
    [steps(10, 45, 10, 5), [10, 20, 30, 40]],
    [steps(10, 10, 5, 5), [10]],
    [steps(1, 3, 0.5, 5), [1, 1.5, 2, 2.5, 3]],
  ])('%j', (arrival, expected) => {
    expect(stepRates(arrival as Extract<Arrival, { kind: 'steps' }>)).toEqual(expected);
  });

  it('does not lose the last step to rounding', () => {
    expect(stepRates({ kind: 'steps', from: 0.1, to: 0.3, by: 0.1, hold: micros(1) })).toHaveLength(3);
  });
});

describe('closed arrivals', () => {
  const think = { min: fromSeconds(1), max: fromSeconds(3) };
  const users = { kind: 'constant-users', users: 25, think, duration: fromSeconds(30) } as const;
  const ramping = {
    kind: 'ramping-users',
    think,
    stages: [
      { to: 10, over: fromSeconds(10) },
      { to: 10, over: fromSeconds(5) },
      { to: 0, over: fromSeconds(10) },
    ],
  } as const;

  it.each([
    [users, -1, 25],
    [users, 0, 25],
    [users, 29.999, 25],
    [users, 30, 0],
    [ramping, -1, 5],
    [ramping, 0, 0],
    [ramping, 0.6, 1],
    [ramping, 5, 5],
    [ramping, 12, 10],
    [ramping, 20, 5],
    [ramping, 25, 0],
  ])('%j at %d s has %i users', (arrival, seconds, expected) => {
    expect(usersAt(arrival, fromSeconds(seconds))).toBe(expected);
  });

  it('tells the two kinds apart, and how long each lasts', () => {
    expect([users, ramping, constant(1, 9), ramp([1, 2], [3, 4]), steps(1, 3, 1, 5)].map(isOpen)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect([users, ramping, constant(1, 9), ramp([1, 2], [3, 4]), steps(1, 3, 1, 5)].map(arrivalDuration)).toEqual(
      [30, 25, 9, 6, 15].map(fromSeconds),
    );
  });

  it.each<[string, Arrival, number, number, number | undefined]>([
    ['a constant rate', constant(20, 30), 5, 0, 700],
    ['a Poisson process, its mean', constant(20, 30, 'poisson'), 5, 0, 700],
    ['steps', steps(10, 30, 10, 5), 0, 0, 300],
    ['users that are answered at once', users, 5, 0, 438],
    ['users that wait for answers', users, 5, 0.5, 350],
    ['a ramp of users', ramping, 0, 0, 75],
    [
      'users without a pause or an answer time',
      { ...users, think: { min: micros(0), max: micros(0) } },
      0,
      0,
      undefined,
    ],
  ])('expectedRequests of %s', (_, arrival, warmup, latency, expected) => {
    expect(expectedRequests(arrival, fromSeconds(warmup), fromSeconds(latency))).toBe(expected);
  });
});

describe('blocks', () => {
  const load = (arrival: Arrival, blocks: number): LoadPlan => ({
    name: 'load',
    arrival,
    warmup: micros(0),
    after: undefined,
    blocks,
    members: [],
  });

  it.each([
    [-2_000_000, -1],
    [-1, -1],
    [0, 0],
    [749_999, 0],
    [750_000, 1],
    [29_999_999, 39],
    [30_000_000, 39],
    [99_000_000, 39],
  ])('offset %i of 30 s in 40 blocks lies in block %i', (offset, expected) => {
    expect(blockOf(offset, fromSeconds(30), 40)).toBe(expected);
  });

  it('a step is a block, whatever the load says', () => {
    const grid = createBlockGrid(load(steps(10, 30, 10, 5), 40));
    expect(grid.count).toBe(3);
    expect([0, 4_999_999, 5_000_000, 14_999_999].map(grid.indexAt)).toEqual([0, 0, 1, 2]);
    expect([0, 1, 2].map(grid.startOf)).toEqual([0, 5_000_000, 10_000_000]);
  });

  it('blocks follow each other without a gap, and agree with indexAt at their edges', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 4_000_000_000 }),
        fc.integer({ min: 1, max: 100 }),
        (length, blocks) => {
          const duration = micros(length);
          const grid = createBlockGrid(load({ kind: 'constant-rate', rate: 1, process: 'uniform', duration }, blocks));
          let end = 0;
          for (let index = 0; index < grid.count; index += 1) {
            expect(grid.startOf(index)).toBe(end);
            expect(grid.indexAt(end)).toBe(index);
            end += grid.durationOf(index);
            expect(grid.indexAt(end - 1)).toBe(index);
            expect(Math.abs(grid.durationOf(index) - length / blocks)).toBeLessThan(1);
          }
          expect(end).toBe(length);
        },
      ),
    );
  });
});
