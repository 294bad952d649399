import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import { createMix } from '../../src/plan/mix.ts';

const members = (...weights: number[]) => weights.map((weight, index) => ({ scenario: `s${index}`, weight }));

const countsOf = (picks: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(picks)].sort().map((name) => [name, picks.filter((pick) => pick === name).length]));

const take = (count: number, pick: () => string): string[] => Array.from({ length: count }, pick);

describe('createMix', () => {
  it.each([
    [[1], 5, { s0: 5 }],
    [[3, 1], 400, { s0: 300, s1: 100 }],
    [[4, 2], 6, { s0: 4, s1: 2 }],
    [[0.5, 1.5], 4, { s0: 1, s1: 3 }],
    [[0.333, 0.667], 1_000, { s0: 333, s1: 667 }],
    [[1, 0, 1], 10, { s0: 5, s2: 5 }],
    [[1, 0.00001], 1_001, { s0: 1_000, s1: 1 }],
  ])('weights %j over %i requests are %j', (weights, count, expected) => {
    expect(countsOf(take(count, createMix(members(...weights), 'seed')))).toEqual(expected);
  });

  it('is exact in every cycle', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.string(),
        (weights, seed) => {
          const pick = createMix(members(...weights), seed);
          const cycle = weights.reduce((sum, weight) => sum + weight, 0);
          const expected = Object.fromEntries(weights.map((weight, index) => [`s${index}`, weight]));
          for (let round = 0; round < 3; round += 1) expect(countsOf(take(cycle, pick))).toEqual(expected);
        },
      ),
    );
  });

  it('is the same for the same seed, unlike for another, and shuffled anew each cycle', () => {
    const picks = (seed: string) => take(40, createMix(members(5, 5), seed)).join('');
    expect(picks('a')).toBe(picks('a'));
    expect(picks('a')).not.toBe(picks('b'));
    expect(picks('a').slice(0, 20)).not.toBe(picks('a').slice(20, 40));
  });

  it('reaches every order: the shuffle is fair', () => {
    const pick = createMix(members(1, 1, 1), 'orders');
    const orders = countsOf(Array.from({ length: 6_000 }, () => take(3, pick).join('')));
    expect(Object.keys(orders)).toHaveLength(6);
    for (const count of Object.values(orders)) expect(Math.abs(count - 1_000)).toBeLessThan(130);
  });

  it.each([[[]], [[0, 0]]])('refuses weights that pick nobody: %j', (weights) => {
    expect(() => createMix(members(...weights), 'seed')).toThrow(GateError);
  });
});
