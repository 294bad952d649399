import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { type HistoryPoint, TREND_METRICS, type TrendMetric } from '../../src/model/trend.ts';
import { micros } from '../../src/model/units.ts';
import { findTrend } from '../../src/verdict/find-trend.ts';
import { historyPoint } from '../../src/verdict/history-point.ts';
import { buildFigure, buildPoint } from '../support/build-history.ts';
import { buildBlock, buildRun, buildScenario } from '../support/build-run.ts';
import { normalFrom, seeded } from '../support/seeded.ts';

const TODAY = buildRun({ id: 'today', createdAt: '2027-06-01T00:00:00.000Z' });

const trendOf = (points: readonly HistoryPoint[], run: Run = TODAY) => findTrend(points, run, undefined);

/** Nights whose metric wanders by 3 % around 200 ms (or as told), times `factor` of the night. */
const nights = (
  count: number,
  factor: (night: number) => number,
  { metric = 'p95', seed = 1, around = 200_000, more = {} }: NightOptions = {},
): HistoryPoint[] => {
  const normal = normalFrom(seeded(seed));
  return Array.from({ length: count }, (_, night) =>
    buildPoint(night + 1, {
      figures: [buildFigure({ metric, value: around * factor(night) * (1 + 0.03 * normal()), interval: undefined })],
      ...more,
    }),
  );
};

interface NightOptions {
  readonly metric?: TrendMetric;
  readonly seed?: number;
  readonly around?: number;
  readonly more?: Partial<HistoryPoint>;
}

const risen = (night: number): number => (night < 30 ? 1 : 1.12);

describe('findTrend', () => {
  it('tells when, by how much and by which commit a measure rose, and that it stayed', () => {
    const points = nights(45, risen);
    const trend = trendOf(points);
    expect(trend.points).toEqual(points);
    expect(trend.changes).toHaveLength(1);
    const [change] = trend.changes;
    expect(change).toMatchObject({ scenario: 'chat', metric: 'p95', unit: 'us', until: undefined, runs: [30, 15] });
    expect(change?.point).toEqual(points[30]);
    expect(change?.change).toBeCloseTo(0.12, 1);
    expect(change?.after).toBeCloseTo((change?.before ?? 0) * (1 + (change?.change ?? 0)), 6);
  });

  it('tells the newest first, and until when an older one lasted', () => {
    const points = nights(60, (night) => (night < 20 ? 1 : night < 40 ? 1.3 : 0.9));
    const { changes } = trendOf(points);
    expect(changes.map(({ point }) => point.runId)).toEqual(['run-41', 'run-21']);
    expect(changes.map(({ until }) => until?.runId)).toEqual([undefined, 'run-41']);
    expect(changes.map(({ change }) => Math.sign(change))).toEqual([-1, 1]);
  });

  it.each<[string, readonly HistoryPoint[]]>([
    ['no history', []],
    ['nothing that changed', nights(60, () => 1)],
    ['too few runs', nights(9, (night) => (night < 5 ? 1 : 3))],
    ['a single odd night', nights(40, (night) => (night === 20 ? 4 : 1))],
    ['a change too small to tell', nights(60, (night) => (night < 30 ? 1 : 1.015)).map(exactly)],
    ['a change of machine', mixed()],
    ['a change of configuration', [...nights(20, () => 1, { more: { configuration: 'old' } }), ...later()]],
    [
      'a scenario that is gone',
      nights(45, risen).map((point) => ({ ...point, figures: [buildFigure({ scenario: 'gone' })] })),
    ],
  ])('finds nothing in %s', (_, points) => {
    expect(trendOf(points).changes).toEqual([]);
  });

  it('finds a change on each machine by itself', () => {
    const points = nights(90, (night) => (night % 2 === 1 ? 2 : 1) * (night < 60 ? 1 : 1.12)).map((point, night) =>
      night % 2 === 1 ? { ...point, machine: 'slow' } : point,
    );
    const { changes } = trendOf(points);
    expect(new Set(changes.map(({ point }) => point.machine)).size).toBe(2);
    for (const { change, point } of changes) {
      expect(change).toBeCloseTo(0.12, 1);
      expect(Number(point.runId.slice(4))).toBeGreaterThan(56);
    }
  });

  it('compares shares by their difference, zeros included', () => {
    const normal = normalFrom(seeded(3));
    const points = nights(40, () => 1, { metric: 'error_rate' }).map((point, night) => ({
      ...point,
      figures: [buildFigure({ metric: 'error_rate', value: night < 25 ? 0 : 0.01 + 0.001 * normal() })],
    }));
    const [change, ...more] = trendOf(points).changes;
    expect(more).toEqual([]);
    expect(change).toMatchObject({ metric: 'error_rate', unit: 'ratio', before: 0, point: { runId: 'run-26' } });
    expect(change?.change).toBeCloseTo(0.01, 3);
  });

  it('leaves the run itself out of its history', () => {
    const points = nights(45, risen);
    expect(trendOf(points, buildRun({ id: 'run-45' })).points).toHaveLength(44);
  });

  it('hardly ever tells of a change that is none, over all measures together', () => {
    const gates = 60;
    let alarms = 0;
    for (let gate = 1; gate <= gates; gate++) {
      const series = TREND_METRICS.map((metric, at) =>
        nights(40, () => 1, { metric, seed: gate * 10 + at, around: 0.02 }),
      );
      const points = series[0]!.map((point, night) => ({
        ...point,
        figures: series.flatMap((each) => each[night]!.figures),
      }));
      alarms += Number(trendOf(points).changes.length > 0);
    }
    // 1 % is meant: of sixty, four or more come by chance once in 300,000 times.
    expect(alarms).toBeLessThan(4);
  });
});

/** Without the noise. */
function exactly(point: HistoryPoint, night: number): HistoryPoint {
  return { ...point, figures: [buildFigure({ value: night < 30 ? 200_000 : 203_000 })] };
}

function later(): HistoryPoint[] {
  return nights(20, () => 2).map((point, night) => ({
    ...point,
    runId: `later-${night}`,
    at: buildPoint(night + 30).at,
  }));
}

/** Two machines by turns, of which one is half as fast, and is met only late. */
function mixed(): HistoryPoint[] {
  return nights(60, (night) => (isSlow(night) ? 2 : 1)).map((point, night) =>
    isSlow(night) ? { ...point, machine: 'slow' } : point,
  );
}

function isSlow(night: number): boolean {
  return night > 25 && night % 2 === 1;
}

describe('historyPoint', () => {
  it('remembers a few numbers of every scenario, in four digits, with their intervals', () => {
    const scenario = buildScenario({
      blocks: Array.from({ length: 10 }, (_, at) =>
        buildBlock(at, {
          counts: { ok: 19, errors: { gateway: 1 } },
          ms: { latency: Array.from({ length: 19 }, (_, i) => 100.123 + i), overhead: Array(19).fill(7.7) },
        }),
      ),
    });
    const point = historyPoint(buildRun({ scenarios: [scenario] }), 'inconclusive');
    expect(point).toMatchObject({
      runId: 'run-1',
      at: '2026-01-02T03:04:05.000Z',
      commit: 'abc123',
      verdict: 'inconclusive',
      machine: 'Test CPU, 4 cores, 15 GiB, ubuntu24',
      configuration: 'd'.repeat(64),
    });
    expect(point.figures.map(({ metric }) => metric)).toEqual([
      'p50',
      'p95',
      'error_rate',
      'throughput',
      'overhead.p95',
    ]);
    const values = new Map(point.figures.map(({ metric, value }) => [metric, value]));
    expect(values.get('p50')).toBe(109_200);
    expect([values.get('error_rate'), values.get('throughput')]).toEqual([0.05, 19]);
    for (const { value, interval } of point.figures) {
      expect(Number(value.toPrecision(4))).toBe(value);
      expect(interval === undefined || (interval[0] <= value && value <= interval[1])).toBe(true);
    }
    expect(point.figures.find(({ metric }) => metric === 'p50')?.interval).toBeDefined();
  });

  it('leaves out what was not measured, and ends that are open', () => {
    const few = buildScenario({
      blocks: [buildBlock(0, { ms: { latency: [100, 101] } })],
      duration: micros(1_000_000),
    });
    const { figures } = historyPoint(
      buildRun({ scenarios: [few, buildScenario({ name: 'none', blocks: [] })] }),
      'pass',
    );
    expect(figures.every(({ scenario }) => scenario === 'chat')).toBe(true);
    expect(figures.find(({ metric }) => metric === 'p95')?.interval).toBeUndefined();
    expect(JSON.stringify(figures)).not.toContain('null');
  });
});
