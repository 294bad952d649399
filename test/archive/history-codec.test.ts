import { describe, expect, it } from 'vitest';
import {
  appendToHistory,
  HISTORY_MAX_POINTS,
  HISTORY_MAX_SIZE,
  readHistory,
  storedHistory,
} from '../../src/archive/history-codec.ts';
import { type HistoryPoint, TREND_METRICS } from '../../src/model/trend.ts';
import { buildFigure, buildPoint } from '../support/build-history.ts';

const stored = (points: readonly HistoryPoint[]) => JSON.parse(JSON.stringify(storedHistory(points)));

/** A run of that many scenarios with every metric and its interval. */
const wide = (day: number, scenarios: number): HistoryPoint =>
  buildPoint(day, {
    figures: Array.from({ length: scenarios }, (_, index) =>
      TREND_METRICS.map((metric) =>
        buildFigure({ scenario: `scenario-${index}`, metric, value: 123_400 + day, interval: [119_900, 128_700] }),
      ),
    ).flat(),
  });

describe('a stored history', () => {
  it('comes back as it was, oldest first', () => {
    const points = [
      buildPoint(1, {
        figures: [buildFigure({ interval: undefined }), buildFigure({ metric: 'error_rate', value: 0 })],
      }),
      buildPoint(2, { commit: undefined, machine: 'another', configuration: 'other', verdict: 'fail', figures: [] }),
      buildPoint(3, { figures: [buildFigure({ scenario: 'faq' }), buildFigure()] }),
    ];
    expect(readHistory(stored(points))).toEqual(points);
    expect(readHistory(stored(points.toReversed()))).toEqual(points);
    expect(readHistory(stored([]))).toEqual([]);
  });

  it('leaves out metrics that a later version has', () => {
    const later = stored([buildPoint(1, { figures: [buildFigure(), buildFigure({ metric: 'p50' })] })]);
    expect(readHistory({ ...later, metrics: ['novel', ...later.metrics.slice(1)] })).toEqual([buildPoint(1)]);
  });

  it.each<[string, (good: ReturnType<typeof stored>) => unknown, RegExp]>([
    ['no object', () => 7, /^: /],
    ['null', () => null, /^: /],
    ['without points', ({ points: _, ...rest }) => rest, /^points: /],
    [
      'with a date that is none',
      (good) => ({ ...good, points: [{ ...good.points[0], at: 'yesterday' }] }),
      /^points\[0\]\.at: /,
    ],
    ['with a verdict that is none', (good) => ({ ...good, points: [{ ...good.points[0], verdict: 'ok' }] }), /verdict/],
    ['with a row that is none', (good) => ({ ...good, points: [{ ...good.points[0], figures: [[0, 1]] }] }), /figures/],
    [
      'with a number that is none',
      (good) => ({ ...good, points: [{ ...good.points[0], figures: [[0, 1, null]] }] }),
      /figures/,
    ],
    ['with a machine that has no name', (good) => ({ ...good, machines: [] }), /no name at place 0/],
    ['with a scenario that has no name', (good) => ({ ...good, scenarios: [] }), /no name at place 0/],
    ['with too many points', (good) => ({ ...good, points: Array(401).fill(good.points[0]) }), /^points: /],
    [
      'with too many numbers',
      (good) => ({ ...good, points: [{ ...good.points[0], figures: Array(200_001).fill([0, 1, 5]) }] }),
      /too many numbers/,
    ],
    ['with a name without end', (good) => ({ ...good, scenarios: ['x'.repeat(1_001)] }), /scenarios\[0\]/],
  ])('%s is refused with its place', (_, damage, message) => {
    expect(readHistory(damage(stored([buildPoint(1)])))).toMatch(message);
  });
});

describe('appendToHistory', () => {
  const append = (points: readonly HistoryPoint[]): readonly HistoryPoint[] =>
    points.reduce<readonly HistoryPoint[]>((history, point) => appendToHistory(history, point), []);

  it('keeps runs in the order of time, each once, the newer entry of two', () => {
    const again = buildPoint(1, { verdict: 'fail' });
    expect(append([buildPoint(2), buildPoint(1), buildPoint(3), again])).toEqual([again, buildPoint(2), buildPoint(3)]);
  });

  it(`keeps the newest ${HISTORY_MAX_POINTS} runs`, () => {
    const full = Array.from({ length: HISTORY_MAX_POINTS }, (_, day) => buildPoint(day + 1));
    const next = appendToHistory(full, buildPoint(HISTORY_MAX_POINTS + 1));
    expect(next).toHaveLength(HISTORY_MAX_POINTS);
    expect([next[0]?.runId, next.at(-1)?.runId]).toEqual(['run-2', 'run-401']);
  });

  // [scenarios, the least number of runs that are kept]
  it.each([
    [1, 400],
    [10, 400],
    [60, 90],
    [400, 10],
  ])('of %i scenarios stays within its size, and keeps at least %i runs', (scenarios, least) => {
    const full = Array.from({ length: HISTORY_MAX_POINTS }, (_, day) => wide(day + 1, scenarios));
    const next = appendToHistory(full, wide(500, scenarios));
    expect(JSON.stringify(storedHistory(next)).length).toBeLessThanOrEqual(HISTORY_MAX_SIZE);
    expect(next.length).toBeGreaterThanOrEqual(least);
    expect(next.at(-1)?.runId).toBe('run-500');
  });
});
