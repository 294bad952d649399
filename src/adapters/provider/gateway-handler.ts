import { hash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorBody } from './api-error.ts';
import { type GatewayDoors, type Refusal, refuse } from './gateway-admission.ts';
import type { GatewayAnswering } from './gateway-answering.ts';
import { finalHeaders, type GatewayExchange } from './gateway-exchange.ts';
import type { GatewayOptions, GatewayTenant } from './gateway-options.ts';
import { pathOf, readBody, sendBody } from './http-exchange.ts';
import { API_PATHS, parseObject } from './model-request.ts';
import { monotonicNow } from './monotonic.ts';

/** What the handler asks; each is looked up for every request, so that a fault can be planted while it runs. */
export interface GatewayHandlerContext {
  readonly options: GatewayOptions;
  readonly doors: () => GatewayDoors;
  readonly answering: GatewayAnswering;
  /** Called once for each request, when it has been answered or given up. */
  readonly done: (exchange: GatewayExchange) => void;
}

/** The gateway's request handler: through the doors, then to the answer; every refusal in the API's own shape. */
export const createGatewayHandler =
  (context: GatewayHandlerContext) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = monotonicNow();
    const body = await readBody(request);
    if (response.closed) return;
    const text = body ?? '';
    const named = request.headers['x-request-id'];
    const exchange: GatewayExchange = {
      request,
      response,
      received,
      path: pathOf(request),
      text,
      bodyHash: hash('sha256', text, 'hex'),
      requestId: typeof named === 'string' ? named : randomUUID(),
      headers: {},
    };
    try {
      const refusal =
        body === undefined ? refuse(413, 'The request is too large.', 'too_large') : await serve(exchange, context);
      if (refusal !== undefined) sendRefusal(exchange, refusal);
    } catch (error) {
      // An aborted upstream call ends here when its client has left; anything else is a fault of the gateway itself.
      if (response.closed) return;
      sendRefusal(exchange, refuse(500, error instanceof Error ? error.message : String(error), 'internal_error'));
    } finally {
      context.done(exchange);
    }
  };

const serve = async (exchange: GatewayExchange, context: GatewayHandlerContext): Promise<Refusal | undefined> => {
  const { request, path } = exchange;
  const isListing = path === '/v1/models';
  if (!isListing && API_PATHS[path] === undefined) return refuse(404, `Unknown path: ${path}.`, 'unknown_url');
  const method = isListing ? 'GET' : 'POST';
  if (request.method !== method) return refuse(405, `Use ${method}.`, 'method_not_allowed', { allow: method });
  const doors = context.doors();
  const tenant = doors.identify(request);
  if ('refused' in tenant) return tenant;
  if (isListing) return listModels(exchange, tenant, context.options);
  const admission = doors.admit(tenant, exchange.received);
  if ('refused' in admission) return admission;
  Object.assign(exchange.headers, admission.headers);
  const body = parseObject(exchange.text);
  if (body === undefined) return refuse(400, 'The body is not a JSON object.', 'invalid_json');
  if (typeof body.model !== 'string') return refuse(400, 'The body names no model.', 'missing_model');
  const chosen = doors.chooseModel(tenant, body.model);
  if ('refused' in chosen) return chosen;
  return context.answering(exchange, { tenant, body, model: chosen.model, stream: body.stream === true });
};

const listModels = (exchange: GatewayExchange, tenant: GatewayTenant, options: GatewayOptions): undefined => {
  const known = options.models ?? [
    ...options.providers.flatMap(({ models }) => models ?? []),
    ...(options.tenants ?? []).flatMap(({ allowedModels }) => allowedModels ?? []),
  ];
  const listed = [...new Set(known)]
    .filter((id) => tenant.allowedModels?.includes(id) ?? true)
    .map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'gateway' }));
  const body = JSON.stringify({ object: 'list', data: listed });
  sendBody(exchange.response, 200, { 'content-type': 'application/json', ...finalHeaders(exchange) }, body);
};

const sendRefusal = (exchange: GatewayExchange, { refused, headers }: Refusal): void => {
  const all = { 'content-type': 'application/json', ...finalHeaders(exchange), ...headers };
  const body = errorBody(exchange.path, refused, exchange.requestId);
  sendBody(exchange.response, refused.status, all, body);
};
