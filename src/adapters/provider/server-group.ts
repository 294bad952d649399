import { GateError } from '../../model/errors.ts';
import type { ProviderFault } from '../../model/upstream.ts';
import type { CallCount, ProviderCall } from './call-log.ts';
import type { GatewayFaultName } from './gateway-faults.ts';
import { type GatewayCount, type ReferenceGateway, startReferenceGateway } from './reference-gateway.ts';
import type { ServerSpec } from './server-spec.ts';
import { type SimulatedProvider, startSimulatedProvider } from './simulated-provider.ts';

/** What a running spec can be asked, by plain data in and out: it is usually in another thread. */
export interface ServerQueries {
  /** The last calls of one provider, oldest first. */
  calls: { readonly provider: string };
  count: { readonly provider: string };
  clear: { readonly provider: string };
  setFaults: { readonly provider: string; readonly faults: readonly ProviderFault[] };
  gatewayCount: Record<never, never>;
  setGatewayFault: { readonly fault: GatewayFaultName | undefined };
}

/** The answer to each query. */
export interface ServerAnswers {
  calls: readonly ProviderCall[];
  count: CallCount;
  clear: undefined;
  setFaults: undefined;
  gatewayCount: GatewayCount;
  setGatewayFault: undefined;
}

/** A spec that is up in this thread. */
export interface ServerGroup {
  /** Provider name → URL. */
  readonly providers: Readonly<Record<string, string>>;
  readonly gateway: string | undefined;
  ask<Name extends keyof ServerQueries>(name: Name, query: ServerQueries[Name]): ServerAnswers[Name];
  stop(): Promise<void>;
}

/** Starts everything of a spec. When one cannot start, those that did are ended before it rejects. */
export const startServerGroup = async (spec: ServerSpec): Promise<ServerGroup> => {
  const providers: SimulatedProvider[] = [];
  let gateway: ReferenceGateway | undefined;
  const stop = async (): Promise<void> => {
    await gateway?.stop();
    await Promise.all(providers.map((provider) => provider.stop()));
  };
  try {
    for (const options of spec.providers) providers.push(await startSimulatedProvider(options));
    if (spec.gateway !== undefined) gateway = await startReferenceGateway(withUrls(spec.gateway, providers));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    providers: Object.fromEntries(providers.map(({ name, url }) => [name, url])),
    gateway: gateway?.url,
    ask: (name, query) => ANSWERS[name]({ providers, gateway }, query),
    stop,
  };
};

interface Started {
  readonly providers: readonly SimulatedProvider[];
  readonly gateway: ReferenceGateway | undefined;
}

const ANSWERS: {
  readonly [Name in keyof ServerQueries]: (started: Started, query: ServerQueries[Name]) => ServerAnswers[Name];
} = {
  calls: (started, { provider }) => providerOf(started, provider).calls(),
  count: (started, { provider }) => providerOf(started, provider).count(),
  clear: (started, { provider }) => void providerOf(started, provider).clear(),
  setFaults: (started, { provider, faults }) => void providerOf(started, provider).setFaults(faults),
  gatewayCount: (started) => gatewayOf(started).count(),
  setGatewayFault: (started, { fault }) => void gatewayOf(started).setFault(fault),
};

const providerOf = ({ providers }: Started, name: string): SimulatedProvider => {
  const provider = providers.find((each) => each.name === name);
  if (provider === undefined) throw new GateError('usage', `there is no simulated provider named ${name}`);
  return provider;
};

const gatewayOf = ({ gateway }: Started): ReferenceGateway => {
  if (gateway === undefined) throw new GateError('usage', 'no reference gateway was started');
  return gateway;
};

const withUrls = (gateway: NonNullable<ServerSpec['gateway']>, started: readonly SimulatedProvider[]) => ({
  ...gateway,
  providers: gateway.providers.map((upstream) => {
    const url = upstream.url ?? started.find(({ name }) => name === upstream.name)?.url;
    if (url === undefined) throw new GateError('config', `the gateway's provider ${upstream.name} has no url`);
    return { ...upstream, url };
  }),
});
