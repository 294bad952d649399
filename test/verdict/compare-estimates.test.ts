import { describe, expect, it } from 'vitest';
import { compareEstimates } from '../../src/verdict/compare-estimates.ts';
import type { Measured } from '../../src/verdict/estimate.ts';

/** A number with a fixed interval of its own, or none. */
const exact = (value: number, interval?: readonly [number, number]): Measured => ({
  kind: 'measured',
  value,
  samples: 1_000,
  intervalAt: () => interval,
});

describe('compareEstimates', () => {
  // numpy: v=log([100,110,95,105,102]); h=t.ppf(.99,4)*v.std(ddof=1)*sqrt(1+1/5) = 0.224361772   (SciPy 1.17.1)
  const window = [100, 110, 95, 105, 102].map((value) => exact(value));
  const geometric = Math.exp(4.627692121364569);
  const half = 0.22436177237395713;

  it('is a prediction interval on the logarithmic scale, read as a relative change', () => {
    const { baseline, change, intervalAt, detectableAt } = compareEstimates(exact(150), window, {
      scale: 'logarithmic',
    });
    const ratio = 150 / geometric;
    expect(baseline).toBeCloseTo(geometric, 9);
    expect(change).toBeCloseTo(ratio - 1, 9);
    expect(intervalAt(0.99)[0]).toBeCloseTo(ratio * Math.exp(-half) - 1, 9);
    expect(intervalAt(0.99)[1]).toBeCloseTo(ratio * Math.exp(half) - 1, 9);
    // Found four times out of five: norm.ppf(.8)/norm.ppf(.99) = 0.36177789 more   (SciPy 1.17.1)
    expect(detectableAt(0.99).rise).toBeCloseTo(Math.exp(half * 1.36177789) - 1, 6);
    expect(detectableAt(0.99).fall).toBeCloseTo(1 - Math.exp(-half * 1.36177789), 6);
  });

  it('is the difference on the absolute scale, and a part of the mean on the relative one', () => {
    expect(compareEstimates(exact(0.3), [exact(0.1), exact(0.2)], { scale: 'absolute' }).change).toBeCloseTo(0.15, 9);
    expect(compareEstimates(exact(60), [exact(90), exact(110)], { scale: 'relative' }).change).toBeCloseTo(-0.4, 9);
  });

  it('is never narrower than sampling makes it', () => {
    const same = Array.from({ length: 4 }, () => exact(10, [9, 12]));
    const { intervalAt } = compareEstimates(exact(14, [11, 20]), same, { scale: 'absolute' });
    // Down: the candidate's 3 and the mean of four times 2; up: 6 and the mean of four times 1.
    expect(intervalAt(0.99)[0]).toBeCloseTo(4 - Math.hypot(3, 2 / 2), 9);
    expect(intervalAt(0.99)[1]).toBeCloseTo(4 + Math.hypot(6, 1 / 2), 9);
  });

  it('goes by the spread between runs alone where an interval is open', () => {
    const open = window.map(({ value }) => exact(value, [0, Number.POSITIVE_INFINITY]));
    const candidate = exact(150, [0, Number.POSITIVE_INFINITY]);
    expect(compareEstimates(candidate, open, { scale: 'logarithmic' }).intervalAt(0.99)).toEqual(
      compareEstimates(exact(150), window, { scale: 'logarithmic' }).intervalAt(0.99),
    );
  });

  it('of a rate that came down to nothing is a change of −100 %', () => {
    const { change, intervalAt } = compareEstimates(exact(0, [0, 0]), window, { scale: 'logarithmic' });
    expect(change).toBe(-1);
    expect(intervalAt(0.99)).toEqual([-1, -1]);
  });

  it('with a single earlier run knows no spread', () => {
    const { change, intervalAt } = compareEstimates(exact(150), [exact(100)], { scale: 'logarithmic' });
    expect(change).toBeCloseTo(0.5, 9);
    expect(intervalAt(0.99)).toEqual([-1, Number.POSITIVE_INFINITY]);
  });
});
