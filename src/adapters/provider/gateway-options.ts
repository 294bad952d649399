import type { Micros } from '../../model/units.ts';
import type { GatewayFaultName } from './gateway-faults.ts';
import type { Listen } from './http-exchange.ts';
import type { LimitSpec } from './limiter.ts';

/** A provider behind the gateway. */
export interface GatewayUpstream {
  /** As `x-upstream-provider` names it. */
  readonly name: string;
  /** Base URL, `/v1/…` is joined to it. */
  readonly url: string;
  /** Its part of the traffic; 0 = only when others fail. */
  readonly weight: number;
  /** What it serves; default: every model. */
  readonly models?: readonly string[] | undefined;
  /** Sent to it as the bearer token; default: none. */
  readonly key?: string | undefined;
}

/** A tenant, told by its `x-tenant-id`. */
export interface GatewayTenant {
  readonly id: string;
  readonly limit?: LimitSpec | undefined;
  /** Default: every model. */
  readonly allowedModels?: readonly string[] | undefined;
}

/** The reference gateway, as plain data. */
export interface GatewayOptions {
  readonly listen: Listen;
  readonly providers: readonly GatewayUpstream[];
  /** Bearer tokens; anything else is 401. Default: no authentication. */
  readonly keys?: readonly string[] | undefined;
  /** With a table, an unknown id is 403; a request without an id is let through, unlimited, as the tenant `default`. */
  readonly tenants?: readonly GatewayTenant[] | undefined;
  /** What `/v1/models` lists, as far as the tenant may use it. Default: what the providers and tenants name. */
  readonly models?: readonly string[] | undefined;
  /** To a request for a model that its tenant may not use: 403, or an answer by the first model that it may. Default: reject. */
  readonly onForbiddenModel?: 'reject' | 'downgrade' | undefined;
  readonly cache?:
    | {
        readonly enabled: boolean;
        readonly ttl: Micros;
        /** Like prompts hit as well, from this likeness on (0–1). Default: the same ones only. */
        readonly threshold?: number | undefined;
      }
    | undefined;
  /** How long one provider may take until its headers before the next is tried; default 30 s. */
  readonly upstreamTimeout?: Micros | undefined;
  /** Of the weighted choice: the same request goes to the same provider behind every gateway with this seed. */
  readonly seed: string;
  readonly fault?: GatewayFaultName | undefined;
}
