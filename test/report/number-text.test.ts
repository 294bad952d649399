import { describe, expect, it } from 'vitest';
import type { Relation } from '../../src/model/slo.ts';
import { fromSeconds } from '../../src/model/units.ts';
import {
  formatBeside,
  formatChange,
  formatChangeInterval,
  formatCount,
  formatLimit,
  formatMicros,
  formatQuantity,
  formatRate,
  formatShare,
  formatSpan,
} from '../../src/report/number-text.ts';

describe('numbers as people read them', () => {
  it.each([
    [0, '0 ms'],
    [85, '85 µs'],
    [999.7, '1 ms'],
    [1_234, '1.23 ms'],
    [812_400, '812 ms'],
    [999_700, '1 s'],
    [2_414_000, '2.41 s'],
    [3_100_000, '3.1 s'],
    [125_000_000, '125 s'],
    [undefined, '–'],
    [Number.NaN, '–'],
  ])('latency %s µs', (value, expected) => expect(formatMicros(value)).toBe(expected));

  it.each([
    [0, '0 s'],
    [4.24, '4.2 s'],
    [35, '35 s'],
    [240, '4 min'],
    [245, '4 min 5 s'],
  ])('span of %s s', (seconds, expected) => expect(formatSpan(fromSeconds(seconds))).toBe(expected));

  it.each([
    [formatShare(0.1234), '12.3 %'],
    [formatShare(0), '0 %'],
    [formatShare(undefined), '–'],
    [formatRate(20.06), '20.1/s'],
    [formatRate(1_234), '1,230/s'],
    [formatCount(12_345), '12,345'],
    [formatCount(undefined), '–'],
    [formatQuantity(57, 'count'), '57'],
    [formatQuantity(1_234_567, 'count'), '1,234,567'],
    [formatQuantity(1.10955, 'count'), '1.11'],
  ])('%s', (text, expected) => expect(text).toBe(expected));

  it.each([
    [0.123, 'us', '+12 %'],
    [-0.084, 'us', '−8.4 %'],
    [0.0001, 'us', '±0 %'],
    [1.5, 'per-second', '+150 %'],
    [0.005, 'ratio', '+0.5 points'],
    [-3, 'count', '−3'],
    [undefined, 'us', '–'],
    [Number.POSITIVE_INFINITY, 'us', '–'],
  ] as const)('change %s in %s', (change, unit, expected) => expect(formatChange(change, unit)).toBe(expected));

  it('an interval of a change', () => {
    expect(formatChangeInterval([0.08, 0.16], 'us')).toBe('[+8 %, +16 %]');
    expect(formatChangeInterval(undefined, 'us')).toBeUndefined();
    expect(formatChangeInterval([Number.NEGATIVE_INFINITY, 1], 'us')).toBeUndefined();
  });

  it.each<[Relation, string]>([
    [{ operator: '<', limit: 2_500_000 }, 'limit 2.5 s'],
    [{ operator: '>=', limit: 1_000 }, 'minimum 1 ms'],
    [{ operator: '==', limit: 0 }, 'must be 0 ms'],
    [{ operator: 'in', low: 1_000, high: 2_000 }, 'allowed 1 ms to 2 ms'],
  ])('limit %j', (relation, expected) => expect(formatLimit(relation, 'us')).toBe(expected));

  it('shows a number beside its limit with as many digits as it takes to differ', () => {
    expect(formatBeside(2_500_400, [2_500_000], 'us')).toBe('2.5004 s');
    expect(formatBeside(2_500_000, [2_500_000], 'us')).toBe('2.5 s');
    expect(formatBeside(0.01000000001, [0.01], 'ratio')).toBe('1 %');
    expect(formatBeside(undefined, [1], 'us')).toBe('–');
  });
});
