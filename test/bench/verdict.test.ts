import { describe, expect, it } from 'vitest';
import { NAIVE_RULES, successes } from '../../bench/verdict/naive.ts';
import { createRandom } from '../../bench/verdict/random.ts';
import { makeRequests, partOf } from '../../bench/verdict/requests.ts';
import {
  extendedSectionsOf,
  renderExtended,
  renderSection,
  runWorld,
  sectionsOf,
} from '../../bench/verdict/sections.ts';
import { rate } from '../../bench/verdict/tally.ts';
import { tryExtendedGate, tryGate } from '../../bench/verdict/trial.ts';
import { LIVE_WORLDS, STORED_WORLDS, slowdownFor } from '../../bench/verdict/worlds.ts';

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

describe("the verdict's bench", () => {
  it('draws what it says', () => {
    const random = createRandom(1);
    const moments = (draw: () => number) => {
      const values = Array.from({ length: 50_000 }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length] as const;
    };
    for (const [draw, mean, variance] of [
      [random.uniform, 0.5, 1 / 12],
      [random.normal, 0, 1],
      [random.exponential, 1, 1],
    ] as const) {
      const [m, v] = moments(draw);
      expect(m).toBeCloseTo(mean, 1);
      expect(v).toBeCloseTo(variance, 1);
    }
    expect(createRandom(2).uniform()).toBe(createRandom(2).uniform());
  });

  // scipy.stats.ttest_ind(a, b, equal_var=False, alternative='greater'), mannwhitneyu(a, b, alternative='greater')   (SciPy 1.17.1):
  // shifted by 0.3 of a unit spread, 200 a side: p = 0.0014 and 0.0019; not shifted: 0.5 and 0.5.
  it.each([
    ['shifted', 0.3, [true, true]],
    ['unchanged', 0, [false, false]],
  ] as const)('has the textbook tests: %s', (_name, shift, alarms) => {
    const base = Array.from({ length: 200 }, (_, i) => 10 + ((i * 73) % 200) / 58);
    const sides = { candidate: sorted(base.map((value) => value + shift)), baseline: sorted(base) };
    expect(NAIVE_RULES.slice(0, 2).map((rule) => rule.alarms(sides))).toEqual(alarms);
  });

  it('has the rules of thumb', () => {
    const base = Array.from({ length: 100 }, (_, i) => 100 + i);
    const times = (factor: number) =>
      NAIVE_RULES.slice(2).map((rule) =>
        rule.alarms({ candidate: sorted(base.map((value) => value * factor)), baseline: sorted(base) }),
      );
    expect([1, 1.15, 1.25, 2.1].map(times)).toEqual([
      [false, false, false],
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  it('leaves errors out of latencies', () => {
    const requests = makeRequests(4);
    requests.latency.set([4, 3, 2, 1]);
    requests.failed.set([0, 1, 0, 0]);
    expect([...successes(requests)]).toEqual([1, 2, 4]);
    expect([...partOf(requests, 1, 2).latency]).toEqual([3, 2]);
  });

  it('every world makes requests, and slower ones where they are to be slower', () => {
    for (const world of [...LIVE_WORLDS, ...STORED_WORLDS]) {
      const meanOf = (slower: number): number => {
        const weather = world.begin(createRandom(5));
        const requests = makeRequests(400);
        weather.nextPair(400);
        weather.send(requests, slower);
        return requests.latency.reduce((sum, value) => sum + value, 0) / 400;
      };
      expect(meanOf(1)).toBeGreaterThan(0);
      expect(meanOf(1.5)).toBeGreaterThan(1.3 * meanOf(1));
    }
  });

  it('needs no calibration where nothing is to change', () => {
    expect(slowdownFor(LIVE_WORLDS[4]!, 0)).toBe(1);
  });

  it('judges whole gates, live and stored, and finds what is plain', () => {
    const [world, stored] = [LIVE_WORLDS[0]!, STORED_WORLDS[0]!];
    const live = { kind: 'live', world, requests: 2_000, blocks: 20, seed: 3 } as const;
    expect(tryGate({ ...live, slower: 2 })).toMatchObject({
      status: 'fail',
      alarms: [true, true, true, true, expect.any(Boolean)],
    });
    expect(tryGate({ ...live, slower: 1 }).status).not.toBe('fail');
    const runs = { kind: 'stored', world: stored, requests: 600, blocks: 20, seed: 4 } as const;
    expect(tryGate({ ...runs, slower: 3 }).status).toBe('fail');
    expect(tryGate({ ...runs, slower: 1 }).status).not.toBe('fail');
  });

  it('extends gates that are undecided, and no others', () => {
    const live = { kind: 'live', world: LIVE_WORLDS[0]!, requests: 1_000, blocks: 20 } as const;
    expect(tryExtendedGate({ ...live, slower: 3, seed: 3 })).toEqual({ status: 'fail', isExtended: false });
    const close = Array.from({ length: 10 }, (_, seed) => tryExtendedGate({ ...live, slower: 1.15, seed }));
    expect(close.filter(({ isExtended }) => isExtended).length).toBeGreaterThan(1);
  });

  it('shows how many were extended', () => {
    const section = { ...extendedSectionsOf(4)[0]!, requests: 400, blocks: 10, worlds: LIVE_WORLDS.slice(0, 1) };
    const table = renderExtended(section, 1);
    expect(table).toMatch(/^\*\*With room for an extension, identical gateways\*\* \(2 gates a row\)/);
    expect(table.split('\n').filter((line) => line.startsWith('| lognormal'))).toHaveLength(1);
  });

  it('shows a row a world, with an interval on each rate', () => {
    const section = { ...sectionsOf(3)[0]!, requests: 400, blocks: 10, worlds: LIVE_WORLDS.slice(0, 1) };
    const table = renderSection(section, [{ world: LIVE_WORLDS[0]!, tally: runWorld(section, LIVE_WORLDS[0]!, 1) }]);
    expect(table).toMatch(/^\*\*Live baseline, identical gateways/);
    expect(table.split('\n').filter((line) => line.startsWith('| lognormal'))).toHaveLength(1);
    // scipy.stats.binomtest(12, 1500).proportion_ci(.95, 'exact') = 0.00414 to 0.01393   (SciPy 1.17.1)
    expect(rate(12, 1_500)).toBe('0.8 % [0.4, 1.4]');
  });
});
