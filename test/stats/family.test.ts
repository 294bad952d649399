import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, holm, uncorrected } from '../../src/stats/family.ts';

const testsOf = (pValues: readonly number[]) => pValues.map((p) => (level: number) => p <= level);

describe('holm', () => {
  // By hand: the i-th smallest p-value is compared with level/(m − i + 1), until one is above.
  const rows: readonly (readonly [p: readonly number[], level: number, rejected: readonly boolean[]])[] = [
    [[], 0.05, []],
    [[0.04], 0.05, [true]],
    [[0.01, 0.04, 0.03, 0.005], 0.05, [true, false, false, true]],
    [[0.01, 0.02, 0.022, 0.005], 0.05, [true, true, true, true]],
    [[0.02, 0.02, 0.02], 0.05, [false, false, false]],
  ];
  it.each(rows)('p = %j at %d → %j', (p, level, rejected) => {
    expect(holm(testsOf(p), level)).toEqual(rejected);
  });

  it('is the textbook step-down over sorted p-values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.1, noNaN: true }), { maxLength: 12 }), (p) => {
        const order = p.map((_, i) => i).toSorted((a, b) => p[a]! - p[b]!);
        const expected = p.map(() => false);
        for (const [rank, i] of order.entries()) {
          if (p[i]! > 0.05 / (p.length - rank)) break;
          expected[i] = true;
        }
        expect(holm(testsOf(p), 0.05)).toEqual(expected);
      }),
    );
  });
});

describe('uncorrected', () => {
  it('takes every test at the full level', () => {
    expect(uncorrected(testsOf([0.04, 0.06, 0.05]), 0.05)).toEqual([true, false, true]);
  });
});

describe('benjaminiHochberg', () => {
  const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34];
  // scipy.stats.false_discovery_control(p) <= level   (SciPy 1.17.1: 0.015, 0.06, 0.126 three times, 0.15, 0.1586, 0.2946 …)
  const rows: readonly (readonly [level: number, rejected: number])[] = [
    [0.01, 0],
    [0.05, 1],
    [0.06, 2],
    [0.13, 5],
    [0.155, 6],
    [0.3, 14],
  ];
  it.each(rows)('at %d rejects the %d smallest', (level, rejected) => {
    expect(benjaminiHochberg(testsOf(p), level)).toEqual(p.map((_, i) => i < rejected));
  });

  it('of no test is nothing', () => {
    expect(benjaminiHochberg([], 0.05)).toEqual([]);
  });

  it('rejects all that Holm does', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.1, noNaN: true }), { maxLength: 12 }), (values) => {
        const strict = holm(testsOf(values), 0.05);
        benjaminiHochberg(testsOf(values), 0.05).forEach((rejected, i) => {
          if (strict[i]) expect(rejected).toBe(true);
        });
      }),
    );
  });
});
