import type { Micros } from '../../model/units.ts';
import type { LatencySpec } from './draws.ts';
import type { GatewayOptions, GatewayUpstream } from './gateway-options.ts';
import type { Listen } from './http-exchange.ts';
import type { ProviderOptions } from './provider-options.ts';

/** A provider of the gateway in a spec: without a URL, it is the started provider of that name. */
export type UpstreamSpec = Omit<GatewayUpstream, 'url'> & { readonly url?: string | undefined };

/** What one thread runs: providers, and perhaps the reference gateway in front of them. Plain data. */
export interface ServerSpec {
  readonly providers: readonly ProviderOptions[];
  readonly gateway?: (Omit<GatewayOptions, 'providers'> & { readonly providers: readonly UpstreamSpec[] }) | undefined;
}

/** A provider as the configuration's `providers:` has it. */
interface ConfiguredProvider {
  readonly name: string;
  readonly listen: Listen;
  readonly latency: LatencySpec;
  readonly outputTokens: number;
  readonly tokenInterval: Micros;
}

/** The spec of the configuration's providers; all draw from the run's seed. */
export const createServerSpec = (providers: readonly ConfiguredProvider[], seed: string): ServerSpec => ({
  providers: providers.map(({ name, listen, latency, outputTokens, tokenInterval }) => ({
    name,
    listen,
    latency,
    outputTokens,
    tokenInterval,
    // The name keeps a fallback from drawing the very latencies of the primary that it replaces.
    seed: `${seed} ${name}`,
  })),
});
