import { describe, expect, it } from 'vitest';
import { EMPTY_HISTOGRAM } from '../../src/stats/histogram.ts';
import { differenceInterval, quantileInterval, rateInterval, shareInterval } from '../../src/stats/interval.ts';
import { histogramOf as record } from '../support/build-run.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

describe('shareInterval', () => {
  // python3 -c "from scipy.stats import beta; print(beta.ppf(.025, x, n-x+1), beta.ppf(.975, x+1, n-x))"   (SciPy 1.17.1)
  const clopperPearson: readonly (readonly [part: number, whole: number, low: number, high: number])[] = [
    [5, 100, 0.016431879182, 0.112834911105],
    [0, 20, 0, 0.168433470983],
    [20, 20, 0.831566529017, 1],
    [95, 100, 0.887165088895, 0.983568120818],
    [1, 4000, 0.000006329432, 0.001392115122],
  ];
  it.each(clopperPearson)('%i of %i in one block is the exact binomial interval', (part, whole, low, high) => {
    const interval = shareInterval([{ part, whole }], 0.95)!;
    expect(interval[0]).toBeCloseTo(low, 9);
    expect(interval[1]).toBeCloseTo(high, 9);
  });

  it('follows Korn and Graubard where blocks differ', () => {
    // numpy: v = k/(k-1)*((part-p*whole)**2).sum()/n**2; ns = n/(v/(p*(1-p)/n))*(t.ppf(.975,n-1)/t.ppf(.975,k-1))**2;
    //        beta.ppf(.025, p*ns, ns-p*ns+1), beta.ppf(.975, p*ns+1, ns-p*ns)
    const parts = [5, 0, 1, 9, 2, 0, 3, 12, 1, 4];
    const wholes = [100, 100, 90, 110, 100, 100, 95, 105, 100, 100];
    const interval = shareInterval(
      parts.map((part, i) => ({ part, whole: wholes[i]! })),
      0.95,
    )!;
    expect(interval[0]).toBeCloseTo(0.014513714906, 9);
    expect(interval[1]).toBeCloseTo(0.076217695158, 9);
  });

  it('of no request is undefined', () => {
    expect(shareInterval([], 0.95)).toBeUndefined();
    expect(shareInterval([{ part: 0, whole: 0 }], 0.95)).toBeUndefined();
  });

  it('is not made narrower by blocks that are more alike than chance', () => {
    const even = Array.from({ length: 40 }, () => ({ part: 5, whole: 100 }));
    expect(shareInterval(even, 0.95)).toEqual(shareInterval([{ part: 200, whole: 4_000 }], 0.95));
  });

  it('is wider where errors come in bursts', () => {
    const burst = Array.from({ length: 40 }, (_, i) => ({ part: i === 7 ? 60 : 0, whole: 100 }));
    const [low, high] = shareInterval(burst, 0.95)!;
    const [plainLow, plainHigh] = shareInterval([{ part: 60, whole: 4_000 }], 0.95)!;
    expect(low).toBeLessThan(plainLow / 2);
    expect(high).toBeGreaterThan(plainHigh * 2);
  });
});

describe('quantileInterval', () => {
  it('is open at the end that no order statistic bounds', () => {
    const values = Array.from({ length: 71 }, (_, i) => i + 1);
    expect(quantileInterval([record(values)], 0.95, 0.95)).toEqual([62, Number.POSITIVE_INFINITY]);
    expect(quantileInterval([record([...values, 72])], 0.95, 0.95)![1]).toBe(72);
    expect(quantileInterval([record(values)], 0.01, 0.95)![0]).toBe(0);
    expect(quantileInterval([record([1, 2, 3])], 0.5, 0.95)).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it('is undefined without a value, and for the ends of the distribution', () => {
    expect(quantileInterval([EMPTY_HISTOGRAM], 0.5, 0.95)).toBeUndefined();
    expect(quantileInterval([record([1, 2, 3])], 1, 0.95)).toBeUndefined();
  });

  it('of 100 independent values lies between the textbook ranks', () => {
    // Conover, Practical Nonparametric Statistics: for the median of 100 values, ranks 40 and 61 at 95 %.
    const values = Array.from({ length: 100 }, (_, i) => 10 * (i + 1));
    const [low, high] = quantileInterval([record(values)], 0.5, 0.95)!;
    expect([low, high]).toEqual([400, 610]);
  });

  interface World {
    readonly name: string;
    readonly q: number;
    readonly truth: number;
    /** Latencies of one run in 40 blocks, µs. */
    readonly run: (random: () => number) => number[][];
  }
  const z = { 0.5: 0, 0.95: 1.6448536 };
  const lognormal = (sd: number, q: 0.5 | 0.95) => 50_000 * Math.exp(sd * z[q]);
  const independent = (random: () => number, perBlock: number): number[][] => {
    const normal = normalFrom(random);
    return Array.from({ length: 40 }, () => Array.from({ length: perBlock }, () => 50_000 * Math.exp(0.6 * normal())));
  };
  /** A slowdown that all requests of about a tenth of a block share, from an AR(1) process. */
  const correlated = (random: () => number): number[][] => {
    const normal = normalFrom(random);
    let shared = 0.4 * normal();
    return Array.from({ length: 40 }, () =>
      Array.from({ length: 50 }, () => {
        shared = 0.8 * shared + 0.4 * 0.6 * normal();
        return 50_000 * Math.exp(shared + 0.45 * normal());
      }),
    );
  };
  const total = Math.hypot(0.4, 0.45);
  const worlds: readonly World[] = [
    { name: 'independent, p50', q: 0.5, truth: lognormal(0.6, 0.5), run: (random) => independent(random, 20) },
    { name: 'independent, p95', q: 0.95, truth: lognormal(0.6, 0.95), run: (random) => independent(random, 20) },
    { name: 'few, p95', q: 0.95, truth: lognormal(0.6, 0.95), run: (random) => independent(random, 5) },
    { name: 'autocorrelated, p50', q: 0.5, truth: lognormal(total, 0.5), run: correlated },
    { name: 'autocorrelated, p95', q: 0.95, truth: lognormal(total, 0.95), run: correlated },
  ];
  it.each(worlds)('holds the true value about as often as it says: $name', ({ q, truth, run }) => {
    const random = seeded(20_240_817);
    const runs = 200;
    let held = 0;
    for (let i = 0; i < runs; i++) {
      const [low, high] = quantileInterval(run(random).map(record), q, 0.95)!;
      if (low <= truth * 1.001 && truth <= high) held += 1;
    }
    // 95 % of 200 runs is 190; the standard error of that count is 3.1.
    expect(held).toBeGreaterThanOrEqual(184);
  });

  it('would not hold it if autocorrelated requests were taken as independent', () => {
    const random = seeded(20_240_817);
    let held = 0;
    for (let i = 0; i < 100; i++) {
      const interval = quantileInterval([record(correlated(random).flat())], 0.5, 0.95)!;
      if (interval[0] <= 50_000 * 1.001 && 50_000 <= interval[1]) held += 1;
    }
    expect(held).toBeLessThan(85);
  });
});

describe('rateInterval', () => {
  it('is the t interval of the ratio estimator', () => {
    // numpy: R=c.sum()/s.sum(); t.ppf(.975,9)*sqrt(k/(k-1)*((c-R*s)**2).sum())/s.sum()   (SciPy 1.17.1)
    const counts = [20, 19, 21, 20, 20, 18, 22, 20, 21, 19];
    const blocks = counts.map((count, i) => ({ count, seconds: i === 9 ? 0.9 : 1 }));
    const [low, high] = rateInterval(blocks, 0.95)!;
    expect(low).toBeCloseTo(19.380522387691, 9);
    expect(high).toBeCloseTo(21.023518016349, 9);
  });

  it('of too few blocks, or of no time, is undefined', () => {
    expect(rateInterval(Array(7).fill({ count: 5, seconds: 1 }), 0.95)).toBeUndefined();
    expect(rateInterval(Array(9).fill({ count: 0, seconds: 0 }), 0.95)).toBeUndefined();
  });
});

describe('differenceInterval', () => {
  it('adds the squared distances of each side', () => {
    // Newcombe 1998, Table II, (a) 56/70 − 48/80, method 10, from the Wilson limits of both.
    const interval = differenceInterval(
      { value: 0.8, interval: [0.6918, 0.877] },
      { value: 0.6, interval: [0.4904, 0.7004] },
    );
    expect(interval[0]).toBeCloseTo(0.0524, 3);
    expect(interval[1]).toBeCloseTo(0.3339, 3);
  });
});
