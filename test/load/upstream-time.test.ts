import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallSpan, gatewayTime } from '../../src/load/upstream-time.ts';
import { micros } from '../../src/model/units.ts';

/** Times in µs; a call is [received, first content, end], undefined for what did not happen. */
type Call = readonly [received: number, firstContent: number | undefined, end: number | undefined];

const time = (value: number | undefined) => (value === undefined ? undefined : micros(value));

const spans = (calls: readonly Call[]): CallSpan[] =>
  calls.map(([received, firstContent, end]) => ({
    received: micros(received),
    firstContent: time(firstContent),
    end: time(end),
  }));

const timesOf = (calls: readonly Call[], firstContent: number | undefined = undefined) =>
  gatewayTime({ released: micros(1_000), end: micros(2_000), firstContent: time(firstContent) }, spans(calls));

describe('gatewayTime', () => {
  // A request from 1000 to 2000.
  it.each<[string, readonly Call[], number]>([
    ['no call: all of it is the gateway’s', [], 1_000],
    ['one call', [[1_100, 1_800, 1_900]], 200],
    [
      'a failed attempt and another: the pause between them is the gateway’s',
      [
        [1_100, undefined, 1_200],
        [1_500, 1_700, 1_900],
      ],
      500,
    ],
    [
      'two at the same time are not counted twice',
      [
        [1_100, 1_700, 1_700],
        [1_400, 1_900, 1_900],
      ],
      200,
    ],
    [
      'one inside another, told in another order',
      [
        [1_400, 1_500, 1_600],
        [1_100, 1_900, 1_900],
      ],
      200,
    ],
    ['an end that is noted after the client had it', [[1_100, 1_800, 2_050]], 100],
    ['a start before the release, on a clock that differs a little', [[990, 1_800, 1_900]], 100],
    ['a call that goes on', [[1_100, 1_200, undefined]], 100],
    [
      'a call after the answer, behind one before it',
      [
        [1_100, 1_900, 1_900],
        [2_100, 2_200, 2_300],
      ],
      200,
    ],
  ])('%s', (_, calls, overhead) => {
    expect(timesOf(calls).overhead).toBe(overhead);
  });

  it.each<[string, readonly Call[], number | undefined, number | undefined]>([
    ['no stream', [[1_100, 1_300, 1_900]], undefined, undefined],
    ['one call', [[1_100, 1_300, 1_900]], 1_400, 200],
    [
      'that of the call that delivered it: a failed attempt before it is the gateway’s doing',
      [
        [1_100, undefined, 1_200],
        [1_210, 1_410, 1_900],
      ],
      1_450,
      250,
    ],
    [
      'the later of two with content, when the client’s began after both',
      [
        [1_100, 1_200, 1_300],
        [1_310, 1_410, 1_900],
      ],
      1_450,
      350,
    ],
    [
      'the earlier, when the later began after the client’s',
      [
        [1_100, 1_200, 1_300],
        [1_310, 1_410, 1_900],
      ],
      1_250,
      150,
    ],
    ['never negative', [[1_010, 1_310, 1_900]], 1_310, 10],
    ['no content at the provider before the client’s', [[1_100, 1_500, 1_900]], 1_400, undefined],
    ['no call', [], 1_400, undefined],
  ])('time to first token: %s', (_, calls, firstContent, added) => {
    expect(timesOf(calls, firstContent).ttftOverhead).toBe(added);
  });

  it('is what remains when every microsecond is looked at by itself', () => {
    const call = fc.tuple(fc.integer({ min: 900, max: 2_100 }), fc.integer({ min: 0, max: 900 }));
    fc.assert(
      fc.property(fc.array(call, { maxLength: 6 }), (drawn) => {
        const calls = drawn.map(([received, length]) => [received, undefined, received + length] as const);
        let free = 0;
        for (let at = 1_000; at < 2_000; at += 1)
          if (!calls.some(([received, , end]) => received <= at && at < end)) free += 1;
        expect(timesOf(calls).overhead).toBe(free);
      }),
    );
  });
});
