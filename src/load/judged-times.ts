import type { Slice } from '../model/measurement.ts';
import type { QuantileMetric, Relation, Slo } from '../model/slo.ts';
import type { Micros } from '../model/units.ts';
import { quantile } from '../stats/histogram.ts';
import { partsOf, pooled } from '../stats/measurement.ts';

/** A quantile of a scenario's measured times on which something is decided. */
export interface JudgedTime {
  /** As in an SLO: `p95`, `ttft.p99`, `tenant(free).p95`. */
  readonly name: string;
  /** 0–1. */
  readonly quantile: number;
  readonly value: Micros;
  /** What an SLO asks of it; undefined where it is only compared with other runs. */
  readonly relation: Relation | undefined;
}

interface Sought {
  readonly name: string;
  readonly tenant: string | undefined;
  readonly metric: QuantileMetric;
  readonly quantile: number;
  readonly relation: Relation | undefined;
}

/** What a comparison with a baseline decides on by default, SLO or not. */
const ALWAYS: readonly Sought[] = [
  { name: 'p95', tenant: undefined, metric: 'latency', quantile: 0.95, relation: undefined },
  { name: 'ttft.p95', tenant: undefined, metric: 'ttft', quantile: 0.95, relation: undefined },
];

/** The quantiles that SLOs speak of, and those that are compared in any case; ones without a sample are left out. */
export const judgedTimes = (slos: readonly Slo[], slices: readonly Slice[]): readonly JudgedTime[] => {
  const sought = [...ALWAYS, ...slos.flatMap(soughtBy)];
  return sought.flatMap(({ name, tenant, metric, quantile: q, relation }) => {
    const value = quantile(pooled(partsOf(slices, tenant), metric), q);
    return value === undefined ? [] : [{ name, quantile: q, value, relation }];
  });
};

/**
 * Time per output token is left out: an error at the end of a stream is divided by its tokens. So is `cache.delta`, of which both
 * parts have the error.
 */
const soughtBy = ({ text, tenant, subject, relation }: Slo): readonly Sought[] => {
  const name = text.split(/\s*(?:[<>=!]|\bin\b)/)[0]!;
  if (subject.kind === 'quantile' && subject.metric !== 'tpot')
    return [{ name, tenant, metric: subject.metric, quantile: subject.quantile, relation }];
  return [];
};

/**
 * Whether an error of up to `error` µs may have decided: such errors only make times longer, so an SLO with an upper limit that
 * is met is met in any case, and one that is missed by more is missed in any case.
 */
export const mayDecide = ({ value, relation }: JudgedTime, error: number): boolean => {
  if (relation === undefined) return true;
  const least = value - error;
  const crosses = (limit: number): boolean => least <= limit && limit <= value;
  return relation.operator === 'in' ? crosses(relation.low) || crosses(relation.high) : crosses(relation.limit);
};
