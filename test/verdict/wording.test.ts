import { describe, expect, it } from 'vitest';
import type { SloUnit } from '../../src/model/slo.ts';
import { changeInWords, counted, inWords } from '../../src/verdict/wording.ts';

describe('inWords', () => {
  const rows: readonly (readonly [value: number, unit: SloUnit, words: string])[] = [
    [0, 'us', '0 ms'],
    [85, 'us', '85 µs'],
    [999.6, 'us', '1 ms'],
    [12_345, 'us', '12.3 ms'],
    [999_600, 'us', '1 s'],
    [2_503_000, 'us', '2.5 s'],
    [-40_000, 'us', '-40 ms'],
    [0.1, 'ratio', '10 %'],
    [0.00012, 'ratio', '0.012 %'],
    [0.000000001, 'ratio', '0.0000001 %'],
    [19.84, 'per-second', '19.8/s'],
    [12_345, 'count', '12345'],
  ];
  it.each(rows)('%d %s is %s', (value, unit, words) => {
    expect(inWords(value, unit)).toBe(words);
  });
});

it('changes are in percent, points or counts', () => {
  expect(changeInWords(0.123, 'us')).toBe('12.3 %');
  expect(changeInWords(0.005, 'ratio')).toBe('0.5 points');
  expect(changeInWords(3, 'count')).toBe('3');
});

it('one is not many', () => {
  expect([counted(0, 'run'), counted(1, 'run'), counted(2, 'run')]).toEqual(['0 runs', '1 run', '2 runs']);
});
