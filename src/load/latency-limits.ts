import type { CacheStatus } from '../model/outcome.ts';
import type { QuantileMetric, Slo } from '../model/slo.ts';

/** The durations of one `ok` request, µs; undefined where the request has no such thing. */
export interface RequestTimes {
  readonly latency: number;
  readonly ttft: number | undefined;
  /** The longest gap between content events. */
  readonly longestGap: number | undefined;
  readonly tpot: number | undefined;
  readonly cache: CacheStatus | undefined;
}

/** Which duration of a request a metric's limit is compared with. */
const DURATION_OF: Readonly<Record<QuantileMetric, (times: RequestTimes) => number | undefined>> = {
  latency: (times) => times.latency,
  ttft: (times) => times.ttft,
  itl: (times) => times.longestGap,
  tpot: (times) => times.tpot,
  hit: (times) => (times.cache === 'hit' ? times.latency : undefined),
  miss: (times) => (times.cache === 'miss' ? times.latency : undefined),
  // Known only after the request was counted.
  overhead: () => undefined,
  'ttft-overhead': () => undefined,
};

/**
 * Whether one request, by itself, met every latency SLO (`<` and `<=` of quantiles) that speaks of its tenant or of all: what
 * goodput counts. An SLO on something that the request does not have does not speak of it; without SLOs all are good.
 */
export const createLatencyLimits = (
  slos: readonly Slo[],
  tenant: string | undefined,
): ((times: RequestTimes) => boolean) => {
  const checks = slos
    .filter((slo) => slo.tenant === undefined || slo.tenant === tenant)
    .flatMap(({ subject, relation }) =>
      subject.kind === 'quantile' && (relation.operator === '<' || relation.operator === '<=')
        ? [{ duration: DURATION_OF[subject.metric], limit: relation.limit, isClosed: relation.operator === '<=' }]
        : [],
    );
  return (times) =>
    checks.every(({ duration, limit, isClosed }) => {
      const value = duration(times);
      return value === undefined || value < limit || (isClosed && value === limit);
    });
};
