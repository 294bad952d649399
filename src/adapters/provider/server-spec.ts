import type { GatewayOptions, GatewayUpstream } from './gateway-options.ts';
import type { ProviderOptions } from './provider-options.ts';

/** A provider of the gateway in a spec: without a URL, it is the started provider of that name. */
export type UpstreamSpec = Omit<GatewayUpstream, 'url'> & { readonly url?: string | undefined };

/** What one thread runs: providers, and perhaps the reference gateway in front of them. Plain data. */
export interface ServerSpec {
  readonly providers: readonly ProviderOptions[];
  readonly gateway?: (Omit<GatewayOptions, 'providers'> & { readonly providers: readonly UpstreamSpec[] }) | undefined;
}

/** The spec of the configuration's providers, without those that run already; all draw from the run's seed. */
export const createServerSpec = (
  providers: readonly (ConfiguredProvider | { readonly kind: 'running' })[],
  seed: string,
): ServerSpec => ({
  providers: providers.flatMap((provider) => {
    if (provider.kind === 'running') return [];
    const { kind, ...options } = provider;
    // The name keeps a fallback from drawing the very latencies of the primary that it replaces.
    return [{ ...options, seed: `${seed} ${provider.name}` }];
  }),
});

/** A provider as the configuration's `providers:` has it. */
type ConfiguredProvider = Omit<ProviderOptions, 'seed'> & { readonly kind: 'started' };
