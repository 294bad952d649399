import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatRate,
  parseDuration,
  parseDurationRange,
  parsePercentage,
  parseRate,
} from '../../src/config/quantities.ts';
import { micros } from '../../src/model/units.ts';

describe('parseDuration', () => {
  it.each([
    ['250us', 250],
    ['250µs', 250],
    ['300ms', 300_000],
    ['0.5ms', 500],
    ['2.5s', 2_500_000],
    ['4m', 240_000_000],
    ['1h', 3_600_000_000],
    ['1m30s', 90_000_000],
    ['1h 5s', 3_605_000_000],
    ['0s', 0],
    [' 10s ', 10_000_000],
    ['0.1s', 100_000],
    ['1.1s', 1_100_000],
  ])('%j is %i µs', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '10', 's', '1d', '-1s', '1e3s', '.5s', '5.s', '1s1m', '1s2s', '10 s', '1sx', 'soon', '99999999999h'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [250, '250us'],
    [12_500, '12.5ms'],
    [2_500_000, '2.5s'],
    [60_000_000, '1m'],
    [90_000_000, '1m30s'],
    [3_600_000_000, '1h'],
    [3_661_000_001, '1h1m1.000001s'],
  ])('%i µs is %j', (value, expected) => {
    expect(formatDuration(micros(value))).toBe(expected);
  });

  it('is read back exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * 3_600_000_000 }), (value) => {
        expect(parseDuration(formatDuration(micros(value)))).toBe(value);
      }),
    );
  });
});

describe('parseRate', () => {
  it.each([
    ['20/s', 20],
    ['600/m', 10],
    ['36000/h', 10],
    ['2.5 / s', 2.5],
    ['20', 20],
    ['0/s', 0],
    [12.5, 12.5],
    [0, 0],
  ])('%j is %d a second', (value, expected) => {
    expect(parseRate(value)).toBe(expected);
  });

  it.each(['', '20/d', '-1/s', '/s', '20/ms', 'fast', '20/s/s', -1, Number.NaN, Number.POSITIVE_INFINITY])(
    '%j is none',
    (value) => {
      expect(parseRate(value)).toBeUndefined();
    },
  );
});

describe('formatRate', () => {
  it.each([
    [20, '20/s'],
    [2.5, '2.5/s'],
    [1 / 3, '20/m'],
    [10 / 3600, '10/h'],
    [0, '0/s'],
    [33.33333, '33.333/s'],
  ])('%d a second is %j', (value, expected) => {
    expect(formatRate(value)).toBe(expected);
  });
});

describe('parsePercentage', () => {
  it.each([
    ['50%', 0.5],
    ['0.5 %', 0.005],
    ['99.9%', 0.999],
    ['100%', 1],
    ['0.25', 0.25],
    [0.25, 0.25],
    [1, 1],
    [0, 0],
  ])('%j is %d', (value, expected) => {
    expect(parsePercentage(value)).toBe(expected);
  });

  it.each(['', '101%', '-1%', '5', 5, -0.1, Number.NaN, '%', 'half'])('%j is none', (value) => {
    expect(parsePercentage(value)).toBeUndefined();
  });
});

describe('parseDurationRange', () => {
  it.each([
    ['1s..3s', { min: 1_000_000, max: 3_000_000 }],
    ['500ms .. 2s', { min: 500_000, max: 2_000_000 }],
    ['2s', { min: 2_000_000, max: 2_000_000 }],
  ])('%j', (text, expected) => {
    expect(parseDurationRange(text)).toEqual(expected);
  });

  it.each(['', '3s..1s', '1..3s', '1s..', '..3s', '1s..2s..3s', '1s-3s'])('%j is none', (text) => {
    expect(parseDurationRange(text)).toBeUndefined();
  });
});
