import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/config/did-you-mean.ts';

describe('didYouMean', () => {
  it.each([
    ['duraton', ['rate', 'duration', 'users'], 'duration'],
    ['warmpu', ['warmup'], 'warmup'],
    ['Tenants', ['tenants'], 'tenants'],
    ['p59', ['p50', 'p95'], 'p50'],
    ['xyz', ['rate', 'duration'], undefined],
    ['', ['rate'], undefined],
    ['rate', [], undefined],
  ])('%j among %j → %j', (typed, candidates, expected) => {
    expect(didYouMean(typed, candidates)).toBe(expected);
  });

  it('counts a swap of neighbours as one change, so that p59 means p95 where p50 is not on offer', () => {
    expect(didYouMean('p59', ['p95', 'p40'])).toBe('p95');
  });
});
