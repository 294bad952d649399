import { describe, expect, it } from 'vitest';
import { type Json, jsonText, lookUp, parseJson } from '../../src/wire/json.ts';

describe('lookUp', () => {
  const root = parseJson('{"a":{"b":[{"c":1},null]},"":{"":2},"__proto__":{"x":3},"0":4}');
  it.each<readonly [path: string, value: Json | undefined]>([
    ['a.b.0.c', 1],
    ['a.b.1', null],
    ['a.b.2', undefined],
    ['a.b.1.c', undefined],
    ['a.b.-1', undefined],
    ['a.b.length', undefined],
    ['a.b.0.c.d', undefined],
    ['a.x', undefined],
    ['.', 2],
    ['0', 4],
    ['__proto__.x', 3],
    ['constructor', undefined],
    ['a.toString', undefined],
    ['a.__proto__', undefined],
    ['a.b.map', undefined],
  ])('%s', (path, value) => {
    expect(lookUp(root, path)).toEqual(value);
  });

  it('takes the empty path for the whole value, and finds nothing in nothing', () => {
    expect(lookUp(7, '')).toBe(7);
    expect(lookUp(undefined, 'a')).toBeUndefined();
    expect(lookUp('text', 'length')).toBeUndefined();
  });
});

describe('jsonText', () => {
  it('survives what is too deep to be written', () => {
    expect(jsonText({ a: [1] })).toBe('{"a":[1]}');
    expect(jsonText(parseJson('['.repeat(50_000) + ']'.repeat(50_000))!)).toBe('…');
  });
});
