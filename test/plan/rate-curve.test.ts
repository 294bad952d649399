import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaOf, createAreaInverse, type Leg, levelAt } from '../../src/plan/rate-curve.ts';

const leg = (from: number, to: number, seconds: number): Leg => ({ from, to, seconds });

describe('createAreaInverse', () => {
  it.each([
    ['a flat leg', [leg(2, 2, 5)], 4, 2],
    ['a leg from 0', [leg(0, 10, 10)], 12.5, 5],
    ['a leg to 0, at its very end', [leg(10, 0, 10)], 50, 10],
    ['a jump at the start', [leg(0, 4, 0), leg(4, 4, 1)], 0, 0],
    ['a sliver of area behind a leg without length', [leg(4, 4, 0), leg(4, 4, 1)], 4e-10, 1e-10],
    ['a pause, behind it', [leg(1, 1, 1), leg(0, 0, 9), leg(1, 1, 1)], 1.5, 10.5],
    [
      'the whole area, though the floats of its sum say a little more',
      [leg(0.1, 0.1, 1), leg(0.2, 0.2, 1)],
      0.1 + 0.2,
      2,
    ],
    ['past the whole area', [leg(1, 1, 1)], 1.01, undefined],
    ['no legs', [], 0, undefined],
  ])('%s', (_, legs, area, expected) => {
    expect(createAreaInverse(legs)(area)).toEqual(expected);
  });

  it('inverts the area of any leg', () => {
    const level = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e4, noNaN: true }));
    const share = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000);
    fc.assert(
      fc.property(level, level, fc.double({ min: 1e-3, max: 3_600, noNaN: true }), share, (from, to, seconds, part) => {
        const whole = leg(from, to, seconds);
        const area = areaOf(whole) * part;
        const reached = createAreaInverse([whole])(area)!;
        expect(reached >= 0 && reached <= seconds).toBe(true);
        const until = from * reached + ((to - from) * reached * reached) / (2 * seconds);
        expect(Math.abs(until - area)).toBeLessThanOrEqual(1e-9 * Math.max(1, areaOf(whole)));
      }),
    );
  });
});

describe('levelAt', () => {
  const legs = [leg(0, 10, 10), leg(20, 20, 5)];

  it.each([
    [-1, undefined],
    [0, 0],
    [5, 5],
    [10, 20],
    [14.9, 20],
    [15, undefined],
  ])('at %d s: %d', (seconds, expected) => {
    expect(levelAt(legs, seconds)).toBe(expected);
  });
});
