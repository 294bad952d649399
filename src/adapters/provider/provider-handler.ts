import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Micros, micros, toMillis } from '../../model/units.ts';
import type { ProviderFault } from '../../model/upstream.ts';
import { writeAnswer } from './answer.ts';
import { type Delivery, deliverJson, deliverStream } from './answer-delivery.ts';
import { type ApiError, errorBody } from './api-error.ts';
import type { CallLog, OpenCall } from './call-log.ts';
import { chatFormat } from './chat-format.ts';
import { type Draws, drawAnswer, lognormalAt } from './draws.ts';
import { embeddingsJson } from './embeddings-format.ts';
import { bearerOf, hangUp, isClientGone, pathOf, readBody, sendBody } from './http-exchange.ts';
import { providerLimitHeaders } from './limit-headers.ts';
import { type Admission, createLimiter } from './limiter.ts';
import { messagesFormat } from './messages-format.ts';
import { API_PATHS, type ApiKind, type ModelRequest, parseModelRequest } from './model-request.ts';
import { monotonicNow } from './monotonic.ts';
import { behaviourFor, type ProviderBehaviour } from './provider-faults.ts';
import { DEFAULT_MODELS, type ProviderOptions } from './provider-options.ts';
import { responsesFormat } from './responses-format.ts';
import type { TimerQueue } from './timer-queue.ts';

/** What a provider's handler works with. */
export interface ProviderContext {
  readonly options: ProviderOptions;
  readonly timers: TimerQueue;
  readonly log: CallLog;
  readonly faults: () => readonly ProviderFault[];
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly call: OpenCall;
  readonly text: string;
  readonly requestId: string;
}

type Headers = Readonly<Record<string, string>>;
type Cancel = () => void;

const FORMATS = { chat: chatFormat, responses: responsesFormat, messages: messagesFormat } as const;
const INTERVAL_SPREAD = 0.2;
const CONTENT_DIGITS = 16;
const DEFAULT_DIMENSIONS = 16;
const nothingToCancel: Cancel = () => {};

/** The provider's request handler: reads, logs, answers or refuses, and stops working for a client that left. */
export const createProviderHandler = (context: ProviderContext) => {
  const answer = createAnswering(context);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = monotonicNow();
    const body = await readBody(request);
    const text = body ?? '';
    const call = context.log.open({ received, path: pathOf(request), bodyHash: hash('sha256', text, 'hex') });
    if (response.closed) return context.log.close(call, monotonicNow(), true);
    let cancel = nothingToCancel;
    response.once('close', () => {
      cancel();
      context.log.close(call, monotonicNow(), isClientGone(response));
    });
    const exchange = { request, response, call, text, requestId: `req_${call.bodyHash.slice(0, 16)}${call.index}` };
    if (body === undefined) fail(exchange, { status: 413, message: 'The request is too large.', code: null });
    else cancel = answer(exchange);
  };
};

const createAnswering = ({ options, timers, faults }: ProviderContext) => {
  const started = monotonicNow();
  const limiter = options.limit === undefined ? undefined : createLimiter(options.limit);

  const answer = (exchange: Exchange): Cancel => {
    const { request, call } = exchange;
    const prefix = options.requirePath ?? '';
    const path = call.path.startsWith(prefix) ? call.path.slice(prefix.length) : '';
    const isListing = path === '/v1/models';
    const api = API_PATHS[path];
    if (api === undefined && !isListing)
      return fail(exchange, {
        status: 404,
        message: `Unknown request URL: ${request.method} ${call.path}.`,
        code: 'unknown_url',
      });
    const method = isListing ? 'GET' : 'POST';
    if (request.method !== method)
      return fail(exchange, { status: 405, message: `Not allowed: ${request.method}.`, code: null }, { allow: method });
    if (options.keys !== undefined && !options.keys.includes(bearerOf(request)))
      return fail(exchange, { status: 401, message: 'Incorrect API key provided.', code: 'invalid_api_key' });
    return api === undefined ? listModels(exchange, options) : answerModel(exchange, api);
  };

  const answerModel = (exchange: Exchange, api: ApiKind): Cancel => {
    const { call, response } = exchange;
    const asked = parseModelRequest(api, exchange.text);
    if (typeof asked === 'string') return fail(exchange, { status: 400, message: asked, code: null });
    Object.assign(call, {
      api,
      model: asked.model,
      stream: asked.stream,
      identity: asked.identity,
      nonces: asked.nonces,
    });
    if (options.models !== undefined && !options.models.includes(asked.model))
      return fail(exchange, {
        status: 404,
        message: `The model '${asked.model}' does not exist.`,
        code: 'model_not_found',
      });
    const age = micros(call.received - started);
    const behaviour = behaviourFor(faults(), { seed: options.seed, identity: asked.identity, age });
    const admission = limiter?.(bearerOf(exchange.request), call.received);
    const limits = limitHeaders(call.path, admission, behaviour);
    if (admission?.admitted === false)
      return fail(
        exchange,
        { status: 429, message: 'Rate limit reached for requests.', code: 'rate_limit_exceeded' },
        limits,
      );
    if (behaviour.refuse === 'silence') return nothingToCancel;
    if (behaviour.refuse === 'reset') {
      hangUp(response);
      return nothingToCancel;
    }
    if (behaviour.status !== undefined)
      return fail(exchange, { status: behaviour.status, message: 'The server had an error.', code: null }, limits);
    const headers = (processing: Micros): Headers => ({ ...timingHeaders(exchange, processing), ...limits });
    return deliver({ response, call, timers, behaviour, headers }, { asked, options, requestId: exchange.requestId });
  };

  return answer;
};

const deliver = (
  delivery: Delivery,
  from: { readonly asked: ModelRequest; readonly options: ProviderOptions; readonly requestId: string },
): Cancel => {
  const { call, behaviour } = delivery;
  const { asked, options } = from;
  const draws = drawAnswer(options.seed, asked.identity);
  const { usageFactor } = behaviour;
  const model = behaviour.model ?? asked.model;
  const at = dueAt(delivery, { ...options, stream: asked.stream, draws });
  if (asked.api === 'embeddings')
    return deliverJson(
      delivery,
      embeddingsJson(asked, { model, dimensions: options.dimensions ?? DEFAULT_DIMENSIONS, usageFactor }),
      at,
    );
  const { bodyHash } = call;
  const id = from.requestId.slice('req_'.length);
  const answer = writeAnswer(asked, { bodyHash, draws, outputTokens: options.outputTokens, id, model, usageFactor });
  call.content = hash('sha256', answer.text, 'hex').slice(0, CONTENT_DIGITS);
  call.contentLength = answer.text.length;
  if (!asked.stream || asked.includeUsage)
    call.usage = { prompt: answer.promptTokens, completion: answer.completionTokens };
  const format = FORMATS[asked.api];
  if (!asked.stream) return deliverJson(delivery, format.json(answer), at);
  const spread = 1 + INTERVAL_SPREAD * (2 * draws.interval - 1);
  const interval = options.tokenInterval * spread * behaviour.intervalFactor;
  return deliverStream(delivery, { answer, frames: format.stream(answer), first: at, interval });
};

/** When the answer, or a stream's first content, is due. */
const dueAt = (
  { call, behaviour }: Delivery,
  from: Pick<ProviderOptions, 'latency' | 'ttft'> & { readonly stream: boolean; readonly draws: Draws },
): Micros => {
  const wait =
    from.stream && from.ttft !== undefined
      ? lognormalAt(from.ttft, from.draws.ttft)
      : lognormalAt(from.latency, from.draws.latency);
  return micros(call.received + wait * behaviour.latencyFactor + behaviour.latencyAdd);
};

const limitHeaders = (path: string, admission: Admission | undefined, behaviour: ProviderBehaviour): Headers =>
  admission === undefined
    ? {}
    : providerLimitHeaders(path, {
        ...admission,
        retryAfter: micros(admission.retryAfter * behaviour.retryAfterFactor),
      });

const timingHeaders = (exchange: Exchange, processing: Micros): Headers => ({
  'x-request-id': exchange.requestId,
  'openai-processing-ms': String(Math.round(toMillis(processing))),
  'server-timing': `provider;dur=${toMillis(processing).toFixed(3)}`,
});

const listModels = (exchange: Exchange, { name, models }: ProviderOptions): Cancel => {
  const listed = (models ?? DEFAULT_MODELS).map((id) => ({
    id,
    object: 'model',
    created: 1_700_000_000,
    owned_by: name,
  }));
  reply(exchange, 200, {}, JSON.stringify({ object: 'list', data: listed }));
  return nothingToCancel;
};

const fail = (exchange: Exchange, error: ApiError, headers: Headers = {}): Cancel => {
  reply(exchange, error.status, headers, errorBody(exchange.call.path, error, exchange.requestId));
  return nothingToCancel;
};

const reply = (exchange: Exchange, status: number, headers: Headers, body: string): void => {
  const { call, response } = exchange;
  call.status = status;
  call.firstByte = monotonicNow();
  const timing = timingHeaders(exchange, micros(call.firstByte - call.received));
  sendBody(response, status, { 'content-type': 'application/json', ...timing, ...headers }, body);
};
