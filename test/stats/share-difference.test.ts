import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedShareInterval, shareDifferenceInterval } from '../../src/stats/share-difference.ts';
import { seeded } from '../support/seeded.ts';

type Side = readonly [part: number, whole: number];
const between = ([x, n]: Side, [y, m]: Side, confidence: number) =>
  shareDifferenceInterval({ candidate: { part: x, whole: n }, baseline: { part: y, whole: m } }, confidence);

describe('shareDifferenceInterval', () => {
  // Square-and-add of Wilson's (wil) or Clopper and Pearson's (cp) intervals, SciPy 1.17.1:
  // wil: z=norm.ppf(c); m=(p+z*z/2/n)/(1+z*z/n); h=z*sqrt(p*(1-p)/n+z*z/4/n/n)/(1+z*z/n)
  // cp: beta.ppf(1-c,x,n-x+1), beta.ppf(c,x+1,n-x); then p-q-hypot(p-l1,u2-q), p-q+hypot(u1-p,q-l2)
  // The first row is Newcombe's own example (a), whose table II gives 0.0524 to 0.3339.
  const rows: readonly (readonly [name: string, a: Side, b: Side, c: number, low: number, high: number])[] = [
    ['56/70 − 48/80', [56, 70], [48, 80], 0.975, 0.05243147240236498, 0.333872654036906],
    ['60/4000 − 40/4000', [60, 4_000], [40, 4_000], 0.99, -0.0008376406163807353, 0.01100599592156877],
    ['7/4000 − 0/4000', [7, 4_000], [0, 4_000], 0.99, 0.00011101940859552283, 0.0039954924433448225],
    ['6/4000 − 0/4000', [6, 4_000], [0, 4_000], 0.99, -6.006748480056408e-5, 0.0036387536788916896],
    ['0/4000 − 0/4000', [0, 4_000], [0, 4_000], 0.99, -0.0011506300634948504, 0.0011506300634948504],
  ];
  it.each(rows)('%s', (_name, a, b, confidence, low, high) => {
    const interval = between(a, b, confidence)!;
    expect(interval[0]).toBeCloseTo(low, 9);
    expect(interval[1]).toBeCloseTo(high, 9);
  });

  it('needs a request on both sides', () => {
    expect(between([0, 0], [1, 2], 0.99)).toBeUndefined();
    expect(between([1, 2], [0, 0], 0.99)).toBeUndefined();
  });

  it('holds the difference, turns with the sides and widens with confidence', () => {
    const side = fc
      .integer({ min: 1, max: 300 })
      .chain((whole) => fc.tuple(fc.integer({ min: 0, max: whole }), fc.constant(whole)));
    fc.assert(
      fc.property(side, side, (a, b) => {
        const [low, high] = between(a, b, 0.95)!;
        const difference = a[0] / a[1] - b[0] / b[1];
        expect(low).toBeLessThanOrEqual(difference + 1e-12);
        expect(high).toBeGreaterThanOrEqual(difference - 1e-12);
        const turned = between(b, a, 0.95)!;
        expect(turned[0]).toBeCloseTo(-high, 9);
        expect(between(a, b, 0.99)![0]).toBeLessThanOrEqual(low + 1e-12);
      }),
    );
  });
});

describe('pairedShareInterval', () => {
  const pairsOf = (candidate: readonly number[], baseline: readonly number[], whole = 100) =>
    candidate.map((part, i) => ({ candidate: { part, whole }, baseline: { part: baseline[i]!, whole } }));
  const burst = (parts: Readonly<Record<number, number>>) => Array.from({ length: 40 }, (_, i) => parts[i] ?? 0);

  it('takes one burst of errors for chance, and as many spread out for a change', () => {
    expect(pairedShareInterval(pairsOf(burst({ 7: 40 }), burst({})), 0.99)![0]).toBeLessThan(0);
    expect(pairedShareInterval(pairsOf(Array(40).fill(1), burst({})), 0.99)![0]).toBeGreaterThan(0);
  });

  it('takes a few single errors for chance, though no block of the other side has one', () => {
    const few = burst({ 1: 1, 5: 1, 9: 1, 20: 1, 30: 1, 35: 1 });
    expect(pairedShareInterval(pairsOf(few, burst({})), 0.99)![0]).toBeLessThan(0);
  });

  it('has an upper end where nothing happened', () => {
    expect(pairedShareInterval(pairsOf(burst({}), burst({})), 0.99)![1]).toBeCloseTo(0.00115063, 7);
  });

  it('holds the truth as often as it says, bursts or not', () => {
    const random = seeded(11);
    const block = (): number => (random() < 0.05 ? Math.round(30 * random()) : random() < 0.3 ? 1 : 0);
    const rises = Array.from({ length: 400 }, () => {
      const side = () => Array.from({ length: 40 }, block);
      return pairedShareInterval(pairsOf(side(), side()), 0.95)![0] > 0;
    });
    expect(rises.filter(Boolean).length / 400).toBeLessThan(0.06);
  });
});
