import { describe, expect, it } from 'vitest';
import { mergeRuns } from '../../src/archive/merge-runs.ts';
import { mergeShares } from '../../src/archive/merge-shares.ts';
import { parseRun, runToJson } from '../../src/archive/run-codec.ts';
import type { FleetPolicy } from '../../src/model/policy.ts';
import type { Run } from '../../src/model/run.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { countOf } from '../../src/stats/histogram.ts';
import { allShares, aShare, shareRun } from '../support/build-fleet.ts';
import { buildBlock, buildRun, buildScenario, histogramOfMs } from '../support/build-run.ts';

const SCALE: FleetPolicy = { missing: 'scale', late: fromSeconds(5) };
const LATE = '2026-01-02T03:00:12.000Z';

describe('mergeShares', () => {
  it('makes the run of the whole load of all shares', () => {
    const merged = mergeShares(allShares(3).toReversed());
    expect(merged).toMatchObject({
      id: 'run-0',
      bounds: { requests: 18_000, concurrency: 600, tokens: 1_500_000, duration: 240_000_000 },
      used: { requests: 600, duration: 10_000_000 },
      scenarios: [{ load: '20/s for 10 s' }],
      fleet: { count: 3, leftOut: [], regions: [] },
    });
    expect(merged.share).toBeUndefined();
    expect(merged.fleet!.shares.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('is what mergeRuns makes of shares, of a single one too', () => {
    expect(mergeRuns(allShares(3))).toEqual(mergeShares(allShares(3)));
    expect(mergeRuns(allShares(3).slice(1, 2)).fleet).toMatchObject({ count: 3, shares: [{ index: 1 }] });
  });

  it('says of loads and steps how much of them was there', () => {
    const scenarios = [buildScenario({ stepRates: [10, 20] })];
    const [first, , third] = allShares(4, { scenarios });
    expect(mergeShares([first!, third!]).scenarios).toMatchObject([
      { load: '2/4 of 20/s for 10 s', stepRates: [5, 10] },
    ]);
  });

  it('names the generators that were in trouble', () => {
    const { generator } = buildRun();
    const troubled = {
      ...generator,
      problems: ['late'],
      scenarioProblems: [{ scenario: 'chat', text: 'chat: late' }],
      warnings: ['hm'],
    };
    const merged = mergeShares([shareRun(aShare(0)), shareRun(aShare(1), { generator: troubled })]).generator;
    expect(merged).toMatchObject({
      problems: ['share 2 of 8: late'],
      scenarioProblems: [{ scenario: 'chat', text: 'share 2 of 8: chat: late' }],
      warnings: ['share 2 of 8: hm'],
    });
  });

  const mixed: readonly Run[] = [
    shareRun(aShare(0)),
    shareRun(aShare(1, { startedAt: LATE })),
    shareRun(aShare(2, { startedAt: undefined }), {
      scenarios: [],
      ending: { kind: 'unreachable', reason: 'no route' },
    }),
  ];

  it('leaves out what was late or sent nothing where it is to scale, and says so', () => {
    const { fleet, ending } = mergeShares(mixed, SCALE);
    expect(fleet!.shares.map(({ index }) => index)).toEqual([0]);
    expect(fleet!.leftOut.map(({ index, reason }) => [index, reason])).toEqual([
      [1, 'began 12.0 s after the common start'],
      [2, 'sent nothing (no route)'],
    ]);
    expect(ending.kind).toBe('complete');
  });

  it.each<[string, FleetPolicy | undefined]>([
    ['a policy', undefined],
    ['a policy that is not to scale', { ...SCALE, missing: 'invalid' }],
  ])('leaves nothing out without %s', (_, policy) => {
    const { fleet, ending } = mergeShares(mixed, policy);
    expect([fleet!.shares.length, fleet!.leftOut.length, ending.kind]).toEqual([3, 0, 'unreachable']);
  });

  it('cannot make a run of nothing', () => {
    expect(() => mergeShares(mixed.slice(2), SCALE)).toThrow(expect.objectContaining({ code: 'unmeasurable' }));
  });

  const [one, two] = allShares(2) as [Run, Run];
  const refusals: readonly (readonly [name: string, runs: readonly Run[], message: string])[] = [
    ['given twice', [one, one, two], 'share 1 of 2 is given twice, and would count twice'],
    ['a whole run', [one, buildRun({ id: 'other' })], 'the run other is no share of a load'],
    ['a merged run', [one, mergeShares([one, two])], 'was merged before'],
    ['another configuration', [one, { ...two, configDigest: 'x' }], 'the configuration of one is'],
    ['another seed', [one, { ...two, seed: 'x' }], 'the seed of one is "seed", of another "x"'],
    ['another gateway', [one, { ...two, gateway: 'http://other' }], 'the gateway of one is'],
    ['another dialect', [one, { ...two, dialect: 'kong' }], 'the dialect of one is'],
    ['another version', [one, { ...two, toolVersion: '9' }], 'the version of Gatemark of one is'],
    ['another count', [one, shareRun(aShare(1))], 'the number of shares of one is "2", of another "8"'],
    ['another start', [one, { ...two, share: { ...two.share!, aimedAt: LATE } }], 'the common start of one is'],
  ];
  it.each(refusals)('refuses %s', (_, runs, message) => {
    expect(() => mergeRuns(runs)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) }),
    );
  });
});

describe('regions', () => {
  const ofMs = (...ms: readonly number[]) => [buildScenario({ blocks: [buildBlock(0, { ms: { latency: ms } })] })];
  const merged = mergeShares([
    shareRun(aShare(0, { region: 'eu' }), { scenarios: ofMs(100, 110) }),
    shareRun(aShare(1, { region: 'asia' }), { scenarios: ofMs(300) }),
    shareRun(aShare(2, { region: 'eu' }), { scenarios: ofMs(120) }),
    shareRun(aShare(3), { scenarios: ofMs(5) }),
  ]);

  it('are a dimension of the merged run, with whole histograms', () => {
    const { regions } = merged.fleet!;
    expect(regions.map(({ region, shares }) => [region, shares])).toEqual([
      [undefined, 1],
      ['asia', 1],
      ['eu', 2],
    ]);
    const [eu] = regions[2]!.scenarios;
    expect([eu!.name, eu!.counts.ok, eu!.histograms.latency]).toEqual(['chat', 3, histogramOfMs([100, 110, 120])]);
    const seen = regions.flatMap(({ scenarios }) => scenarios.map(({ histograms }) => countOf(histograms.latency!)));
    expect(seen).toEqual([1, 1, 3]);
  });

  it('and all else about the fleet come back from run.json', () => {
    const stored = { ...merged, fleet: { ...merged.fleet!, leftOut: [{ ...aShare(7), reason: 'was late' }] } };
    expect(parseRun(runToJson(stored))).toEqual(stored);
    expect(parseRun(runToJson(shareRun(aShare(1)))).share).toEqual(aShare(1));
  });

  it.each<[string, RegExp, string]>([
    ['an index that is not below the count', /"index":3,"count":8/, '"index":8,"count":8'],
    ['shares out of order', /"index":0,"count":8/, '"index":5,"count":8'],
    ['a start that is no time', /"startedAt":"[^"]+"/, '"startedAt":"noon"'],
    ['a region twice', /"region":"asia","shares"/, '"region":"eu","shares"'],
  ])('are refused with %s', (_, place, spoilt) => {
    const text = runToJson(merged);
    expect(text).toMatch(place);
    expect(() => parseRun(text.replace(place, spoilt))).toThrow(/cannot be read: fleet/);
  });
});
