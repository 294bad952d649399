import { describe, expect, it } from 'vitest';
import { holds, isClose } from '../../src/verdict/relation.ts';
import { slo } from './build-policy.ts';

const relationOf = (text: string) => slo(`error_rate ${text}`).relation;

describe('holds', () => {
  const rows: readonly (readonly [relation: string, inside: readonly number[], outside: readonly number[]])[] = [
    ['< 10%', [0, 0.099], [0.1, 0.2]],
    ['<= 10%', [0, 0.1], [0.11]],
    ['> 10%', [0.11], [0.1, 0]],
    ['>= 10%', [0.1, 1], [0.099]],
    ['== 0%', [0], [0.001]],
    ['!= 0%', [0.001], [0]],
    ['in 10%..20%', [0.1, 0.15, 0.2], [0.099, 0.201]],
  ];
  it.each(rows)('%s', (text, inside, outside) => {
    for (const value of inside) expect(holds(relationOf(text), value), `${value}`).toBe(true);
    for (const value of outside) expect(holds(relationOf(text), value), `${value}`).toBe(false);
  });
});

describe('isClose', () => {
  type Row = readonly [
    relation: string,
    value: number,
    interval: readonly [number, number] | undefined,
    close: boolean,
  ];
  const rows: readonly Row[] = [
    ['< 10%', 0.05, [0.03, 0.08], false],
    ['< 10%', 0.05, [0.03, 0.1], true],
    ['< 10%', 0.15, [0.12, 0.2], false],
    ['< 10%', 0.15, [0.09, 0.2], true],
    ['>= 10%', 0.15, [0.1, 0.2], false],
    ['>= 10%', 0.15, [0.09, 0.2], true],
    ['in 10%..20%', 0.15, [0.11, 0.19], false],
    ['in 10%..20%', 0.15, [0.09, 0.19], true],
    ['in 10%..20%', 0.25, [0.21, 0.3], false],
    ['in 10%..20%', 0.25, [0.19, 0.3], true],
    ['in 10%..20%', 0.25, [0.05, 0.3], true],
    ['== 0%', 0, [0, 0.1], false],
    ['!= 0%', 0.1, [0, 0.2], false],
    ['< 10%', 0.05, undefined, false],
  ];
  it.each(rows)('%s at %d with %j: %s', (text, value, interval, close) => {
    expect(isClose(relationOf(text), value, interval)).toBe(close);
  });
});
