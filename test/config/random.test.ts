import { describe, expect, it } from 'vitest';
import {
  createRandom,
  createRequestRandoms,
  generatorFrom,
  hashText,
  mixBits,
  requestRandom,
} from '../../src/config/random.ts';

const take = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

/** Pearson's statistic of counts that should be equal. */
const chiSquare = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

describe('the generator', () => {
  it('is xoshiro128**: the sequence of the reference implementation from the state 1, 2, 3, 4', () => {
    const generator = generatorFrom([1, 2, 3, 4]);
    expect(take(10, () => generator.word())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('leaves the state of all zeros, which has no way out', () => {
    const generator = generatorFrom([0, 0, 0, 0]);
    expect(new Set(take(100, () => generator.word())).size).toBeGreaterThan(90);
  });
});

describe('hashText', () => {
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['hello', 0, 0x248bfa47],
    ['hello, world', 0, 0x149bbb7f],
    ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
    ['aaa', 0x9747b28c, 0x283e0130],
    ['aaaa', 0x9747b28c, 0x5a97808a],
  ])('is MurmurHash3 x86_32: %j with seed %i', (text, seed, expected) => {
    expect(hashText(text, seed)).toBe(expected);
  });

  it('mixBits is a bijection, here on a sample', () => {
    expect(new Set(Array.from({ length: 100_000 }, (_, index) => mixBits(index))).size).toBe(100_000);
  });
});

describe('createRandom', () => {
  it('gives the same stream for the same seed, pinned so that an upgrade cannot change stored runs', () => {
    const random = createRandom('gatemark');
    expect(take(3, () => random.next())).toMatchInlineSnapshot(`
      [
        0.25911536960162496,
        0.5286412288639756,
        0.844978265319781,
      ]
    `);
    expect(take(5, () => random.int(1, 1000))).toMatchInlineSnapshot(`
      [
        25,
        431,
        350,
        355,
        208,
      ]
    `);
  });

  it('gives unlike streams for seeds that differ by one letter', () => {
    const [one, two] = [createRandom('seed-1'), createRandom('seed-2')];
    expect(take(10, () => one.next())).not.toEqual(take(10, () => two.next()));
  });

  it('fills [0, 1) evenly', () => {
    const random = createRandom('even');
    const counts = new Array<number>(100).fill(0);
    const values = take(100_000, () => random.next());
    for (const value of values) counts[Math.floor(value * 100)]! += 1;
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    // 99 degrees of freedom: 99.99 % of true generators lie below 160.
    expect(chiSquare(counts)).toBeLessThan(160);
  });

  it.each([
    [0, 9],
    [-3, 3],
    [7, 7],
  ])('int reaches every number from %i to %i, evenly', (min, max) => {
    const random = createRandom(`int ${min} ${max}`);
    const counts = new Array<number>(max - min + 1).fill(0);
    for (const value of take(20_000, () => random.int(min, max))) counts[value - min]! += 1;
    expect(chiSquare(counts)).toBeLessThan(35);
  });

  it('int holds at the edges of the safe integers', () => {
    const random = createRandom('edge');
    for (const value of take(1_000, () => random.int(0, Number.MAX_SAFE_INTEGER - 1)))
      expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
  });
});

describe('requestRandom', () => {
  it('is the same for the same seed, scenario and index, whatever was drawn before', () => {
    const streams = createRequestRandoms('s', 'chat');
    streams(4).next();
    const stream = streams(5);
    const again = requestRandom('s', 'chat', 5);
    expect(take(5, () => stream.next())).toEqual(take(5, () => again.next()));
  });

  it('is pinned', () => {
    const stream = requestRandom('gatemark', 'chat', 1);
    expect(take(3, () => stream.int(0, 0xffff_ffff))).toMatchInlineSnapshot(`
      [
        2584000004,
        3486862211,
        3674505753,
      ]
    `);
  });

  it.each([
    ['index', requestRandom('s', 'chat', 6)],
    ['scenario', requestRandom('s', 'chap', 5)],
    ['seed', requestRandom('t', 'chat', 5)],
    ['border between seed and scenario', requestRandom('sc', 'hat', 5)],
  ])('differs by %s', (_, other) => {
    const stream = requestRandom('s', 'chat', 5);
    expect(take(4, () => stream.next())).not.toEqual(take(4, () => other.next()));
  });

  it('decorrelates neighbours: the first draws of consecutive requests are even, and independent in pairs', () => {
    const streams = createRequestRandoms('s', 'chat');
    const firsts = Array.from({ length: 40_000 }, (_, index) => Math.floor(streams(index).next() * 8));
    const pairs = new Array<number>(64).fill(0);
    for (let index = 1; index < firsts.length; index += 1) pairs[firsts[index - 1]! * 8 + firsts[index]!]! += 1;
    // 63 degrees of freedom: 99.99 % lie below 114.
    expect(chiSquare(pairs)).toBeLessThan(114);
  });
});
