import { describe, expect, it } from 'vitest';
import { readTimes } from '../../bench/engine/child.ts';
import { disturbance, isQuiet, keepQuiet, parseMachineTime, parseProcessTime } from '../../bench/engine/noise.ts';

const STAT = `cpu  480307 102 59960 678772 3878 700 4138 931 0 0
cpu0 235571 40 29155 346278 499 0 2112 488 0 0
`;

describe('times of the system', () => {
  it('reads the time of all cores, without idling, waiting and interrupts', () => {
    const { busy, steal } = parseMachineTime(STAT);
    expect(busy).toBeCloseTo(4_803.07 + 1.02 + 599.6, 6);
    expect(steal).toBeCloseTo(9.31, 6);
  });

  it('reads the time of a process whose name has blanks and parentheses', () => {
    expect(parseProcessTime('42 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20')).toBeCloseTo(2, 6);
  });

  it("reads the children's line of the shell's times", () => {
    expect(readTimes('0m0.010s 0m0.020s\n1m2.500s 0m0.250s\n')).toBeCloseTo(62.75, 6);
    expect(readTimes('')).toBeNaN();
  });
});

describe('what others did', () => {
  const before = { busy: 100, steal: 1 };
  it.each<[string, { busy: number; steal: number }, { steal: number; others: number }, boolean]>([
    ['nothing but us', { busy: 112, steal: 1 }, { steal: 0, others: 0 }, true],
    ['less than the clock can tell', { busy: 111.9, steal: 1 }, { steal: 0, others: 0 }, true],
    ['a little', { busy: 113, steal: 1.1 }, { steal: 0.005, others: 0.05 }, true],
    ['another process', { busy: 113.2, steal: 1 }, { steal: 0, others: 0.06 }, false],
    ['the host', { busy: 112, steal: 1.3 }, { steal: 0.015, others: 0 }, false],
  ])('%s', (_, after, expected, quiet) => {
    const seen = disturbance(before, after, { own: 12, wall: 10, cores: 2 })!;
    expect(seen.steal).toBeCloseTo(expected.steal, 9);
    expect(seen.others).toBeCloseTo(expected.others, 9);
    expect(isQuiet(seen)).toBe(quiet);
  });

  it('is not known without /proc, and then nothing is dropped', () => {
    const seen = disturbance(undefined, before, { own: 1, wall: 1 });
    expect(seen).toBeUndefined();
    expect(isQuiet(seen)).toBe(true);
  });
});

describe('noisy rounds', () => {
  const of = (...quiet: boolean[]) => quiet.map((each, index) => ({ quiet: each, index }));
  it.each<[string, readonly { quiet: boolean; index: number }[], number[], boolean]>([
    ['are dropped', of(true, false, true), [0, 2], false],
    ['are kept, marked, where there is no other', of(false, false), [0, 1], true],
    ['are not there', of(), [], false],
  ])('%s', (_, measurements, kept, allNoisy) => {
    const result = keepQuiet(measurements);
    expect(result.kept.map(({ index }) => index)).toEqual(kept);
    expect(result.allNoisy).toBe(allNoisy);
  });
});
