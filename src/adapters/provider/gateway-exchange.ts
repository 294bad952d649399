import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Micros, micros, toMillis } from '../../model/units.ts';
import type { GatewayTenant } from './gateway-options.ts';
import { monotonicNow } from './monotonic.ts';

/** One request at the gateway, and the headers that its response has gathered so far. */
export interface GatewayExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly received: Micros;
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the body, hex. */
  readonly bodyHash: string;
  readonly requestId: string;
  readonly headers: Record<string, string>;
}

/** A request that got through all doors. */
export interface ModelCall {
  readonly tenant: GatewayTenant;
  readonly body: Readonly<Record<string, unknown>>;
  /** The one that the tenant gets, not always the one it asked for. */
  readonly model: string;
  readonly stream: boolean;
}

/** A request header with a single value. */
export const headerOf = ({ request }: GatewayExchange, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** All headers gathered, with the gateway's own time: what has passed since the request came, minus the provider's. */
export const finalHeaders = (exchange: GatewayExchange, upstream: Micros = micros(0)): Record<string, string> => {
  const own = toMillis(micros(monotonicNow() - exchange.received - upstream)).toFixed(3);
  const timing =
    upstream > 0 ? `gateway;dur=${own}, upstream;dur=${toMillis(upstream).toFixed(3)}` : `gateway;dur=${own}`;
  return { 'x-request-id': exchange.requestId, ...exchange.headers, 'server-timing': timing };
};

/** Calls `run` when the client has left before its answer was complete. */
export const onClientGone = (response: ServerResponse, run: () => void): void => {
  response.once('close', () => {
    if (!response.writableFinished) run();
  });
};
