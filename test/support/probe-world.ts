import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import type { ProviderOptions } from '../../src/adapters/provider/provider-options.ts';
import { startServerGroup } from '../../src/adapters/provider/server-group.ts';
import type { ServerSpec } from '../../src/adapters/provider/server-spec.ts';
import { fromMillis, fromSeconds } from '../../src/model/units.ts';
import { type ProbedWorld, probeGateway } from './probe-gateway.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };

/** A reference gateway in front of two simulated providers, and what a probe of it is told. */
export interface ProbeWorld {
  readonly fault?: GatewayFaultName | undefined;
  readonly gateway?: Partial<NonNullable<ServerSpec['gateway']>>;
  readonly provider?: Partial<ProviderOptions>;
  /** Whether the probe may ask the providers; it may by default. */
  readonly instrumented?: boolean;
}

/** Runs the one probe of a configuration, whose scenarios are given in YAML, against a gateway of its own. */
export const probeWorld = async (yaml: string, world: ProbeWorld = {}): Promise<ProbedWorld> => {
  const group = await startServerGroup({
    providers: ['one', 'two'].map((name) => ({ ...PROVIDER, seed: name, ...world.provider, name })),
    gateway: { ...GATEWAY, ...world.gateway, fault: world.fault },
  });
  try {
    const providers = world.instrumented === false ? {} : group.providers;
    return await probeGateway(yaml, { url: group.gateway!, providers });
  } finally {
    await group.stop();
  }
};

/** Slow enough that a crowd is there before its first answer. */
const PROVIDER: Omit<ProviderOptions, 'name' | 'seed'> = {
  listen: LOOPBACK,
  latency: { p50: fromMillis(60), p95: fromMillis(60) },
  tokenInterval: fromMillis(1),
  outputTokens: 40,
};

const GATEWAY: NonNullable<ServerSpec['gateway']> = {
  listen: LOOPBACK,
  providers: [
    { name: 'one', weight: 1 },
    { name: 'two', weight: 1 },
  ],
  cache: { enabled: true, ttl: fromSeconds(60) },
  seed: 'test',
};
