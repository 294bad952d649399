import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/adapters/clock/system-clock.ts';
import type { Target } from '../../../src/model/plan.ts';
import { fromMillis, type Micros } from '../../../src/model/units.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Transport, TransportFailure } from '../../../src/ports/transport.ts';
import { exchange, REQUEST } from '../../support/heard-exchange.ts';
import { AWKWARD_RESPONSES, type TransportName } from './awkward-responses.ts';

const clock = createSystemClock();
const cleanups: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const fixture = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../fixtures/http', `${name}.pem`), 'utf8');

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

/** A server that speaks raw bytes: `behave` is called with each connection's first data. */
const rawServer = async (behave: (socket: Socket, count: number) => void): Promise<string> => {
  let count = 0;
  const server = createServer((socket) => {
    socket.on('data', () => behave(socket, count++));
  });
  return `http://127.0.0.1:${await listen(server)}`;
};

const httpServer = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createHttpServer(listener))}`;

const head = 'HTTP/1.1 200 OK\r\n';
const writeAtOnce = async (socket: Socket, bytes: Buffer): Promise<void> => {
  socket.write(bytes);
};

/** Writes bytes so that each comes in a read of its own, as far as the system lets it. */
const writeByteByByte = async (socket: Socket, bytes: Buffer): Promise<void> => {
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(Uint8Array.of(byte));
    await nextTurn();
  }
};

type CreateTransport = (target: Target, clock: Clock, options: { readonly openingLimit?: Micros }) => Transport;

/** What every transport to a gateway must do. Call it once in a test file. */
export const testTransport = (name: TransportName, create: CreateTransport): void => {
  const open = (url: string, options: { ca?: string; openingLimit?: number } = {}): Transport => {
    const transport = create(
      { url, ca: options.ca },
      clock,
      options.openingLimit === undefined ? {} : { openingLimit: fromMillis(options.openingLimit) },
    );
    cleanups.push(() => transport.close());
    return transport;
  };

  describe('an exchange', () => {
    it('tells written, headers, chunks and end in order, with ascending times', async () => {
      const url = await httpServer((request, response) => {
        request.resume().on('end', () => {
          response.writeHead(
            201,
            [
              ['X-One', '1'],
              ['Set-Cookie', 'a'],
              ['Set-Cookie', 'b'],
            ].flat(),
          );
          response.write('first ');
          setTimeout(() => response.end('second'), 10);
        });
      });
      const heard = await exchange(open(url), { method: 'POST', body: '{}' }).done;
      expect(heard.events).toEqual(['connected', 'written', 'headers', 'chunk', 'end']);
      expect([...heard.times].sort((a, b) => a - b)).toEqual(heard.times);
      expect(heard.status).toBe(201);
      expect(heard.body).toBe('first second');
      expect(heard.headers.slice(0, 6)).toEqual(['x-one', '1', 'set-cookie', 'a', 'set-cookie', 'b']);
    });

    it('sends method, path, headers and body as given', async () => {
      const seen: unknown[] = [];
      const url = await httpServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          seen.push([request.method, request.url, request.headers['x-id'], request.headers['content-length'], body]);
          response.end();
        });
      });
      const transport = open(url);
      await exchange(transport, { method: 'POST', path: '/v1/chat?x=1', headers: ['x-id', '7'], body: 'grüße' }).done;
      expect(seen).toEqual([['POST', '/v1/chat?x=1', '7', '7', 'grüße']]);
    });

    it('neither follows redirects nor announces interim responses', async () => {
      let requests = 0;
      const url = await rawServer((socket) => {
        requests += 1;
        socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n');
        socket.write('HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n');
      });
      const heard = await exchange(open(url)).done;
      expect(heard.events).toEqual(['connected', 'written', 'headers', 'end']);
      expect(heard.status).toBe(302);
      expect(requests).toBe(1);
    });

    it('keeps one connection, and takes the one that became idle last', async () => {
      const ports: (number | undefined)[] = [];
      const url = await httpServer((request, response) => {
        ports.push(request.socket.remotePort);
        setTimeout(() => response.end('x'), request.url === '/slow' ? 30 : 0);
      });
      const transport = open(url);
      await Promise.all([exchange(transport).done, exchange(transport, { path: '/slow' }).done]);
      for (let i = 0; i < 5; i++) await exchange(transport).done;
      expect(new Set(ports).size).toBe(2);
      expect(new Set(ports.slice(2)).size).toBe(1);
      expect(ports[2]).toBe(ports[1]);
    });

    it('sends the next request from within the end of the one before, on the same connection', async () => {
      const ports = new Set<number | undefined>();
      const url = await httpServer((request, response) => {
        ports.add(request.socket.remotePort);
        response.end('x');
      });
      const transport = open(url);
      let left = 20;
      await new Promise<void>((finish, reject) => {
        const send = (): void => {
          transport.send(REQUEST, {
            written: () => {},
            headers: () => {},
            chunk: () => {},
            failed: ({ detail }) => reject(new Error(detail)),
            end: () => {
              left -= 1;
              if (left === 0) finish();
              else send();
            },
          });
        };
        send();
      });
      expect(ports.size).toBe(1);
    });
  });

  describe('failures', () => {
    it.each<[string, (socket: Socket) => void, TransportFailure['kind'], RegExp]>([
      ['garbage', (s) => s.end('SSH-2.0-OpenSSH_9.9\r\n'), 'protocol', /not HTTP\/1\.1: .*Expected HTTP/],
      ['a closed connection', (s) => s.end(), 'connect', /closed before a byte came back: the other side closed/],
      ['a reset', (s) => s.resetAndDestroy(), 'connect', /closed before a byte came back: the other side reset/],
      [
        'a short content-length',
        (s) => s.end(`${head}content-length: 10\r\n\r\nfive.`),
        'truncated',
        /content-length|closed/,
      ],
      [
        'a short content-length and connection: close',
        (s) => s.end(`${head}connection: close\r\ncontent-length: 10\r\n\r\nfive.`),
        'truncated',
        /before all bytes/,
      ],
      [
        'a cut chunked body',
        (s) => s.end(`${head}transfer-encoding: chunked\r\n\r\n5\r\nfive.\r\n`),
        'truncated',
        /closed/,
      ],
      [
        'a cut chunked body and connection: close',
        (s) => s.end(`${head}connection: close\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfive.\r\n`),
        'truncated',
        /closed/,
      ],
      [
        'a bad chunk',
        (s) => s.write(`${head}transfer-encoding: chunked\r\n\r\nzz\r\n`),
        'protocol',
        /Invalid character in chunk size/,
      ],
      ['a cut head', (s) => s.end(`${head}content-le`), 'truncated', /broke off|closed/],
      ['huge headers', (s) => s.write(`${head}x: ${'y'.repeat(70_000)}\r\n\r\n`), 'protocol', /larger than \d+ KiB/],
      [
        'an upgrade',
        (s) => s.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
        'protocol',
        /interim or upgrade/,
      ],
    ])('%s', async (_name, behave, kind, detail) => {
      const transport = open(await rawServer((socket) => behave(socket)));
      const { failure, events } = await exchange(transport).done;
      expect(failure).toEqual({ kind, detail: expect.stringMatching(detail) });
      expect(events.at(-1)).toBe('failed');
    });

    it('a reset in the middle of a body', async () => {
      const url = await rawServer((socket) => {
        socket.write(`${head}content-length: 10\r\n\r\nfive.`, () => setTimeout(() => socket.resetAndDestroy(), 20));
      });
      const heard = await exchange(open(url)).done;
      expect(heard.failure).toEqual({
        kind: 'truncated',
        detail: expect.stringMatching(/broke off: the other side reset/),
      });
      expect(heard.body).toBe('five.');
    });

    it('nothing listens', async () => {
      const port = await listen(createServer());
      await cleanups.pop()?.();
      await sleep(10);
      const { failure, events } = await exchange(open(`http://127.0.0.1:${port}`)).done;
      expect(failure).toEqual({ kind: 'connect', detail: expect.stringMatching(/no connection: .*ECONNREFUSED/) });
      expect(events).toEqual(['failed']);
    });

    it('a header that cannot be sent', async () => {
      const { failure } = await exchange(open(await httpServer((_q, r) => r.end())), { headers: ['x', 'a\nb'] }).done;
      expect(failure).toEqual({ kind: 'protocol', detail: expect.stringMatching(/cannot be sent: invalid x header/) });
    });

    it('leaves the transport usable', async () => {
      const url = await rawServer((socket, count) => {
        if (count === 0) socket.end('garbage');
        else socket.write(`${head}content-length: 2\r\n\r\nok`);
      });
      const transport = open(url);
      expect((await exchange(transport).done).failure?.kind).toBe('protocol');
      expect((await exchange(transport).done).body).toBe('ok');
    });
  });

  describe.each(['in one piece', 'byte by byte'])('awkward responses, %s', (pieces) => {
    const isWhole = pieces === 'in one piece';
    const write = isWhole ? writeAtOnce : writeByteByByte;
    // Large ones in pieces of a byte take long, and are cut everywhere where the parser is tested by itself.
    const rows = AWKWARD_RESPONSES.filter(({ bytes }) => isWhole || bytes.length < 500);
    it.each(rows)('$name', async ({ bytes, closes, method = 'GET', becomes, unless }) => {
      let connections = 0;
      const server = createServer((socket) => {
        connections += 1;
        socket.setNoDelay(true);
        socket.on('data', async () => {
          await write(socket, Buffer.from(bytes, 'latin1'));
          if (closes) socket.end();
        });
      });
      const transport = open(`http://127.0.0.1:${await listen(server)}`);
      const heard = await exchange(transport, { method }).done;
      const expected = unless?.of === name ? unless.becomes : becomes;
      if (typeof expected === 'string') expect(heard.failure?.kind).toBe(expected);
      else {
        expect(heard.failure).toBeUndefined();
        await exchange(transport, { method }).done;
        const { status, body } = heard;
        expect({ status, body, again: connections === 1 }).toEqual(expected);
      }
    });
  });

  describe('responses out of turn', () => {
    it('bytes behind the response spoil the connection, not the response', async () => {
      let connections = 0;
      const server = createServer((socket) => {
        connections += 1;
        socket.on('data', () => socket.write(`${head}content-length: 2\r\n\r\nok`.repeat(2)));
      });
      const transport = open(`http://127.0.0.1:${await listen(server)}`);
      for (let i = 0; i < 3; i++)
        expect(await exchange(transport).done).toMatchObject({ body: 'ok', failure: undefined });
      expect(connections).toBe(3);
    });

    it('bytes on an idle connection spoil it', async () => {
      let connections = 0;
      const server = createServer((socket) => {
        connections += 1;
        socket.on('data', () => {
          socket.write(`${head}content-length: 2\r\n\r\nok`);
          setTimeout(() => socket.write(`${head}content-length: 5\r\n\r\nwrong`), 20);
        });
      });
      const transport = open(`http://127.0.0.1:${await listen(server)}`);
      for (let i = 0; i < 2; i++) {
        expect(await exchange(transport).done).toMatchObject({ body: 'ok', failure: undefined });
        await sleep(50);
      }
      expect(connections).toBe(2);
    });

    it('a server may answer before it has read the request, and close', async () => {
      const answer = 'HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 2\r\n\r\nno';
      const server = createServer((socket) => {
        socket.once('data', () => socket.write(answer));
        socket.resume();
      });
      const transport = open(`http://127.0.0.1:${await listen(server)}`);
      for (const body of ['x'.repeat(8_000_000), 'x']) {
        const heard = await exchange(transport, { method: 'POST', body }).done;
        expect([heard.status, heard.body, heard.failure]).toEqual([413, 'no', undefined]);
      }
    });
  });

  describe('connections that the server closes', () => {
    it('announced by connection: close are not used again', async () => {
      let requests = 0;
      const url = await httpServer((_request, response) => {
        requests += 1;
        response.setHeader('connection', 'close');
        response.end('x');
      });
      const transport = open(url);
      for (let i = 0; i < 5; i++) expect((await exchange(transport).done).failure).toBeUndefined();
      expect(requests).toBe(5);
    });

    it('while idle are not used again, and no request is sent twice', async () => {
      let requests = 0;
      const server = createHttpServer((_request, response) => {
        requests += 1;
        response.end('x');
      });
      const transport = open(`http://127.0.0.1:${await listen(server)}`);
      for (let i = 0; i < 5; i++) {
        const heard = await exchange(transport).done;
        expect(heard.failure).toBeUndefined();
        expect(heard.events[0]).toBe('connected');
        server.closeIdleConnections();
        await sleep(20);
      }
      expect(requests).toBe(5);
    });

    it('on receiving a request fail that request, which is not sent again', async () => {
      let requests = 0;
      const url = await rawServer((socket) => {
        requests += 1;
        if (requests === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
        else socket.destroy();
      });
      const transport = open(url);
      expect((await exchange(transport).done).body).toBe('ok');
      expect((await exchange(transport).done).failure?.kind).toBe('connect');
      await sleep(30);
      expect(requests).toBe(2);
    });
  });

  describe('cancelling', () => {
    it('closes the connection and calls nothing more', async () => {
      const closed = Promise.withResolvers<void>();
      const url = await rawServer((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome');
        socket.on('close', () => closed.resolve());
      });
      const { heard, cancel } = exchange(open(url));
      while (!heard.events.includes('chunk')) await sleep(1);
      cancel();
      cancel();
      await closed.promise;
      await sleep(10);
      expect(heard.events).toEqual(['connected', 'written', 'headers', 'chunk']);
    });

    it('before the connection is open sends nothing', async () => {
      let requests = 0;
      const url = await httpServer((_request, response) => {
        requests += 1;
        response.end();
      });
      const transport = open(url);
      const { heard, cancel } = exchange(transport);
      cancel();
      await sleep(30);
      expect(heard.events).toEqual([]);
      expect(requests).toBe(0);
      expect((await exchange(transport).done).status).toBe(200);
    });

    it('after the end does nothing', async () => {
      const transport = open(await httpServer((_request, response) => response.end('x')));
      const first = exchange(transport);
      await first.done;
      first.cancel();
      const second = exchange(transport);
      // Not even to the request that is on the same connection now.
      first.cancel();
      expect(await second.done).toMatchObject({ status: 200, events: ['written', 'headers', 'chunk', 'end'] });
    });
  });

  describe('warming', () => {
    it('opens connections without sending a byte, and uses them', async () => {
      let [connections, bytes] = [0, 0];
      const server = createHttpServer((_request, response) => response.end('x'));
      server.on('connection', (socket) => {
        connections += 1;
        socket.on('data', (chunk) => {
          bytes += chunk.length;
        });
      });
      const transport = open(`http://127.0.0.1:${await listen(server)}`);
      const took = await transport.warm(70);
      expect(took.length).toBe(70);
      expect(took.every((each) => each > 0)).toBe(true);
      // The server hears of a connection later than the system has accepted it.
      while (connections < 70) await sleep(5);
      await sleep(20);
      expect([connections, bytes]).toEqual([70, 0]);
      expect(await transport.warm(70)).toEqual([]);
      const all = await Promise.all(Array.from({ length: 70 }, () => exchange(transport).done));
      expect(all.every((heard) => heard.events[0] === 'written' && heard.status === 200)).toBe(true);
      expect(connections).toBe(70);
    });

    it.each<[string, string, RegExp, RegExp]>([
      [
        'refused',
        'http://127.0.0.1:1',
        /^The gateway at http:\/\/127.0.0.1:1 cannot be reached: the connection was refused \(ECONNREFUSED\)/,
        /up/,
      ],
      [
        'no such name',
        'http://user:secret@gateway.invalid/path',
        /^The gateway at http:\/\/gateway.invalid cannot .* does not resolve/,
        /host/,
      ],
    ])('%s is unreachable', async (_name, url, message, hint) => {
      const error = await open(url)
        .warm(3)
        .catch((each) => each);
      expect(error).toMatchObject({
        code: 'unreachable',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      });
      expect(error.message).not.toMatch(/secret/);
    });

    it('a server that never finishes the handshake is unreachable in time', async () => {
      const port = await listen(createServer(() => {}));
      const error = await open(`https://127.0.0.1:${port}`, { openingLimit: 100 })
        .warm(1)
        .catch((each) => each);
      expect(error).toMatchObject({ code: 'unreachable', message: expect.stringMatching(/nothing answered in time/) });
    });

    it('a server that closes during the handshake is unreachable', async () => {
      const port = await listen(createServer((socket) => socket.once('data', () => socket.end())));
      const transport = open(`https://127.0.0.1:${port}`);
      const error = await transport.warm(1).catch((each) => each);
      expect(error).toMatchObject({
        code: 'unreachable',
        message: expect.stringMatching(/closed the connection while it was being opened/),
      });
      const { failure, events } = await exchange(transport).done;
      expect(failure).toEqual({ kind: 'connect', detail: expect.stringMatching(/^no connection: /) });
      expect(events).toEqual(['failed']);
    });

    it('a server without TLS behind https:// is unreachable', async () => {
      const url = await httpServer((_request, response) => response.end());
      const error = await open(url.replace('http:', 'https:'))
        .warm(1)
        .catch((each) => each);
      expect(error).toMatchObject({ code: 'unreachable', message: expect.stringMatching(/does not speak TLS/) });
    });
  });

  describe('TLS', () => {
    const tlsServer = async (name: string): Promise<number> =>
      listen(
        createHttpsServer({ key: fixture(`${name}.key`), cert: fixture(`${name}.cert`) }, (_request, response) =>
          response.end('secure'),
        ),
      );

    it('a self-signed certificate is unreachable, with a reason', async () => {
      const error = await open(`https://127.0.0.1:${await tlsServer('loopback')}`)
        .warm(1)
        .catch((each) => each);
      expect(error).toMatchObject({
        code: 'unreachable',
        message: expect.stringMatching(/certificate is self-signed and not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/),
        hint: expect.stringMatching(/certificate authority/),
      });
    });

    it('with its authority it works, by name and by address', async () => {
      const port = await tlsServer('loopback');
      for (const host of ['127.0.0.1', 'localhost']) {
        const transport = open(`https://${host}:${port}`, { ca: fixture('loopback.cert') });
        expect((await transport.warm(2)).length).toBe(2);
        const heard = await exchange(transport).done;
        expect([heard.body, heard.events[0]]).toEqual(['secure', 'written']);
      }
    });

    it("another host's certificate is unreachable", async () => {
      const port = await tlsServer('other-host');
      const error = await open(`https://127.0.0.1:${port}`, { ca: fixture('other-host.cert') })
        .warm(1)
        .catch((each) => each);
      expect(error).toMatchObject({ code: 'unreachable', message: expect.stringMatching(/for another host name/) });
    });
  });
};
