import { describe, expect, it } from 'vitest';
import { latenessOf, missingShares, namesOfShares } from '../../src/archive/fleet.ts';
import { aShare } from '../support/build-fleet.ts';

describe('latenessOf', () => {
  it.each<[string, Parameters<typeof aShare>[1], number]>([
    ['on time', { startedAt: '2026-01-02T03:00:00.000Z' }, 0],
    ['12 ms late', { startedAt: '2026-01-02T03:00:00.012Z' }, 12_000],
    ['early', { startedAt: '2026-01-02T02:59:59.000Z' }, 0],
    ['one that sent nothing', { startedAt: undefined }, 0],
  ])('of a share %s', (_, share, late) => {
    expect(latenessOf(aShare(0, share), [aShare(0, share), aShare(1)])).toBe(late);
  });

  it('counts from the first to begin where no start was agreed on', () => {
    const at = (index: number, startedAt: string) => aShare(index, { aimedAt: undefined, startedAt });
    const all = [at(0, '2026-01-02T03:00:02.000Z'), at(1, '2026-01-02T03:00:00.500Z')];
    expect(all.map((share) => latenessOf(share, all))).toEqual([1_500_000, 0]);
  });
});

describe('names of shares', () => {
  it.each<[readonly number[], string]>([
    [[], ''],
    [[2], 'share 3 of 8'],
    [[4, 2], 'shares 3, 5 of 8'],
    [[0, 1], 'shares 1, 2 of 8'],
    [[0, 1, 2, 4, 5, 6, 7], 'shares 1 to 3, 5 to 8 of 8'],
  ])('%j are %s', (indexes, names) => {
    expect(namesOfShares(indexes.map((index) => ({ index, count: 8 })))).toBe(names);
  });
});

it('missing are those that no share has the index of', () => {
  expect(missingShares({ count: 4, shares: [aShare(1), aShare(3)], leftOut: [], regions: [] })).toEqual([0, 2]);
});
