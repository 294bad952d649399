import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';

/** What else a fault fails, or not, as chance has it. */
export const BY_CHANCE: Readonly<Partial<Record<GatewayFaultName, readonly string[]>>> = {
  // Whoever is under way together gets one answer: nothing that a cache promises holds any more, and of eight requests one
  // draws a provider, so that their shares are those of an eighth of the draws.
  'crossed-answers': [
    'cache.changed_hits',
    'cache.false_hits',
    'cache.hit_rate',
    'cache.stale_hits',
    'isolation.cross_hits',
    'routing.max_deviation',
    'semantic.false_hit_rate',
  ],
};

/** What each planted fault has to fail in the configuration of fault-config.ts, and that nothing else may fail: the specification of the probes. */
export const FAULT_TABLE: Readonly<Record<GatewayFaultName, readonly string[]>> = {
  slow: ['stream.added_ttft.p95'],
  stampede: ['cache.amplification'],
  leak: ['isolation.cross_hits', 'isolation.leaks'],
  'temperature-blind': ['cache.false_hits'],
  'model-blind': ['cache.false_hits'],
  'system-blind': ['cache.false_hits'],
  'stream-blind': ['cache.false_hits'],
  'ignored-bypass': ['cache.false_hits'],
  'stale-cache': ['cache.stale_hits'],
  'semantic-loose': ['semantic.false_hit_rate'],
  'crossed-answers': ['isolation.leaks'],
  'cached-errors': ['cache.cached_errors'],
  'bad-429': ['limit.unexpected_status'],
  'loose-limit': ['limit.admitted'],
  'lying-retry-after': ['limit.retry_after_error'],
  'starved-neighbour': ['neighbour.success'],
  'starved-endpoint': ['neighbour.p95'],
  'no-failover': ['failover.rescued'],
  'retry-storm': ['failover.amplification', 'failover.retried_400'],
  'skewed-routing': ['routing.max_deviation'],
  'wrong-attribution': ['routing.misattributed'],
  'wrong-model': ['routing.wrong_model'],
  'forbidden-model': ['routing.forbidden_reached'],
  truncate: ['stream.truncated'],
  'buffered-streams': ['stream.added_ttft.p95', 'stream.buffered', 'stream.burst_share'],
  // The provider is slow, so the gateway that goes on for a client who has left asks the next one.
  'ignored-cancel': ['cancel.late_calls', 'cancel.upstream_ended'],
};
