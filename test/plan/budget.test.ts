import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import type { Bounds } from '../../src/model/plan.ts';
import { fromSeconds, micros, ratio } from '../../src/model/units.ts';
import { Breaker, Budget } from '../../src/plan/budget.ts';

const bounds = (overrides: Partial<Bounds> = {}): Bounds => ({
  requests: 100,
  duration: fromSeconds(60),
  concurrency: 10,
  tokens: undefined,
  abort: undefined,
  ...overrides,
});

const at = micros;
const send = { kind: 'send' };
const wait = { kind: 'wait' };
const drop = (bound: string) => ({ kind: 'drop', bound });

describe('Budget', () => {
  it('admits `requests`, and not one more', () => {
    const budget = new Budget(bounds({ requests: 2 }));
    expect(budget.admit(at(0), 0)).toEqual(send);
    budget.finish(0, 0);
    expect(budget.canStill(at(0))).toBe(true);
    expect(budget.admit(at(0), 0)).toEqual(send);
    expect(budget.canStill(at(0))).toBe(false);
    expect(budget.admit(at(0), 0)).toEqual(drop('requests'));
  });

  it('makes the one that is too many at once wait', () => {
    const budget = new Budget(bounds({ concurrency: 1 }));
    expect(budget.admit(at(0), 0)).toEqual(send);
    expect(budget.admit(at(1), 0)).toEqual(wait);
    budget.finish(0, 0);
    expect(budget.admit(at(2), 0)).toEqual(send);
    expect(budget.used).toEqual({ requests: 2, duration: 2, concurrency: 1, tokens: 0 });
  });

  it('starts the duration at the first request, not before, and ends it exactly', () => {
    const budget = new Budget(bounds({ duration: at(1_000) }));
    expect(budget.startedAt).toBeUndefined();
    expect(budget.used.duration).toBe(0);
    expect(budget.canStill(at(5_000_000))).toBe(true);
    expect(budget.admit(at(5_000_000), 0)).toEqual(send);
    expect(budget.startedAt).toBe(5_000_000);
    expect(budget.admit(at(5_000_999), 0)).toEqual(send);
    expect(budget.canStill(at(5_001_000))).toBe(false);
    expect(budget.admit(at(5_001_000), 0)).toEqual(drop('duration'));
  });

  it('reserves tokens for what is in flight, and gives back what was not used', () => {
    const budget = new Budget(bounds({ tokens: 100 }));
    expect(budget.admit(at(0), 60)).toEqual(send);
    expect(budget.admit(at(0), 60)).toEqual(wait);
    budget.finish(30, 60);
    expect(budget.admit(at(0), 60)).toEqual(send);
    budget.finish(undefined, 60);
    expect(budget.used.tokens).toBe(90);
    expect(budget.admit(at(0), 11)).toEqual(drop('tokens'));
    expect(budget.admit(at(0), 10)).toEqual(send);
    budget.finish(10, 10);
    expect(budget.canStill(at(0))).toBe(false);
  });

  it('drops at once what could not fit even when all that is in flight cost nothing', () => {
    const budget = new Budget(bounds({ tokens: 100 }));
    budget.admit(at(0), 10);
    expect(budget.admit(at(0), 101)).toEqual(drop('tokens'));
  });

  it('books what a request really cost, even beyond what it reserved', () => {
    const budget = new Budget(bounds({ tokens: 100 }));
    budget.admit(at(0), 10);
    budget.finish(150, 10);
    expect(budget.used.tokens).toBe(150);
    expect(budget.canStill(at(0))).toBe(false);
  });

  it('refuses a finish without a request in flight', () => {
    expect(() => new Budget(bounds()).finish(0, 0)).toThrow(GateError);
  });

  it('holds every bound in any order of events, and never refuses what it could admit', () => {
    const event = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('admit' as const), after: fc.nat(40), worst: fc.nat(30) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('finish' as const),
          part: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
      },
    );
    const anyBounds = fc.record({
      requests: fc.integer({ min: 1, max: 30 }),
      duration: fc.integer({ min: 1, max: 600 }).map(micros),
      concurrency: fc.integer({ min: 1, max: 5 }),
      tokens: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
      abort: fc.constant(undefined),
    });
    fc.assert(
      fc.property(anyBounds, fc.array(event, { maxLength: 120 }), (limits, events) => {
        const budget = new Budget(limits);
        const inFlight: number[] = [];
        let [now, admitted, spent] = [1_000, 0, 0];
        let first: number | undefined;
        for (const each of events) {
          if (each.kind === 'finish') {
            const reserved = inFlight.shift();
            if (reserved === undefined) continue;
            const actual = Math.floor(reserved * each.part);
            spent += actual;
            budget.finish(actual, reserved);
          } else {
            now += each.after;
            const reserved = inFlight.reduce((sum, tokens) => sum + tokens, 0);
            const room = limits.tokens ?? Number.POSITIVE_INFINITY;
            const fits =
              admitted < limits.requests &&
              inFlight.length < limits.concurrency &&
              (first === undefined || now - first < limits.duration) &&
              spent + reserved + each.worst <= room;
            const admission = budget.admit(micros(now), each.worst);
            expect(admission.kind === 'send').toBe(fits);
            // Nobody waits for nothing, and a drop is final.
            if (admission.kind === 'wait') expect(inFlight.length).toBeGreaterThan(0);
            if (admission.kind === 'drop' && admission.bound === 'tokens')
              expect(spent + each.worst).toBeGreaterThan(room);
            if (admission.kind === 'send') {
              first ??= now;
              admitted += 1;
              inFlight.push(each.worst);
            }
          }
          expect(budget.inFlight).toBe(inFlight.length);
          expect(budget.used).toMatchObject({ requests: admitted, tokens: spent });
          expect(budget.used.concurrency).toBeLessThanOrEqual(limits.concurrency);
          expect(spent).toBeLessThanOrEqual(limits.tokens ?? Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('Breaker', () => {
  const abort = { errorRate: ratio(0.5), over: fromSeconds(5) };
  const seconds = fromSeconds;

  /** One request every 100 ms for a time; `isError` by the request's number. */
  const feed = (
    breaker: Breaker,
    options: { from: number; until: number; isError: (index: number) => boolean },
  ): void => {
    for (let tenth = options.from * 10; tenth < options.until * 10; tenth += 1)
      breaker.record(seconds(tenth / 10), options.isError(tenth));
  };

  it('trips when everything fails for the whole window, and not a moment earlier', () => {
    const breaker = new Breaker(abort);
    feed(breaker, { from: 0, until: 5, isError: () => true });
    expect(breaker.tripped(micros(4_999_999))).toBeUndefined();
    expect(breaker.tripped(seconds(5))).toBe(
      '50 of 50 requests failed in the last 5s, which is at or above the limit of 50%',
    );
  });

  it.each([
    ['at the limit', (index: number) => index % 2 === 0, true],
    ['below the limit', (index: number) => index % 5 < 2, false],
    ['without errors', () => false, false],
  ])('%s', (_, isError, expected) => {
    const breaker = new Breaker(abort);
    feed(breaker, { from: 0, until: 6, isError });
    expect(breaker.tripped(seconds(6)) !== undefined).toBe(expected);
  });

  it('forgets what lies before the window', () => {
    const breaker = new Breaker(abort);
    feed(breaker, { from: 0, until: 4, isError: () => true });
    feed(breaker, { from: 4, until: 12, isError: () => false });
    expect(breaker.tripped(seconds(12))).toBeUndefined();
    feed(breaker, { from: 12, until: 15, isError: () => true });
    expect(breaker.tripped(seconds(15))).toBe(
      '30 of 50 requests failed in the last 5s, which is at or above the limit of 50%',
    );
  });

  it('stays tripped', () => {
    const breaker = new Breaker(abort);
    feed(breaker, { from: 0, until: 5, isError: () => true });
    const reason = breaker.tripped(seconds(5));
    feed(breaker, { from: 5, until: 20, isError: () => false });
    expect(breaker.tripped(seconds(20))).toBe(reason);
  });

  it('waits for ten finished requests', () => {
    const breaker = new Breaker(abort);
    for (let index = 0; index < 9; index += 1) breaker.record(seconds(index / 2), true);
    expect(breaker.tripped(seconds(5))).toBeUndefined();
    breaker.record(seconds(4.9), true);
    expect(breaker.tripped(seconds(5))).toBeDefined();
  });

  it('never trips without a rule or without a request', () => {
    const breaker = new Breaker(undefined);
    feed(breaker, { from: 0, until: 10, isError: () => true });
    expect(breaker.tripped(seconds(10))).toBeUndefined();
    expect(new Breaker(abort).tripped(seconds(100))).toBeUndefined();
  });
});
