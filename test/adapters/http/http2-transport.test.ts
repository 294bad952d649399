import { readFileSync } from 'node:fs';
import {
  constants,
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/adapters/clock/system-clock.ts';
import { connectTransport } from '../../../src/adapters/http/connect-transport.ts';
import { createHttp2Transport } from '../../../src/adapters/http/http2-transport.ts';
import { fromMillis } from '../../../src/model/units.ts';
import type { Transport, TransportFailure } from '../../../src/ports/transport.ts';
import { exchange } from '../../support/heard-exchange.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/http/${name}.pem`, import.meta.url), 'utf8');

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const listen = async (server: Http2Server | Http2SecureServer | Server): Promise<number> => {
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session: ServerHttp2Session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

type OnStream = (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => void;

/** A server without TLS; `sessions` counts its connections. */
const plainServer = async (onStream: OnStream, settings: { maxConcurrentStreams?: number } = {}) => {
  const server = createServer({ settings });
  const seen = { sessions: 0 };
  server.on('session', () => {
    seen.sessions += 1;
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    onStream(stream, headers);
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, seen };
};

const open = (url: string, ca?: string): Transport => {
  const transport = createHttp2Transport({ url, ca, http2: true }, createSystemClock(), {
    openingLimit: fromMillis(2_000),
  });
  cleanups.push(() => transport.close());
  return transport;
};

const ok: OnStream = (stream) => {
  stream.respond({ ':status': 200 });
  stream.end('ok');
};

describe('an exchange over HTTP/2', () => {
  it('tells written, headers, chunks and end in order, with ascending times', async () => {
    const { url } = await plainServer((stream, headers) => {
      let body = '';
      stream.on('data', (bytes) => {
        body += bytes;
      });
      stream.on('end', () => {
        stream.additionalHeaders({ ':status': 103 });
        stream.respond({ ':status': 201, 'x-one': '1', 'set-cookie': ['a', 'b'] });
        stream.end(`${headers[':method']} ${headers[':path']} ${headers[':authority']} ${headers['x-tenant']} ${body}`);
      });
    });
    const transport = open(url);
    await transport.warm(1);
    const headers = ['x-tenant', 'free', 'content-type', 'application/json'];
    const heard = await exchange(transport, { method: 'POST', path: '/v1?x=1', headers, body: '{"ü":1}' }).done;
    expect(heard.events).toEqual(['written', 'headers', 'chunk', 'end']);
    expect(heard.times).toEqual(heard.times.toSorted((a, b) => a - b));
    expect(heard.status).toBe(201);
    expect(heard.body).toBe(`POST /v1?x=1 ${new URL(url).host} free {"ü":1}`);
    const flat = heard.headers.join('|');
    expect(flat).toContain('x-one|1');
    expect(flat).toContain('set-cookie|a|set-cookie|b');
    expect(flat).not.toContain(':status');
  });

  it('shares one connection, up to the number of streams that the gateway allows at once', async () => {
    const waiting: ServerHttp2Stream[] = [];
    const { url, seen } = await plainServer((stream) => waiting.push(stream), { maxConcurrentStreams: 3 });
    const transport = open(url);
    expect((await transport.warm(7)).length).toBe(3);
    expect(seen.sessions).toBe(3);
    const running = Array.from({ length: 7 }, () => exchange(transport));
    while (waiting.length < 7) await new Promise((resolve) => setImmediate(resolve));
    for (const stream of waiting) ok(stream, {});
    for (const { done } of running) expect((await done).events.at(-1)).toBe('end');
    expect(seen.sessions).toBe(3);
  });

  it('opens a connection for a request that finds none, and says what that took', async () => {
    const { url } = await plainServer(ok);
    const heard = await exchange(open(url)).done;
    expect(heard.events).toEqual(['connected', 'written', 'headers', 'chunk', 'end']);
  });

  it('a cancelled request resets its stream, and tells nothing more', async () => {
    const reset = Promise.withResolvers<number>();
    const { url } = await plainServer((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('first');
      stream.on('close', () => reset.resolve(stream.rstCode));
    });
    const transport = open(url);
    const { heard, cancel } = exchange(transport);
    while (!heard.events.includes('chunk')) await new Promise((resolve) => setImmediate(resolve));
    cancel();
    cancel();
    expect(await reset.promise).toBe(constants.NGHTTP2_CANCEL);
    expect(heard.events.at(-1)).toBe('chunk');
  });

  it('the path of a HEAD request has no body', async () => {
    const { url } = await plainServer((stream) => {
      stream.respond({ ':status': 204 }, { endStream: true });
    });
    expect(await exchange(open(url), { method: 'HEAD' }).done).toMatchObject({
      status: 204,
      body: '',
      failure: undefined,
    });
  });
});

describe('what can go wrong over HTTP/2', () => {
  it.each<readonly [name: string, onStream: OnStream, failure: TransportFailure]>([
    [
      'a stream that is reset before it answers',
      (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
      { kind: 'connect', detail: 'closed before a byte came back: the stream was reset (INTERNAL_ERROR)' },
    ],
    [
      'a stream that is refused',
      (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM),
      { kind: 'connect', detail: 'closed before a byte came back: the stream was reset (REFUSED_STREAM)' },
    ],
    [
      'a stream that is reset in the middle of its body',
      (stream) => {
        stream.respond({ ':status': 200 });
        stream.write('half', () => stream.destroy(new Error('broken')));
      },
      { kind: 'truncated', detail: 'the response broke off: the stream was reset (INTERNAL_ERROR)' },
    ],
    [
      'a connection that is cut in the middle of a body',
      (stream) => {
        stream.respond({ ':status': 200 });
        stream.write('half', () => stream.session?.socket.destroy());
      },
      { kind: 'truncated', detail: expect.stringMatching(/^the response broke off: /) as unknown as string },
    ],
  ])('%s', async (_name, onStream, failure) => {
    const { url } = await plainServer(onStream);
    const transport = open(url);
    await transport.warm(1);
    const heard = await exchange(transport).done;
    expect(heard.failure).toEqual(failure);
    expect(heard.events.at(-1)).toBe('failed');
  });

  it('after a GOAWAY the next request goes out on a new connection', async () => {
    let isFirst = true;
    const { url, seen } = await plainServer((stream, headers) => {
      if (isFirst) stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
      isFirst = false;
      ok(stream, headers);
    });
    const transport = open(url);
    expect((await exchange(transport).done).body).toBe('ok');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await exchange(transport).done).body).toBe('ok');
    expect(seen.sessions).toBe(2);
  });

  it('a request that has no form in HTTP/2', async () => {
    const { url } = await plainServer(ok);
    const transport = open(url);
    await transport.warm(1);
    const heard = await exchange(transport, { headers: ['connection', 'keep-alive'] }).done;
    expect(heard.failure).toMatchObject({ kind: 'protocol' });
  });

  it('a server of HTTP/1.1 is unreachable, with a hint', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const error = await open(`http://127.0.0.1:${port}`)
      .warm(1)
      .catch((each) => each);
    expect(error).toMatchObject({ code: 'unreachable', hint: expect.stringMatching(/gateway\.http2/) });
  });

  it('a server that agrees on no HTTP/2 over TLS is unreachable, with a hint', async () => {
    const server = createHttpsServer(
      { key: fixture('loopback.key'), cert: fixture('loopback.cert') },
      (_request, response) => response.end(),
    );
    const port = await listen(server);
    const error = await open(`https://127.0.0.1:${port}`, fixture('loopback.cert'))
      .warm(1)
      .catch((each) => each);
    expect(error).toMatchObject({ code: 'unreachable', hint: expect.stringMatching(/gateway\.http2/) });
  });

  it('nobody there is unreachable', async () => {
    const error = await open('http://127.0.0.1:1')
      .warm(1)
      .catch((each) => each);
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringMatching(/refused/) });
  });
});

describe('HTTP/2 over TLS', () => {
  it('is agreed on by ALPN, with the authority that is named', async () => {
    const server = createSecureServer({ key: fixture('loopback.key'), cert: fixture('loopback.cert') });
    server.on('stream', (stream, headers) => ok(stream, headers));
    const url = `https://127.0.0.1:${await listen(server)}`;
    const transport = connectTransport({ url, ca: fixture('loopback.cert'), http2: true }, createSystemClock());
    cleanups.push(() => transport.close());
    expect((await transport.warm(5)).length).toBe(1);
    expect(await exchange(transport).done).toMatchObject({ status: 200, body: 'ok' });
  });

  it('is not spoken unless it is asked for', async () => {
    const server = createSecureServer({
      key: fixture('loopback.key'),
      cert: fixture('loopback.cert'),
      allowHTTP1: true,
    });
    server.on('request', (request, response) => response.end(`HTTP/${request.httpVersion}`));
    const url = `https://127.0.0.1:${await listen(server)}`;
    const transport = connectTransport({ url, ca: fixture('loopback.cert') }, createSystemClock());
    cleanups.push(() => transport.close());
    expect((await exchange(transport).done).body).toBe('HTTP/1.1');
  });
});
