import type { Slice } from '../model/measurement.ts';
import type { QuantileMetric, Slo } from '../model/slo.ts';
import type { Micros } from '../model/units.ts';
import { quantile } from '../stats/histogram.ts';
import { blocksOf, pooled } from '../stats/measurement.ts';

/** A quantile of a scenario's measured times on which something is decided. */
export interface JudgedTime {
  /** As in an SLO: `p95`, `ttft.p99`, `tenant(free).p95`. */
  readonly name: string;
  /** 0–1. */
  readonly quantile: number;
  readonly value: Micros;
}

interface Sought {
  readonly name: string;
  readonly tenant: string | undefined;
  readonly metric: QuantileMetric;
  readonly quantile: number;
}

/** What a comparison with a baseline decides on by default, SLO or not. */
const ALWAYS: readonly Sought[] = [
  { name: 'p95', tenant: undefined, metric: 'latency', quantile: 0.95 },
  { name: 'ttft.p95', tenant: undefined, metric: 'ttft', quantile: 0.95 },
];

/** The quantiles that SLOs speak of, and those that are compared in any case; ones without a sample are left out. */
export const judgedTimes = (slos: readonly Slo[], slices: readonly Slice[]): readonly JudgedTime[] => {
  const sought = [...ALWAYS, ...slos.flatMap(soughtBy)];
  return sought.flatMap(({ name, tenant, metric, quantile: q }) => {
    const value = quantile(pooled(blocksOf(slices, tenant), metric), q);
    return value === undefined ? [] : [{ name, quantile: q, value }];
  });
};

/** Time per output token is left out: an error at the end of a stream is divided by its tokens. */
const soughtBy = ({ text, tenant, subject }: Slo): readonly Sought[] => {
  const name = text.split(/\s*(?:[<>=!]|\bin\b)/)[0]!;
  if (subject.kind === 'quantile' && subject.metric !== 'tpot')
    return [{ name, tenant, metric: subject.metric, quantile: subject.quantile }];
  // The difference is as wrong as its smaller part is.
  if (subject.kind === 'cache-delta')
    return [{ name: `hit behind ${name}`, tenant, metric: 'hit', quantile: subject.quantile }];
  return [];
};
