import { GateError } from '../../model/errors.ts';
import { fromSeconds } from '../../model/units.ts';
import type { RunningServer } from '../../ports/providers.ts';
import { createDoors } from './gateway-admission.ts';
import { createAnswering } from './gateway-answering.ts';
import type { GatewayExchange } from './gateway-exchange.ts';
import { type GatewayFaultName, gatewayBehaviour } from './gateway-faults.ts';
import { createGatewayHandler } from './gateway-handler.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { createUpstreamCaller } from './gateway-upstream.ts';
import { listen } from './http-exchange.ts';

/** What went through the gateway since its start. */
export interface GatewayCount {
  readonly requests: number;
  /** By status code. */
  readonly status: Readonly<Record<string, number>>;
  /** By `x-cache`; answers that never came to the cache are not in it. */
  readonly cache: Readonly<Record<string, number>>;
  /** Attempts at providers. */
  readonly upstreamCalls: number;
}

/** The reference gateway that is up. */
export interface ReferenceGateway extends RunningServer {
  count(): GatewayCount;
  /** Plants another fault, or none, for requests from now on. Allowances begin anew, stored answers stay. */
  setFault(fault: GatewayFaultName | undefined): void;
}

const UPSTREAM_TIMEOUT = fromSeconds(30);

/**
 * Starts a small, honest AI gateway: bearer keys, tenants with limits and models, weighted routing with failover, an exact
 * cache with single flight, streams passed on chunk by chunk. Rejects with `GateError` `config` or `io`.
 */
export const startReferenceGateway = async (options: GatewayOptions): Promise<ReferenceGateway> => {
  if (options.providers.length === 0) throw new GateError('config', 'the reference gateway needs a provider');
  let behaviour = gatewayBehaviour(options.fault);
  let doors = createDoors(options, behaviour);
  const tally = createTally();
  const upstreams = createUpstreamCaller(options.upstreamTimeout ?? UPSTREAM_TIMEOUT, () => behaviour);
  const answering = createAnswering({ options, upstreams, behaviour: () => behaviour });
  const handle = createGatewayHandler({ options, doors: () => doors, answering, done: tally.add });
  const server = await listen(options.listen, 'the reference gateway', handle);
  return {
    url: server.url,
    count: () => ({ ...tally.count(), upstreamCalls: upstreams.count() }),
    setFault: (fault) => {
      behaviour = gatewayBehaviour(fault);
      doors = createDoors(options, behaviour);
    },
    stop: async () => {
      await server.close();
      await upstreams.close();
    },
  };
};

const createTally = () => {
  let requests = 0;
  const status: Record<string, number> = {};
  const cache: Record<string, number> = {};
  const increment = (counts: Record<string, number>, name: string | number | undefined): void => {
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    add: ({ response, headers }: GatewayExchange): void => {
      requests += 1;
      increment(status, response.headersSent ? response.statusCode : undefined);
      increment(cache, headers['x-cache']);
    },
    count: () => ({ requests, status: { ...status }, cache: { ...cache } }),
  };
};
