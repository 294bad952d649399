import type { ProviderOptions } from '../../src/adapters/provider/provider-options.ts';
import { startServerGroup } from '../../src/adapters/provider/server-group.ts';
import { fromMillis } from '../../src/model/units.ts';
import { type ProbedWorld, probeGateway } from './probe-gateway.ts';

/** Ports of two simulated providers behind a gateway that is not ours. */
export interface SimulatedUpstream {
  readonly primary: number;
  readonly fallback: number;
}

/** A gateway in front of them, for one probe. */
export interface GatewayInFront {
  readonly url: string;
  readonly dialect?: string;
  stop(): Promise<void>;
}

/** Starts two simulated providers and the gateway, runs the one probe of the scenarios, and ends everything. */
export const probeInFront = async (
  scenarios: string | ((upstream: SimulatedUpstream) => string),
  start: (upstream: SimulatedUpstream) => Promise<GatewayInFront>,
): Promise<ProbedWorld> => {
  const group = await startServerGroup({
    providers: (['primary', 'fallback'] as const).map((name) => ({ ...PROVIDER, name, seed: name })),
  });
  try {
    const { providers } = group;
    const [primary, fallback] = [providers.primary!, providers.fallback!];
    const ports = { primary: portOf(primary), fallback: portOf(fallback) };
    const gateway = await start(ports);
    try {
      const named = `providers: {primary: {url: "${primary}"}, fallback: {url: "${fallback}"}}`;
      const yaml = typeof scenarios === 'string' ? scenarios : scenarios(ports);
      return await probeGateway(`${named}\n${yaml}`, { ...gateway, providers });
    } finally {
      await gateway.stop();
    }
  } finally {
    await group.stop();
  }
};

const portOf = (url: string): number => Number(new URL(url).port);

/** Slow enough that a crowd is there before its first answer, and that no busy machine makes a burst of its tokens. */
const PROVIDER: Omit<ProviderOptions, 'name' | 'seed'> = {
  listen: { host: '127.0.0.1', port: 0 },
  latency: { p50: fromMillis(80), p95: fromMillis(80) },
  tokenInterval: fromMillis(60),
  outputTokens: 12,
};

/** What did not pass, as `fail cache.amplification`. */
export const notPassed = ({ verdicts }: ProbedWorld): readonly string[] =>
  Object.entries(verdicts).flatMap(([text, status]) => (status === 'pass' ? [] : [`${status} ${text.split(' ')[0]}`]));

/** The subjects in it that failed. */
export const failedIn = (found: readonly string[]): readonly string[] =>
  found.flatMap((each) => (each.startsWith('fail ') ? [each.slice('fail '.length)] : []));
