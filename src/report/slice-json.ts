import { figure, quantilesJson } from './json-figures.ts';
import type { ReportJson } from './report-json-schema.ts';
import type { Quantiles, SliceView } from './slice-view.ts';

type SliceJson = ReportJson['scenarios'][number]['tenants'][string];

const cacheJson = ({ counts: { cache }, hitRate, metrics }: SliceView): SliceJson['cache'] =>
  cache.hit === undefined && cache.miss === undefined && cache.bypass === undefined
    ? undefined
    : {
        hits: cache.hit ?? 0,
        misses: cache.miss ?? 0,
        bypassed: cache.bypass ?? 0,
        hitRate: figure(hitRate),
        hitMs: quantilesJson(metrics.hit),
        missMs: quantilesJson(metrics.miss),
      };

/** One scenario, or one tenant of it. */
export const sliceJson = (slice: SliceView, stream: boolean): SliceJson => {
  const { counts, metrics } = slice;
  const streamed = (quantiles: Quantiles | undefined) => (stream ? quantilesJson(quantiles) : undefined);
  return {
    requests: slice.requests,
    ok: counts.ok,
    throttled: counts.throttled,
    dropped: slice.dropped,
    droppedBy: { ...counts.dropped },
    errors: { ...counts.errors },
    errorRate: figure(slice.errorShare),
    status: { ...counts.status },
    throughput: figure(slice.throughput),
    tokensPerSecond: figure(slice.tokensPerSecond),
    tokens: { ...counts.tokens },
    latencyMs: quantilesJson(metrics.latency),
    serviceMs: quantilesJson(metrics.service),
    ttftMs: streamed(metrics.ttft),
    itlMs: streamed(metrics.itl),
    tpotMs: streamed(metrics.tpot),
    overheadMs: metrics.overhead && quantilesJson(metrics.overhead),
    overheadTtftMs: metrics['ttft-overhead'] && quantilesJson(metrics['ttft-overhead']),
    declaredOverheadMs: metrics['declared-overhead'] && quantilesJson(metrics['declared-overhead']),
    cache: cacheJson(slice),
    providers: { ...counts.providers },
    models: { ...counts.models },
  };
};
