import { describe, expect, it } from 'vitest';
import { estimateMean, halfWidth } from '../../src/stats/mean-interval.ts';
import { detectableDifference, pairsNeeded, timesAsMuch } from '../../src/stats/power.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

describe('detectableDifference', () => {
  // (t.ppf(.99,39)+t.ppf(.8,39))*.25/sqrt(40), (t.ppf(.995,19)+t.ppf(.9,19))*1/sqrt(20)   (SciPy 1.17.1)
  it('is the sum of both t times the error', () => {
    expect(detectableDifference({ spread: 0.25, pairs: 40 }, { confidence: 0.99 })).toBeCloseTo(0.1295259612608337, 9);
    expect(detectableDifference({ spread: 1, pairs: 20 }, { confidence: 0.995, power: 0.9 })).toBeCloseTo(
      0.9366134790265275,
      9,
    );
    expect(detectableDifference({ spread: 1, pairs: 1 }, { confidence: 0.99 })).toBe(Number.POSITIVE_INFINITY);
  });

  it('is found four times in five', () => {
    const normal = normalFrom(seeded(4));
    const difference = detectableDifference({ spread: 1, pairs: 20 }, { confidence: 0.99 });
    const found = Array.from({ length: 2_000 }, () => {
      const mean = estimateMean(Array.from({ length: 20 }, () => difference + normal()))!;
      return mean.mean - halfWidth(mean, 0.99) > 0;
    });
    expect(found.filter(Boolean).length / 2_000).toBeGreaterThan(0.76);
    expect(found.filter(Boolean).length / 2_000).toBeLessThan(0.84);
  });
});

describe('pairsNeeded', () => {
  // n=2; while (t.ppf(c,n-1)+t.ppf(pw,n-1))*sp/sqrt(n) > d: n+=1   (SciPy 1.17.1)
  const rows: readonly (readonly [difference: number, spread: number, confidence: number, power: number, n: number])[] =
    [
      [0.0953, 0.25, 0.99, 0.8, 72],
      [0.2, 1, 0.995, 0.9, 375],
      [0.05, 0.25, 0.99, 0.8, 254],
    ];
  it.each(rows)('%d with spread %d at %d and power %d → %d', (difference, spread, confidence, power, n) => {
    expect(pairsNeeded({ spread, difference }, { confidence, power })).toBe(n);
  });

  it('has a limit', () => {
    expect(pairsNeeded({ spread: 1, difference: 0.2, atMost: 374 }, { confidence: 0.995, power: 0.9 })).toBeUndefined();
    expect(pairsNeeded({ spread: 0, difference: 0.2 }, { confidence: 0.99 })).toBe(2);
  });
});

describe('timesAsMuch', () => {
  it('goes with the square, and never to nothing', () => {
    expect(timesAsMuch(0.2, 0.1)).toBeCloseTo(4, 12);
    expect(timesAsMuch(0.1, 0.1)).toBe(1);
    expect(timesAsMuch(0.1, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(timesAsMuch(0.1, -1)).toBe(Number.POSITIVE_INFINITY);
  });
});
