import type { Run } from '../../src/model/run.ts';
import { type HistoryPoint, TREND_METRICS, type Trend, type TrendMetric } from '../../src/model/trend.ts';
import { findTrend } from '../../src/verdict/find-trend.ts';
import { historyPoint } from '../../src/verdict/history-point.ts';
import { machineName } from '../../src/verdict/machines.ts';
import { normalFrom, seeded } from './seeded.ts';

const LEVELS: Readonly<Record<TrendMetric, number>> = {
  p50: 480_000,
  p95: 1_010_000,
  'ttft.p95': 330_000,
  error_rate: 0.004,
  throughput: 19.9,
  'overhead.p95': 2_400,
};

const DAY = 86_400_000;

/**
 * The trend of a run after so many nights, of which every ninth was on another machine: the first scenario got 18 % slower two thirds of
 * the way, and its errors rose near the end; the second became faster early. The other scenarios only wander.
 */
export const pageTrend = (run: Run, nights: number): Trend => {
  const points = Array.from({ length: nights }, (_, night) => pointOf(run, night, nights));
  return findTrend(points, run, historyPoint(run, 'fail'));
};

const pointOf = (run: Run, night: number, nights: number): HistoryPoint => {
  const isOther = night % 9 === 8;
  const share = night / nights;
  return {
    runId: `night-${night}`,
    at: new Date(Date.parse(run.createdAt) - (nights - night) * DAY).toISOString(),
    commit: (0xabc1234 + night * 7_919).toString(16).padEnd(40, '0'),
    verdict: night % 23 === 0 ? 'inconclusive' : 'pass',
    machine: isOther ? 'Another CPU, 2 cores, 7 GiB' : machineName(run.environment),
    configuration: run.configDigest,
    figures: run.scenarios.flatMap(({ name }, place) =>
      TREND_METRICS.map((metric) => {
        const normal = normalFrom(seeded(night * 1_000 + place * 10 + TREND_METRICS.indexOf(metric)));
        const value =
          LEVELS[metric] * factorOf(place, metric, share) * (isOther ? 1.35 : 1) * Math.exp(0.03 * normal());
        const rounded = (each: number): number => Number(each.toPrecision(4));
        return {
          scenario: name,
          metric,
          value: rounded(value),
          interval: [rounded(value * 0.96), rounded(value * 1.05)] as const,
        };
      }),
    ),
  };
};

const factorOf = (scenario: number, metric: TrendMetric, share: number): number => {
  if (scenario === 0 && metric === 'p95') return share >= 0.66 ? 1.18 : 1;
  if (scenario === 0 && metric === 'error_rate') return share >= 0.85 ? 3 : 1;
  return scenario === 1 && metric === 'p50' && share >= 0.3 ? 0.8 : 1;
};
