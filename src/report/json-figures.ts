import type { SloUnit } from '../model/slo.ts';
import type { ReportJson } from './report-json-schema.ts';
import type { Quantiles } from './slice-view.ts';

/** What a unit is called in `report.json`. */
export const UNITS = { us: 'ms', ratio: 'ratio', count: 'count', 'per-second': 'per-second' } as const;

/** At most six decimals; undefined for what is no number, so that JSON leaves it out and never says `null`. */
export const figure = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) ? undefined : Number(value.toFixed(6)) + 0;

/** µs to ms, three decimals: all that the histograms hold. */
export const milliseconds = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : figure(Math.round(value) / 1_000);

/** Numbers of that unit as they stand in `report.json`. */
export const quantitiesIn =
  (unit: SloUnit) =>
  (value: number | undefined): number | undefined =>
    unit === 'us' ? milliseconds(value) : figure(value);

/** Both ends of an interval; undefined when one is no number. */
export const pair = (
  interval: readonly [number, number] | undefined,
  convert: (value: number) => number | undefined,
): [number, number] | undefined => {
  const [low, high] = (interval ?? []).map(convert);
  return low === undefined || high === undefined ? undefined : [low, high];
};

/** Milliseconds; without a value, a count of 0 and nothing else. */
export const quantilesJson = (quantiles: Quantiles | undefined): ReportJson['generator']['lagMs'] => ({
  count: quantiles?.count ?? 0,
  p50: milliseconds(quantiles?.p50),
  p90: milliseconds(quantiles?.p90),
  p95: milliseconds(quantiles?.p95),
  p99: milliseconds(quantiles?.p99),
  p999: milliseconds(quantiles?.p999),
  max: milliseconds(quantiles?.max),
  mean: milliseconds(quantiles?.mean),
});
