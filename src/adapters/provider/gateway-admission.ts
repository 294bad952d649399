import type { IncomingMessage } from 'node:http';
import { type Micros, micros } from '../../model/units.ts';
import type { ApiError } from './api-error.ts';
import type { GatewayBehaviour } from './gateway-faults.ts';
import type { GatewayOptions, GatewayTenant } from './gateway-options.ts';
import { bearerOf } from './http-exchange.ts';
import { retryAfterHeader, wholeSeconds } from './limit-headers.ts';
import { type Admission, createLimiter, type LimitSpec } from './limiter.ts';

/** A reason to send no answer, with the headers that belong to it. */
export interface Refusal {
  readonly refused: ApiError;
  readonly headers: Readonly<Record<string, string>>;
}

/** The doors of the gateway, in the order in which a request comes to them. */
export interface GatewayDoors {
  /** The tenant behind a request with a valid key. */
  identify(request: IncomingMessage): GatewayTenant | Refusal;
  /** Headers of the tenant's limit when it admits one more request. */
  admit(tenant: GatewayTenant, now: Micros): { readonly headers: Readonly<Record<string, string>> } | Refusal;
  /** The model that the tenant gets when it asks for this one. */
  chooseModel(tenant: GatewayTenant, asked: string): { readonly model: string } | Refusal;
}

/** Builds the doors; all allowances are whole. */
export const createDoors = (options: GatewayOptions, behaviour: GatewayBehaviour): GatewayDoors => {
  const tenants = new Map((options.tenants ?? []).map((tenant) => [tenant.id, tenant]));
  const limiters = createTenantLimiters(options.tenants ?? [], behaviour);
  return {
    identify: (request) => {
      if (options.keys !== undefined && !options.keys.includes(bearerOf(request)))
        return refuse(401, 'Missing or unknown API key.', 'invalid_api_key');
      const id = request.headers['x-tenant-id'];
      if (typeof id !== 'string') return ANONYMOUS;
      if (options.tenants === undefined) return { id };
      return tenants.get(id) ?? refuse(403, 'Unknown tenant.', 'unknown_tenant');
    },
    admit: (tenant, now) => {
      const admission = limiters(tenant, now);
      if (admission === undefined) return { headers: {} };
      const honest = { ...admission, retryAfter: micros(admission.retryAfter * behaviour.retryAfterFactor) };
      const headers = limitHeaders(honest);
      if (admission.admitted) return { headers };
      return refuse(behaviour.throttleStatus, 'Rate limit of the tenant reached.', 'rate_limit_exceeded', headers);
    },
    chooseModel: ({ allowedModels }, asked) => {
      if (!behaviour.enforcesModels || allowedModels === undefined || allowedModels.includes(asked))
        return { model: asked };
      const [instead] = allowedModels;
      if (options.onForbiddenModel === 'downgrade' && instead !== undefined) return { model: instead };
      return refuse(403, 'The tenant may not use this model.', 'model_not_allowed');
    },
  };
};

/** Requests without a tenant id. */
const ANONYMOUS: GatewayTenant = { id: 'default' };

export const refuse = (
  status: number,
  message: string,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Refusal => ({ refused: { status, message, code }, headers });

const createTenantLimiters = (tenants: readonly GatewayTenant[], behaviour: GatewayBehaviour) => {
  const limited = tenants.flatMap(({ id, limit }) =>
    limit === undefined ? [] : [{ id, limit: loosened(limit, behaviour) }],
  );
  const limiters = new Map(limited.map(({ id, limit }) => [id, createLimiter(limit)]));
  const [smallest] = limited.toSorted((one, other) => rateOf(one.limit) - rateOf(other.limit));
  return ({ id }: GatewayTenant, now: Micros): Admission | undefined =>
    behaviour.sharedLimit && smallest !== undefined
      ? limiters.get(smallest.id)!('everyone', now)
      : limiters.get(id)?.(id, now);
};

const rateOf = ({ requests, window }: LimitSpec): number => requests / window;

const loosened = (limit: LimitSpec, { limitFactor }: GatewayBehaviour): LimitSpec => ({
  ...limit,
  requests: Math.round(limit.requests * limitFactor),
});

/** `x-ratelimit-reset` in seconds from now, as the generic dialect has it. */
const limitHeaders = (admission: Admission): Readonly<Record<string, string>> => ({
  'x-ratelimit-limit': String(admission.limit),
  'x-ratelimit-remaining': String(admission.remaining),
  'x-ratelimit-reset': wholeSeconds(admission.reset),
  ...retryAfterHeader(admission),
});
