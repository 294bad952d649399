import { fromMillis, fromSeconds } from '../../model/units.ts';
import type { GatewayFaultName } from './gateway-faults.ts';
import type { Listen } from './http-exchange.ts';
import type { ServerSpec } from './server-spec.ts';

/** What can be chosen about the reference gateway that `gatemark provider --gateway` starts. */
export interface ReferenceWorld {
  readonly listen: Listen;
  /** The bearer token that it takes. */
  readonly key: string;
  readonly seed: string;
  readonly fault: GatewayFaultName | undefined;
}

/**
 * A gateway to try configurations on (all of examples/ run on it): two providers on free ports behind it, three tenants
 * with the models and limits of their plans, a cache, weights, failover.
 */
export const referenceWorld = ({ listen, key, seed, fault }: ReferenceWorld): ServerSpec => ({
  providers: [
    {
      name: 'openai-sim',
      listen: { host: listen.host, port: 0 },
      latency: { p50: fromMillis(200), p95: fromMillis(420) },
      tokenInterval: fromMillis(10),
      outputTokens: 24,
      seed: `${seed} openai`,
      // So that failover has work.
      faults: [{ name: 'status', status: 503, share: 0.05 }],
    },
    {
      name: 'anthropic-sim',
      listen: { host: listen.host, port: 0 },
      latency: { p50: fromMillis(240), p95: fromMillis(480) },
      tokenInterval: fromMillis(9),
      outputTokens: 24,
      seed: `${seed} anthropic`,
    },
  ],
  gateway: {
    listen,
    seed,
    keys: [key],
    providers: [
      { name: 'openai-sim', weight: 60 },
      { name: 'anthropic-sim', weight: 40 },
    ],
    models: ['gpt-4o', 'gpt-4o-mini', 'claude-3-5-sonnet', 'text-embedding-3-small'],
    tenants: [
      { id: 'free-tier', allowedModels: ['gpt-4o-mini'], limit: { requests: 60, window: fromSeconds(5) } },
      { id: 'pro-tier' },
      { id: 'enterprise-tier' },
    ],
    cache: { enabled: true, ttl: fromSeconds(300) },
    fault,
  },
});
