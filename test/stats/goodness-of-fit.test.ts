import { describe, expect, it } from 'vitest';
import { fitProbability } from '../../src/stats/goodness-of-fit.ts';
import { seeded } from '../support/seeded.ts';

const of = (...cells: readonly (readonly [count: number, share: number])[]) =>
  fitProbability(cells.map(([count, share]) => ({ count, share })));

describe('the probability of a fit', () => {
  it.each([
    // Mendel's peas, 315 101 108 32 against 9:3:3:1: χ² = 0.470 with 3 degrees of freedom.
    ['a close fit', of([315, 9 / 16], [101, 3 / 16], [108, 3 / 16], [32, 1 / 16]), 0.9254],
    // χ² = 4 with 1 degree of freedom.
    ['a coin with 60 of 100', of([60, 0.5], [40, 0.5]), 0.0455],
    ['exact counts', of([65, 0.65], [35, 0.35]), 1],
    ['what cannot be', of([65, 1], [1, 0]), 0],
  ])('of %s', (_, probability, expected) => {
    expect(probability).toBeCloseTo(expected, 4);
  });

  it('is undefined where nothing can be told', () => {
    expect([of(), of([0, 0.5], [0, 0.5]), of([10, 1])]).toEqual([undefined, undefined, undefined]);
  });

  it('is below 5 % in about 5 % of honest draws', () => {
    const random = seeded(7);
    let rejected = 0;
    for (let run = 0; run < 2_000; run += 1) {
      let first = 0;
      for (let draw = 0; draw < 200; draw += 1) if (random() < 0.65) first += 1;
      if (of([first, 0.65], [200 - first, 0.35])! < 0.05) rejected += 1;
    }
    expect(rejected / 2_000).toBeGreaterThan(0.03);
    expect(rejected / 2_000).toBeLessThan(0.07);
  });
});
