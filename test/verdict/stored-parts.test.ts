import { describe, expect, it } from 'vitest';
import type { Environment, Run } from '../../src/model/run.ts';
import type { RegressionFinding } from '../../src/model/verdict.ts';
import { pinnedWarnings } from '../../src/verdict/baseline-state.ts';
import { confirm, needsConfirmation } from '../../src/verdict/confirmation.ts';
import { extension, policyOfLook } from '../../src/verdict/extension.ts';
import { type BaselineInput, judge } from '../../src/verdict/judge.ts';
import { areAlike } from '../../src/verdict/machines.ts';
import { strengthOf } from '../../src/verdict/strength.ts';
import { buildRun } from '../support/build-run.ts';
import { regressionFinding } from '../support/report-builders.ts';
import { buildBurst, buildWindow } from './build-burst.ts';
import { buildPolicy } from './build-policy.ts';

const on = (environment: Partial<Environment>, runs: readonly Run[]): Run[] =>
  runs.map((run) => ({ ...run, environment: { ...run.environment, ...environment } }));

const judged = (run: Run, baseline: BaselineInput, confirmation?: Run) =>
  judge({ run, baseline, policy: buildPolicy(), confirmation });

describe('machines', () => {
  const { environment } = buildRun();
  const rows: readonly (readonly [name: string, other: Partial<Environment>, alike: boolean])[] = [
    ['the same', {}, true],
    ['a little less memory', { memoryBytes: environment.memoryBytes - 3e7 }, true],
    ['another kernel', { os: 'linux 7' }, true],
    ['another processor', { cpuModel: 'Other CPU' }, false],
    ['more cores', { cores: 8 }, false],
    ['twice the memory', { memoryBytes: 2 * environment.memoryBytes }, false],
    ['another image', { image: 'ubuntu26' }, false],
  ];
  it.each(rows)('%s', (_name, other, alike) => {
    expect(areAlike(environment, { ...environment, ...other })).toBe(alike);
  });

  it('like this one are compared with alone, where there are five', () => {
    const slowOnes = on({ cpuModel: 'Old CPU' }, buildWindow(5, { medianMs: 400, seed: 30 }));
    const verdict = judged(buildBurst({ seed: 90 }), { kind: 'runs', runs: [...slowOnes, ...buildWindow(5)] });
    expect(verdict.baseline).toMatchObject({ kind: 'stored', machines: 'alike', runs: { length: 5 } });
    expect(verdict.status).toBe('pass');
  });

  it('of other kinds join them where there are fewer, and their difference is noise', () => {
    const slowOnes = on({ cpuModel: 'Old CPU' }, buildWindow(5, { medianMs: 400, seed: 30 }));
    const verdict = judged(buildBurst({ seed: 90, medianMs: 300 }), {
      kind: 'runs',
      runs: [...slowOnes, ...buildWindow(4)],
    });
    expect(verdict.baseline).toMatchObject({ machines: 'mixed', advisory: false, runs: { length: 9 } });
    expect(verdict.status).toBe('inconclusive');
  });

  it('that are all different show changes, and never fail', () => {
    const others = on({ cores: 64 }, buildWindow(10));
    const verdict = judged(buildBurst({ seed: 90, medianMs: 500 }), { kind: 'runs', runs: others });
    expect(verdict.baseline).toMatchObject({ machines: 'other', advisory: true });
    expect(verdict.regressions.every(({ gating }) => !gating)).toBe(true);
    expect(verdict.regressions.find(({ metric }) => metric === 'p95')!.reason).toMatch(
      /no earlier run was on a machine/,
    );
  });
});

describe('drift', () => {
  // Each run 4 % slower than the one before it: no step is large enough to fail.
  const creeping = Array.from({ length: 11 }, (_, i) =>
    buildBurst({ seed: i + 1, medianMs: 200 * 1.04 ** (10 - i), sigma: 0.2 }),
  );
  const [newest, ...earlier] = creeping;
  const driftOf = (baseline: BaselineInput, run = newest!) =>
    judged(run, baseline).regressions.filter(({ against }) => against !== 'window');

  it('is found against the oldest run, and never fails the gate', () => {
    const steady = buildWindow(10, { spread: 0.01, medianMs: 290 });
    const oldest = buildBurst({ seed: 77, medianMs: 200 });
    const verdict = judged(buildBurst({ seed: 78, medianMs: 290 }), { kind: 'runs', runs: [...steady, oldest] });
    expect(verdict.status).toBe('pass');
    const rows = verdict.regressions.filter(({ against }) => against === 'oldest');
    expect(rows.map(({ metric, status, gating }) => [metric, status, gating])).toEqual([
      ['p95', 'fail', false],
      ['error_rate', 'pass', false],
    ]);
    expect(rows[0]!.change).toBeGreaterThan(0.3);
  });

  it('is not against a run of another machine, where the window does not tell how much machines differ', () => {
    const steady = buildWindow(10, { spread: 0.01, medianMs: 290 });
    const oldest = on({ cpuModel: 'Another CPU' }, [buildBurst({ seed: 77, medianMs: 200 })]);
    const rows = driftOf({ kind: 'runs', runs: [...steady, ...oldest] }, buildBurst({ seed: 78, medianMs: 290 }));
    expect(rows.map(({ against, metric, status }) => [against, metric, status])).toEqual([
      ['oldest', 'p95', 'pass'],
      ['oldest', 'error_rate', 'pass'],
    ]);
  });

  it('counts the spread between runs', () => {
    const row = driftOf({ kind: 'runs', runs: earlier }).find(({ metric }) => metric === 'p95')!;
    expect(row.change).toBeGreaterThan(0.3);
    expect(row.status).toBe('inconclusive');
  });

  it('is against a pinned release too', () => {
    const rows = driftOf({ kind: 'runs', runs: earlier, pinned: earlier[5] });
    expect(new Set(rows.map(({ against }) => against))).toEqual(new Set(['release', 'oldest']));
    const incomparable = { ...earlier[5]!, configDigest: 'other' };
    const without = driftOf({ kind: 'runs', runs: earlier, pinned: incomparable });
    expect(without.some(({ against }) => against === 'release')).toBe(false);
  });

  it.each<[string, Partial<Run['origin']>, string]>([
    ['its tag', { ref: 'refs/tags/v1.2.0' }, 'v1.2.0'],
    ['its commit', { ref: 'refs/heads/main', commit: 'abc1234def' }, 'commit abc1234'],
    ['its run', { ref: undefined, commit: undefined }, 'run '],
  ])('names a release by %s', (_, origin, name) => {
    const pinned = { ...earlier[5]!, origin: { ...earlier[5]!.origin, ...origin } };
    const rows = driftOf({ kind: 'runs', runs: earlier, pinned }).filter(({ against }) => against === 'release');
    expect(rows.length).toBeGreaterThan(0);
    for (const { reference } of rows) expect(reference?.startsWith(name)).toBe(true);
  });

  describe('against a release that is not compared with', () => {
    const slow = { ...earlier[5]!.environment, cpuModel: 'Another CPU' };
    const warningsOf = (baseline: BaselineInput): readonly string[] => pinnedWarnings(newest!, baseline, 10);

    it.each<[string, Partial<Run>, RegExp]>([
      ['of another configuration', { configDigest: 'other' }, /not compared with: its configuration/],
      ['of another dialect', { dialect: 'other' }, /its gateway dialect is "other"/],
      ['of another machine', { environment: slow }, /it ran on another machine \(Another CPU, /],
    ])('%s is a warning with the reason', (_, change, reason) => {
      const baseline: BaselineInput = { kind: 'runs', runs: earlier, pinned: { ...earlier[5]!, ...change } };
      expect(driftOf(baseline).some(({ against }) => against === 'release')).toBe(false);
      expect(warningsOf(baseline)).toEqual([expect.stringMatching(reason)]);
    });

    it('is compared with on another machine where the window has several, so that their spread is known', () => {
      const runs = earlier.map((run, at) => (at % 2 === 0 ? { ...run, environment: slow } : run)).slice(0, 8);
      const baseline: BaselineInput = { kind: 'runs', runs, pinned: { ...earlier[8]!, environment: slow } };
      expect(driftOf(baseline).some(({ against }) => against === 'release')).toBe(true);
      expect(warningsOf(baseline)).toEqual([]);
    });

    it('has no warning where none is pinned, or nothing is compared with at all', () => {
      expect(warningsOf({ kind: 'runs', runs: earlier })).toEqual([]);
      expect(warningsOf({ kind: 'absent', reason: 'none yet' })).toEqual([]);
      const other = earlier.map((run) => ({ ...run, configDigest: 'other' }));
      expect(warningsOf({ kind: 'runs', runs: other, pinned: other[0] })).toEqual([]);
    });
  });

  it('needs a window that tells the spread', () => {
    expect(driftOf({ kind: 'runs', runs: earlier.slice(0, 4) })).toEqual([]);
  });
});

describe('the confirmation', () => {
  const baseline: BaselineInput = { kind: 'runs', runs: buildWindow(10) };
  const slow = buildBurst({ seed: 50, medianMs: 350 });

  it('is needed for what failed against earlier runs', () => {
    const failed = regressionFinding({ status: 'fail' });
    const rows: readonly (readonly [Partial<RegressionFinding>, readonly string[]])[] = [
      [{}, ['chat']],
      [{ gating: false }, []],
      [{ against: 'live' }, []],
      [{ against: 'oldest' }, []],
      [{ status: 'inconclusive' }, []],
    ];
    for (const [overrides, scenarios] of rows)
      expect(
        needsConfirmation([
          { ...failed, ...overrides },
          { ...failed, ...overrides, metric: 'p50' },
        ]),
      ).toEqual(scenarios);
  });

  it('that agrees lets it fail', () => {
    const verdict = judged(slow, baseline, buildBurst({ seed: 51, medianMs: 350 }));
    expect(verdict.status).toBe('fail');
    expect(verdict.reasons[0]!.text).toMatch(/; a second burst of fresh requests saw it too, by \d\d(\.\d)? %$/);
  });

  it('that does not leaves it undecided, with its number', () => {
    const verdict = judged(slow, baseline, buildBurst({ seed: 51 }));
    expect(verdict.status).toBe('inconclusive');
    expect(verdict.reasons[0]!.text).toMatch(
      /seen once, and a second burst of fresh requests did not confirm it: it was \d+(\.\d+)? % (higher|lower) there/,
    );
  });

  it('cannot make anything fail by itself', () => {
    expect(judged(buildBurst({ seed: 50 }), baseline, slow).status).toBe('pass');
  });

  it.each([
    ['was cut off', { ending: { kind: 'cancelled', signal: 'SIGINT' } }],
    ['had a saturated generator', { generator: { ...slow.generator, problems: ['it lagged'] } }],
  ] as const)('that %s confirms nothing', (_name, overrides) => {
    const again = { ...buildBurst({ seed: 51, medianMs: 350 }), ...overrides };
    expect(judged(slow, baseline, again).status).toBe('inconclusive');
  });

  it('that could not be compared says so', () => {
    const failed = regressionFinding({ status: 'fail' });
    expect(confirm([failed], [])[0]).toMatchObject({
      status: 'inconclusive',
      reason: 'it was seen once, and a second burst could not be compared; run it again',
    });
  });
});

describe('the extension', () => {
  const undecided = (pairs: number | undefined, overrides: Partial<RegressionFinding> = {}) =>
    regressionFinding({
      against: 'live',
      status: 'inconclusive',
      needed: pairs === undefined ? undefined : { pairs, requests: 1, duration: 1 as never },
      ...overrides,
    });
  const rows: readonly (readonly [
    name: string,
    findings: readonly RegressionFinding[],
    room: number,
    pairs: number,
  ])[] = [
    ['nothing is undecided', [regressionFinding({ against: 'live' })], 100, 0],
    ['as many as it takes, in fours', [undecided(9)], 100, 12],
    ['for the one that needs most', [undecided(9), undecided(30)], 100, 32],
    ['up to the cap', [undecided(60)], 43, 40],
    ['not where the cap is not half of it', [undecided(90)], 43, 0],
    ['not where nothing would do', [undecided(9), undecided(undefined)], 100, 0],
    ['not for what does not gate', [undecided(9, { gating: false })], 100, 0],
    ['not for earlier runs', [undecided(9, { against: 'window' })], 100, 0],
  ];
  it.each(rows)('%s', (_name, findings, room, pairs) => {
    expect(extension(findings, { pairs: room })).toBe(pairs);
  });

  it('shares the chance of a false alarm among its looks', () => {
    expect(policyOfLook(buildPolicy(), 2).regression.confidence).toBeCloseTo(0.995, 12);
    expect(policyOfLook(buildPolicy(), 1).regression.confidence).toBeCloseTo(0.99, 12);
  });
});

describe('strengthOf', () => {
  const rows: readonly (readonly [change: number, low: number, high: number, word: string])[] = [
    [0.3, 0.2, 0.4, 'clear'],
    [-0.3, -0.4, -0.2, 'clear'],
    [0.2, 0.05, 0.4, 'likely'],
    [0.05, 0.02, 0.08, 'slight'],
    [0.2, -0.1, 0.5, 'possible'],
    [0.02, -0.1, 0.14, 'none'],
  ];
  it.each(rows)('%d between %d and %d is %s', (change, low, high, word) => {
    expect(strengthOf(change, [low, high], 0.1)).toBe(word);
  });
});
