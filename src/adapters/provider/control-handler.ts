import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ProviderFault } from '../../model/upstream.ts';
import type { CallLog } from './call-log.ts';
import { CONTROL_PATH, CONTROL_VERSION, faultsSchema, type ProviderIntroduction } from './control-format.ts';
import { pathOf, readBody, sendBody } from './http-exchange.ts';
import { monotonicNow } from './monotonic.ts';

/** What can be seen and changed of a provider from outside. */
export interface ControlContext {
  readonly name: string;
  readonly log: CallLog;
  /** Undefined = those of its start. */
  readonly setFaults: (faults: readonly ProviderFault[] | undefined) => void;
}

interface Reply {
  readonly status: number;
  /** Sent as JSON; undefined = no body. */
  readonly body?: unknown;
  readonly allow?: string;
}

interface ControlRequest {
  readonly query: URLSearchParams;
  readonly body: string | undefined;
}

type Route = (request: ControlRequest, context: ControlContext) => Reply;

/** Whether a request is for the provider itself and not for the model behind it. */
export const isControlRequest = (request: IncomingMessage): boolean => {
  const path = pathOf(request);
  return path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`);
};

/** Answers what is asked below `/_gatemark`. None of it is in the log of calls, none of it is subject to faults, keys and limits. */
export const createControlHandler =
  (context: ControlContext) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const { status, body: answer, allow } = replyTo(request, body, context);
    const headers = { 'content-type': 'application/json', ...(allow === undefined ? {} : { allow }) };
    sendBody(response, status, headers, answer === undefined ? '' : JSON.stringify(answer));
  };

const replyTo = (request: IncomingMessage, body: string | undefined, context: ControlContext): Reply => {
  const path = pathOf(request).slice(CONTROL_PATH.length);
  const methods = Object.hasOwn(ROUTES, path) ? ROUTES[path]! : undefined;
  if (methods === undefined) return refusal(404, `there is nothing at ${CONTROL_PATH}${path}`, Object.keys(ROUTES));
  const method = request.method ?? '';
  const route = Object.hasOwn(methods, method) ? methods[method]! : undefined;
  const allow = Object.keys(methods).join(', ');
  if (route === undefined) return { ...refusal(405, `${method} is not possible here`, Object.keys(methods)), allow };
  return route({ query: new URL(request.url ?? '/', 'http://provider').searchParams, body }, context);
};

const ROUTES: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  '': {
    GET: (_, { name }) => ({
      status: 200,
      body: {
        kind: 'gatemark-provider',
        version: CONTROL_VERSION,
        name,
        now: monotonicNow(),
      } satisfies ProviderIntroduction,
    }),
  },
  '/calls': {
    GET: ({ query }, { log }) =>
      withQuery(query, callsQuery, (filter) => ({ status: 200, body: { calls: log.calls(filter) } })),
    DELETE: (_, { log }) => {
      log.clear();
      return { status: 204 };
    },
  },
  '/ended': {
    GET: ({ query }, { log }) =>
      withQuery(query, endedQuery, ({ since, limit }) => ({ status: 200, body: log.ended(since, limit) })),
  },
  '/count': { GET: (_, { log }) => ({ status: 200, body: log.count() }) },
  '/faults': {
    PUT: ({ body }, { setFaults }) => {
      const read = faultsSchema.safeParse(jsonOf(body));
      if (!read.success) return { status: 400, body: { error: sentenceOf(read.error) } };
      setFaults(read.data);
      return { status: 204 };
    },
    DELETE: (_, { setFaults }) => {
      setFaults(undefined);
      return { status: 204 };
    },
  },
};

const index = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number, 0 or more')
  .transform(Number);

const callsQuery = z.strictObject({ since: index.optional(), nonce: z.string().optional(), limit: index.optional() });
const endedQuery = z.strictObject({ since: index.default(0), limit: index.default(1_000) });

const withQuery = <T>(query: URLSearchParams, schema: z.ZodType<T>, answer: (value: T) => Reply): Reply => {
  const read = schema.safeParse(Object.fromEntries(query));
  return read.success ? answer(read.data) : { status: 400, body: { error: sentenceOf(read.error) } };
};

/** Undefined for a text that is not JSON, which no schema takes. */
const jsonOf = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

const sentenceOf = (error: z.ZodError): string =>
  error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`))
    .join('; ');

const refusal = (status: number, error: string, allowed: readonly string[]): Reply => ({
  status,
  body: { error, allowed },
});
