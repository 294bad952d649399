import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChangePointOptions, findChangePoints, splitStatistics } from '../../src/stats/change-points.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

const OPTIONS: ChangePointOptions = { level: 0.01, minSegment: 5, permutations: 999, seed: 1 };

const find = (values: readonly number[], options: Partial<ChangePointOptions> = {}) =>
  findChangePoints(values, { ...OPTIONS, ...options });

/** Three levels of random whole numbers, from the tests of MongoDB's signal-processing-algorithms. */
const THREE_LEVELS = [
  41, 18, 23, 3, 32, 11, 40, 13, 29, 48, 47, 35, 18, 21, 6, 2, 23, 3, 4, 7, 120, 103, 102, 81, 71, 62, 115, 61, 108, 63,
  70, 98, 65, 96, 64, 74, 70, 113, 90, 114, 208, 196, 153, 150, 225, 179, 206, 165, 177, 151, 218, 217, 244, 245, 229,
  195, 225, 229, 176, 250,
];

/** A normal series around 5.3 with a rise of three standard deviations at 40. */
const RISE = [
  5.2898, 5.3205, 5.291, 5.2874, 5.2628, 5.2915, 5.3445, 5.317, 5.3415, 5.31, 5.3158, 5.3074, 5.2334, 5.3342, 5.3203,
  5.32, 5.2323, 5.2302, 5.2644, 5.2813, 5.3122, 5.2982, 5.3208, 5.2743, 5.3123, 5.3158, 5.2736, 5.3687, 5.3223, 5.3479,
  5.2752, 5.2704, 5.2862, 5.2957, 5.3253, 5.3099, 5.2821, 5.2617, 5.2792, 5.3488, 5.3877, 5.4298, 5.4371, 5.3604,
  5.4219, 5.4722, 5.3394, 5.4071, 5.4158, 5.3873, 5.4399, 5.4175, 5.3614, 5.4531, 5.4468, 5.4578, 5.4776, 5.4345,
  5.4248, 5.368,
];

/** The same with a rise at 30 that is taken back at 50. */
const RISE_AND_FALL = [
  5.3308, 5.2694, 5.2774, 5.2368, 5.2516, 5.2734, 5.3644, 5.1984, 5.2271, 5.312, 5.3722, 5.3289, 5.205, 5.1741, 5.3179,
  5.2632, 5.244, 5.3489, 5.3551, 5.3079, 5.3123, 5.3217, 5.3797, 5.331, 5.3259, 5.3274, 5.2216, 5.3641, 5.3478, 5.3265,
  5.3513, 5.4183, 5.4921, 5.3594, 5.4408, 5.501, 5.3844, 5.5305, 5.4776, 5.4425, 5.4662, 5.4825, 5.456, 5.5073, 5.4169,
  5.4293, 5.5021, 5.4513, 5.406, 5.4973, 5.3733, 5.2778, 5.231, 5.2933, 5.2925, 5.2851, 5.3702, 5.2487, 5.363, 5.2366,
  5.2606, 5.3316, 5.3564, 5.343, 5.3173, 5.3071, 5.3076, 5.3288, 5.2912, 5.3139,
];

// Reference values: MongoDB's signal-processing-algorithms 2.1.6 (Python), in numpy alone, from energy_statistics:
//   _calculate_t_stats(_get_distance_matrix(numpy.array([[v] for v in series], dtype=float), False), False)
//   numpy.random.seed(1234); e_divisive(series, pvalue=0.01, permutations=999)
describe('the statistic of every split', () => {
  it('is that of an independent implementation', () => {
    const statistics = splitStatistics([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]);
    const expected = [
      0, 1.757575758, 4.266666667, 3.777777778, 7.916666667, 5.580952381, 2, 4.438095238, 2.416666667, 1.555555556,
      3.866666667, 5.393939394,
    ];
    expected.forEach((value, at) => {
      expect(statistics[at]).toBeCloseTo(value, 8);
    });
    const levels = splitStatistics(THREE_LEVELS);
    for (const [at, value] of [
      [5, 376.418182],
      [20, 2096.8],
      [30, 2016.333333],
      [40, 2888.1],
      [55, 653.218182],
    ] as const)
      expect(levels[at]).toBeCloseTo(value, 5);
    expect(Math.max(...splitStatistics(RISE))).toBeCloseTo(2.091308, 6);
    expect(Math.max(...splitStatistics(RISE_AND_FALL))).toBeCloseTo(0.863496, 6);
  });

  it('is what its definition says, for any series', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 }), (values) => {
        const statistics = splitStatistics(values);
        const mean = (a: readonly number[], b: readonly number[]): number =>
          a.flatMap((x) => b.map((y) => Math.abs(x - y))).reduce((sum, each) => sum + each, 0) / (a.length * b.length);
        for (let at = 1; at < values.length; at++) {
          const [x, y] = [values.slice(0, at), values.slice(at)];
          const energy = 2 * mean(x, y) - mean(x, x) - mean(y, y);
          expect(statistics[at]).toBeCloseTo(((x.length * y.length) / values.length) * energy, 6);
        }
      }),
    );
  });
});

describe('findChangePoints', () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ['three levels', THREE_LEVELS, [20, 40]],
    ['one value between two levels', [...Array(14).fill(50), 74, ...Array(15).fill(100)], [15]],
    ['a rise', RISE, [40]],
    ['nothing in a constant series', Array(60).fill(0.1), []],
    ['nothing in an empty series', [], []],
    ['nothing in nine values', [1, 1, 1, 1, 9, 9, 9, 9, 9], []],
    ['the only possible place in ten', [1, 1.1, 1.2, 1, 1.1, 9, 9.1, 9, 9.2, 9], [5]],
  ])('finds %s', (_, values, expected) => {
    expect(find(values)).toEqual(expected);
  });

  it('drops a first split in the middle once both ends are known, where the reference keeps it', () => {
    // The reference says 27, 31 and 51; a rise was made at 30 and taken back at 50.
    expect(find(RISE_AND_FALL)).toEqual([31, 50]);
  });

  it('keeps changes apart by the shortest stretch', () => {
    expect(find(THREE_LEVELS, { minSegment: 25 })).toEqual([35]);
    expect(find([...Array(20).fill(1), 7, 7, 7, 7])).toEqual([19]);
  });

  it('finds nothing with too few permutations for its level', () => {
    expect(find(THREE_LEVELS, { level: 0.001, permutations: 500 })).toEqual([]);
  });

  it('says the same for the same seed', () => {
    expect(find(RISE, { seed: 5 })).toEqual(find(RISE, { seed: 5 }));
  });

  it('does not depend on the unit: scaling and shifting change nothing', () => {
    expect(find(RISE.map((value) => value * 1e6 + 1e9))).toEqual([40]);
    expect(find(RISE.map((value) => -value))).toEqual([40]);
  });
});

/** A normal series, `jump` standard deviations higher from `at` on. */
const normals = (seed: number, { count, at = count, jump = 0 }: { count: number; at?: number; jump?: number }) => {
  const normal = normalFrom(seeded(seed));
  return Array.from({ length: count }, (_, place) => normal() + (place >= at ? jump : 0));
};

describe('in simulated series', () => {
  it.each([
    ['normal', (value: number) => value],
    ['with heavy tails', (value: number) => Math.sinh(1.5 * value)],
  ])('without a change, %s, it alarms about as often as its level says', (_, shape) => {
    const series = 600;
    const options = { level: 0.05, permutations: 199 };
    let alarms = 0;
    for (let seed = 1; seed <= series; seed++)
      alarms += Number(find(normals(seed, { count: 40 }).map(shape), { ...options, seed }).length > 0);
    // Five standard errors around 5 %: 0.5 to 9.4 %.
    expect(alarms / series).toBeGreaterThan(0.005);
    expect(alarms / series).toBeLessThan(0.094);
  });

  it('without a change it hardly ever alarms at a low level, where what is far beyond is not looked at further', () => {
    const options = { level: 0.0002, permutations: 9_999 };
    let alarms = 0;
    for (let seed = 1; seed <= 5_000; seed++) {
      const random = seeded(seed * 13);
      const values = normals(seed, { count: 30 }).map((value) => (random() < 0.1 ? 40 * value : value));
      alarms += Number(find(values, { ...options, seed }).length > 0);
    }
    // One is meant; ten would be alarms at the first look alone.
    expect(alarms).toBeLessThanOrEqual(5);
  });

  // [jump in standard deviations, values after it, share that has to be found, and within two places]
  it.each([
    [3, 10, 0.95],
    [2, 20, 0.9],
    [5, 5, 0.95],
    [1, 60, 0.75],
  ])('it finds a step of %i standard deviations with %i values after it', (jump, after, least) => {
    const series = 60;
    let found = 0;
    for (let seed = 1; seed <= series; seed++) {
      const values = normals(seed * 7, { count: 60 + after, at: 60, jump });
      const near = jump >= 2 ? 3 : 12;
      found += Number(find(values, { seed }).some((at) => Math.abs(at - 60) <= near));
    }
    expect(found / series).toBeGreaterThanOrEqual(least);
  });
});
