import { setTimeout as sleep } from 'node:timers/promises';
import { type Micros, micros, toMillis, toSeconds } from '../../model/units.ts';
import { drawShare } from './draws.ts';
import { type Refusal, refuse } from './gateway-admission.ts';
import { createFlights } from './gateway-cache.ts';
import { finalHeaders, type GatewayExchange, headerOf, type ModelCall, onClientGone } from './gateway-exchange.ts';
import type { GatewayBehaviour } from './gateway-faults.ts';
import type { GatewayOptions, GatewayUpstream } from './gateway-options.ts';
import { createSharedQueue } from './gateway-queue.ts';
import { relayStream } from './gateway-relay.ts';
import { chooseRoute, createRoutingDraw } from './gateway-routing.ts';
import { createStore } from './gateway-store.ts';
import type { Exhausted, UpstreamCaller, UpstreamReply } from './gateway-upstream.ts';
import { sendBody } from './http-exchange.ts';
import { monotonicNow } from './monotonic.ts';

/** Answers a call that got through all doors: from the cache, or by a provider. A refusal is for the caller to send. */
export type GatewayAnswering = (exchange: GatewayExchange, call: ModelCall) => Promise<Refusal | undefined>;

type Result = UpstreamReply | Exhausted;
type Ask = (signal: AbortSignal) => Promise<Result>;

interface Cached {
  readonly result: Result;
  readonly status: 'hit' | 'miss' | 'bypass';
  /** Of a stored answer. */
  readonly age?: Micros;
}

const DEFAULT_TTL = micros(60_000_000);
/** A cut stream has shown its role and a few tokens by then. */
const CUT_AFTER_CHUNKS = 5;

/** The gateway's way from an admitted call to its answer. Rejects when the client has left and the upstream call was ended. */
export const createAnswering = (context: {
  readonly options: GatewayOptions;
  readonly upstreams: UpstreamCaller;
  readonly behaviour: () => GatewayBehaviour;
}): GatewayAnswering => {
  const { options, upstreams } = context;
  const draw = createRoutingDraw(options.seed);
  const queue = createSharedQueue();
  const throughCache = createCaching({ ttl: options.cache?.ttl ?? DEFAULT_TTL, threshold: options.cache?.threshold });
  return async (exchange, call) => {
    const behaviour = context.behaviour();
    const candidates = options.providers.filter(({ models }) => models?.includes(call.model) ?? true);
    if (candidates.length === 0) return refuse(404, `No provider serves ${call.model}.`, 'model_not_found');
    const ask: Ask = async (signal) => {
      const route = chooseRoute(weigh(candidates, behaviour), {
        policy: headerOf(exchange, 'x-route-policy'),
        preference: headerOf(exchange, 'x-provider-preference'),
        draw: draw(exchange.bodyHash),
      });
      if (share(exchange, options.seed, 'delay') < behaviour.delay.share) await sleep(toMillis(behaviour.delay.add));
      const send = () => upstreams.call(route, toUpstream(exchange, call, { behaviour, options }), signal);
      return behaviour.sharedQueue ? queue(exchange.path, send) : send();
    };
    const cached = isCacheable(exchange, call, { behaviour, options })
      ? await throughCache(exchange, { call, behaviour, ask })
      : { result: await ask(signalOf(exchange, behaviour)), status: 'bypass' as const };
    return send(exchange, cached, { behaviour, options });
  };
};

const weigh = (candidates: readonly GatewayUpstream[], { firstWeightFactor }: GatewayBehaviour) =>
  candidates.map((each, index) => (index === 0 ? { ...each, weight: each.weight * firstWeightFactor } : each));

/** Uniform in [0, 1) for this request and purpose, so that the same requests meet the same faults. */
const share = ({ bodyHash }: GatewayExchange, seed: string, purpose: string): number =>
  drawShare(seed, purpose, bodyHash);

const isCacheable = (
  exchange: GatewayExchange,
  { stream }: ModelCall,
  { behaviour, options }: { readonly behaviour: GatewayBehaviour; readonly options: GatewayOptions },
): boolean =>
  options.cache?.enabled === true &&
  (!stream || behaviour.cacheKeyIgnores.includes('stream')) &&
  !(behaviour.honoursBypass && asksForBypass(exchange));

const asksForBypass = (exchange: GatewayExchange): boolean =>
  headerOf(exchange, 'x-cache-enabled') === 'false' ||
  /no-cache|no-store/.test(headerOf(exchange, 'cache-control') ?? '');

const signalOf = ({ response }: GatewayExchange, { cancelsUpstream }: GatewayBehaviour): AbortSignal => {
  const abort = new AbortController();
  if (cancelsUpstream) onClientGone(response, () => abort.abort());
  return abort.signal;
};

const createCaching = (kind: Parameters<typeof createStore>[0]) => {
  const store = createStore<Result>(kind);
  const flights = createFlights<Result>();
  return async (
    exchange: GatewayExchange,
    from: { readonly call: ModelCall; readonly behaviour: GatewayBehaviour; readonly ask: Ask },
  ): Promise<Cached> => {
    const { behaviour, ask } = from;
    const { path, text } = exchange;
    const place = store({ tenant: from.call.tenant.id, path, text }, behaviour);
    const stored = place.find(exchange.received);
    if (stored !== undefined) return { result: stored.value, status: 'hit', age: stored.age };
    // A stream can be read once only: it may find an answer, but leaves none.
    if (from.call.stream) return { result: await ask(signalOf(exchange, behaviour)), status: 'bypass' };
    const fill: Ask = async (signal) => {
      const result = await ask(signal);
      const isGood = isSuccess(result);
      if (behaviour.cachesErrors || isGood) place.keep(result, monotonicNow(), isGood ? 'like' : 'same');
      return result;
    };
    if (!behaviour.singleFlight) return { result: await fill(signalOf(exchange, behaviour)), status: 'miss' };
    const { first, landed, leave } = flights.join(behaviour.crossesAnswers ? path : place.key, fill);
    if (behaviour.cancelsUpstream) onClientGone(exchange.response, leave);
    const result = await landed;
    // Who waited for another's call was answered without one of its own: to its client, that is a hit.
    return { result, status: first || !isSuccess(result) ? 'miss' : 'hit' };
  };
};

const isSuccess = (result: Result): boolean => !('exhausted' in result) && result.status < 300;

const toUpstream = (
  exchange: GatewayExchange,
  { body, model, stream }: ModelCall,
  { behaviour, options }: { readonly behaviour: GatewayBehaviour; readonly options: GatewayOptions },
) => {
  const isWrong = share(exchange, options.seed, 'wrong model') < behaviour.wrongModel;
  const sent = isWrong ? (options.models?.find((other) => other !== model) ?? `${model}-other`) : model;
  return {
    path: exchange.path,
    headers: { 'content-type': 'application/json', 'x-request-id': exchange.requestId },
    body: sent === body.model ? exchange.text : JSON.stringify({ ...body, model: sent }),
    stream,
  };
};

const send = (
  exchange: GatewayExchange,
  { result, status, age }: Cached,
  { behaviour, options }: { readonly behaviour: GatewayBehaviour; readonly options: GatewayOptions },
): Refusal | undefined => {
  exchange.headers['x-cache'] = status;
  if (age !== undefined) exchange.headers.age = String(Math.floor(toSeconds(age)));
  if ('exhausted' in result) return exhaustedRefusal(result);
  const { body, provider, latency } = result;
  const isMisattributed = share(exchange, options.seed, 'attribution') < behaviour.misattributed;
  const other = options.providers.find(({ name }) => name !== provider)?.name ?? 'unknown';
  const called = status === 'hit' ? {} : { 'x-upstream-latency-ms': toMillis(latency).toFixed(1) };
  const headers = {
    ...result.headers,
    ...finalHeaders(exchange, status === 'hit' ? micros(0) : latency),
    ...called,
    'x-upstream-provider': isMisattributed ? other : provider,
    'x-route-decision': status === 'hit' ? 'cache' : result.decision,
  };
  if (body instanceof Uint8Array) sendBody(exchange.response, result.status, headers, body);
  else {
    exchange.response.writeHead(result.status, { 'cache-control': 'no-cache', ...headers });
    exchange.response.flushHeaders();
    const isCut = share(exchange, options.seed, 'truncation') < behaviour.truncated;
    relayStream(body, exchange.response, {
      cutAfter: isCut ? CUT_AFTER_CHUNKS : undefined,
      buffered: behaviour.buffersStreams,
      onClientGone: behaviour.cancelsUpstream ? 'close' : 'drain',
    });
  }
  return undefined;
};

/** 503 when the last provider gave no answer at all, 502 when it gave one of its own errors. */
const exhaustedRefusal = ({ provider, status }: Exhausted): Refusal =>
  status === undefined
    ? refuse(503, `No provider answered; the last one asked was ${provider}.`, 'upstream_unavailable')
    : refuse(502, `No provider could answer; ${provider} said ${status}.`, 'upstream_error');
