import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveOf, rounded } from '../../../src/report/page/curve.ts';
import { EMPTY_HISTOGRAM, maximum, minimum, quantile } from '../../../src/stats/histogram.ts';
import { histogramOf } from '../../support/build-run.ts';

describe('curveOf', () => {
  it('of nothing is nothing', () => {
    expect(curveOf(EMPTY_HISTOGRAM, 0.1)).toBeUndefined();
  });

  it.each([
    ['one value is one point', [700], 0.5, [700]],
    ['ten values end at one nine', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5, [1, 7, 9]],
    ['a hundred end at two', Array.from({ length: 100 }, (_, index) => index + 1), 1, [1, 90, 99]],
  ])('%s', (_, values, step, us) => {
    expect(curveOf(histogramOf(values), step)).toEqual({ step, us });
  });

  it('is the quantile at each of its points, and never falls', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 400 }), (values) => {
        const histogram = histogramOf(values);
        const { us } = curveOf(histogram, 0.25)!;
        us.forEach((value, point) => {
          expect(value).toBe(rounded(quantile(histogram, 1 - 10 ** (-point * 0.25))!));
          expect(value).toBeGreaterThanOrEqual(us[point - 1] ?? 0);
        });
        expect(us[0]).toBe(rounded(Math.max(minimum(histogram)!, us[0]!)));
        expect(us.at(-1)).toBeLessThanOrEqual(rounded(maximum(histogram)!));
      }),
    );
  });
});
