import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GateError } from '../../model/errors.ts';

/** Where a server listens. Port 0 takes a free one. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

/** A server that is up: its URL, and the way to end it and wait until its port is free. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Longer than any pause of a burst: a server that closes an idle connection while a request is on its way looks like a reset. */
const KEEP_ALIVE_MS = 120_000;

/** Starts listening. Rejects with `GateError` `io` when the port is taken or the address is not this machine's. */
export const listen = async (where: Listen, what: string, onRequest: RequestListener): Promise<Listening> => {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(where, what, cause)));
    server.listen(where.port, where.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = where.host.includes(':') ? `[${where.host}]` : where.host;
  return { url: `http://${host}:${port}`, close: () => closeServer(server) };
};

const cannotListen = (where: Listen, what: string, cause: Error): GateError => {
  const taken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
  return new GateError('io', `${what} cannot listen on ${where.host}:${where.port}: ${cause.message}`, {
    cause,
    hint: taken
      ? 'Another process listens there. End it, or choose another port (0 takes a free one).'
      : 'Use an address of this machine.',
  });
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** The whole body as text; undefined when it is too large or the client went away. */
export const readBody = async (request: IncomingMessage): Promise<string | undefined> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on('end', () => resolve(size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8')));
    request.on('error', () => resolve(undefined));
    request.on('close', () => resolve(undefined));
  });

/** Sends a complete body with its length. */
export const sendBody = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): void => {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
};

const hungUp = new WeakSet<ServerResponse>();

/** Closes the connection under a response, as a fault; the client is then not taken for the one who left. */
export const hangUp = (response: ServerResponse): void => {
  hungUp.add(response);
  response.destroy();
};

/** For a closed response: whether its client left before the answer was complete. */
export const isClientGone = (response: ServerResponse): boolean => !response.writableFinished && !hungUp.has(response);

/** The token of `Authorization: Bearer …`, or of Anthropic's `x-api-key`; empty when there is none. */
export const bearerOf = (request: IncomingMessage): string => {
  const key = request.headers['x-api-key'];
  return request.headers.authorization?.replace(/^Bearer\s+/i, '') ?? (typeof key === 'string' ? key : '');
};

/** The path without its query. */
export const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0]!;
