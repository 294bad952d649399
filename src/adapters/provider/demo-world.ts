import { fromMillis, fromSeconds } from '../../model/units.ts';
import type { GatewayFaultName } from './gateway-faults.ts';
import type { ServerSpec } from './server-spec.ts';

/** The key that the demo's gateway takes; it opens nothing else. */
export const DEMO_KEY = 'demo-key';

/** Seed of the demo's providers and routing; with a fixed seed of the run, every demo sees the same provider times. */
const SEED = 'demo';
const ANY_PORT = { host: '127.0.0.1', port: 0 } as const;

/**
 * Two providers, of which the larger fails now and then (so that failover has work), and a gateway with tenants, limits and
 * a short cache, which knows like prompts, in front of them. Everything listens on a free port of the loopback.
 */
export const demoWorld = (fault: GatewayFaultName | undefined): ServerSpec => ({
  providers: [
    {
      name: 'openai-sim',
      listen: ANY_PORT,
      latency: { p50: fromMillis(200), p95: fromMillis(420) },
      tokenInterval: fromMillis(10),
      outputTokens: 24,
      seed: `${SEED} openai`,
      faults: [{ name: 'status', status: 503, share: 0.06 }],
    },
    {
      name: 'anthropic-sim',
      listen: ANY_PORT,
      latency: { p50: fromMillis(240), p95: fromMillis(480) },
      tokenInterval: fromMillis(9),
      outputTokens: 24,
      seed: `${SEED} anthropic`,
    },
  ],
  gateway: {
    listen: ANY_PORT,
    seed: SEED,
    keys: [DEMO_KEY],
    providers: [
      { name: 'openai-sim', weight: 65 },
      { name: 'anthropic-sim', weight: 35 },
    ],
    models: ['gpt-4o', 'gpt-4o-mini', 'text-embedding-3-small'],
    tenants: [
      { id: 'free', allowedModels: ['gpt-4o-mini'], limit: { requests: 18, window: fromSeconds(2) } },
      { id: 'pro' },
      { id: 'trial', limit: { requests: 12, window: fromSeconds(4) } },
      { id: 'team', allowedModels: ['gpt-4o-mini'] },
    ],
    onForbiddenModel: 'downgrade',
    cache: { enabled: true, ttl: fromMillis(1_500), threshold: 0.9 },
    fault,
  },
});
