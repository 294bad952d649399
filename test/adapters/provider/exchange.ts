import type { GatewayOptions } from '../../../src/adapters/provider/gateway-options.ts';
import type { ProviderOptions } from '../../../src/adapters/provider/provider-options.ts';
import { startReferenceGateway } from '../../../src/adapters/provider/reference-gateway.ts';
import { startSimulatedProvider } from '../../../src/adapters/provider/simulated-provider.ts';
import { generic } from '../../../src/dialects/generic.ts';
import type { EndpointKind } from '../../../src/model/plan.ts';
import { type Micros, micros } from '../../../src/model/units.ts';
import type { Reading } from '../../../src/wire/reading.ts';
import { createResponseReader } from '../../../src/wire/response-reader.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };

/** A quick provider: 4 ms to the answer, 1 ms between tokens, about 12 of them. */
export const quickProvider = (overrides: Partial<ProviderOptions> = {}): ProviderOptions => ({
  name: 'sim',
  listen: LOOPBACK,
  latency: { p50: micros(4_000), p95: micros(4_000) },
  tokenInterval: micros(1_000),
  outputTokens: 12,
  seed: 'test',
  ...overrides,
});

/** Servers that `stopAll` ends, in the reverse order of their start. */
export const createStage = () => {
  const started: { stop(): Promise<void> }[] = [];
  const keep = <Server extends { stop(): Promise<void> }>(server: Server): Server => {
    started.unshift(server);
    return server;
  };
  return {
    keep,
    provider: async (overrides: Partial<ProviderOptions> = {}) =>
      keep(await startSimulatedProvider(quickProvider(overrides))),
    gateway: async (overrides: Partial<GatewayOptions> & Pick<GatewayOptions, 'providers'>) =>
      keep(await startReferenceGateway({ listen: LOOPBACK, seed: 'test', ...overrides })),
    stopAll: async () => {
      for (const server of started.splice(0)) await server.stop();
    },
  };
};

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; of a stream, nothing. */
  readonly json: unknown;
  /** As the load engine reads it, with status 200 expected. */
  readonly reading: Reading;
}

export interface Sent {
  readonly path?: string;
  readonly endpoint?: EndpointKind;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: object | string;
  readonly signal?: AbortSignal;
}

export const PATHS: Readonly<Record<string, string>> = {
  chat: '/v1/chat/completions',
  responses: '/v1/responses',
  messages: '/v1/messages',
  embeddings: '/v1/embeddings',
  models: '/v1/models',
};

/** Sends one request and reads all of the response, through the reader that the load engine uses. */
export const send = async (url: string, sent: Sent = {}): Promise<Received> => {
  const endpoint = sent.endpoint ?? 'chat';
  const isStream = typeof sent.body === 'object' && (sent.body as { stream?: unknown }).stream === true;
  const response = await fetch(url + (sent.path ?? PATHS[endpoint] ?? '/'), {
    method: sent.method ?? (sent.body === undefined ? 'GET' : 'POST'),
    headers: { 'content-type': 'application/json', ...sent.headers },
    ...(sent.body === undefined ? {} : { body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) }),
    ...(sent.signal === undefined ? {} : { signal: sent.signal }),
  });
  const reader = createResponseReader({
    endpoint,
    stream: isStream,
    dialect: generic,
    expected: { status: [200], headers: [], body: [] },
  });
  reader.headers(response.status, [...response.headers].flat(), now());
  const chunks: Buffer[] = [];
  const reading = await (async () => {
    try {
      for await (const chunk of response.body ?? []) {
        chunks.push(Buffer.from(chunk));
        reader.chunk(chunk, now());
      }
      return reader.end(now());
    } catch (error) {
      if (sent.signal?.aborted) throw error;
      return reader.failed({ kind: 'truncated', detail: String(error) }, now());
    }
  })();
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isStream ? undefined : parse(text),
    reading,
  };
};

/** A chat body. */
export const chat = (content: string, more: object = {}): object => ({
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content }],
  ...more,
});

/** Waits until `holds`, for at most two seconds: for what happens at a server after its client has been answered. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('what was waited for did not happen within 2 s');
};

const now = (): Micros => micros(performance.now() * 1_000);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
