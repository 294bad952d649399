import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../src/adapters/clock/system-clock.ts';
import { createSocketTransport } from '../../../src/adapters/http/socket-transport.ts';
import { fromSeconds, type Micros } from '../../../src/model/units.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { OutgoingRequest, Transport } from '../../../src/ports/transport.ts';
import { testTransport } from './transport-contract.ts';

testTransport('socket', createSocketTransport);

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n';

/** Answers with these bytes to all that comes, and counts its connections; undefined where the host is not to be had. */
const startServer = async (answer: string, host = '127.0.0.1') => {
  const seen = { connections: 0, request: '' };
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    seen.connections += 1;
    sockets.push(socket.on('error', () => {}));
    socket.once('data', () => socket.write(answer));
    socket.on('data', (bytes) => {
      seen.request = bytes.toString();
    });
  });
  server.listen(0, host);
  const isThere = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { seen, port: (server.address() as AddressInfo).port };
};

const open = (host: string, port: number, clock: Clock = createSystemClock()): Transport => {
  const transport = createSocketTransport({ url: `http://${host}:${port}`, ca: undefined }, clock);
  cleanups.push(() => transport.close());
  return transport;
};

/** The status of the answer. */
const exchange = (transport: Transport, request: Partial<OutgoingRequest> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    let status = 0;
    transport.send(
      { method: 'GET', path: '/', headers: [], body: undefined, ...request },
      {
        written: () => {},
        headers: (code) => {
          status = code;
        },
        chunk: () => {},
        end: () => resolve(status),
        failed: ({ detail }) => reject(new Error(detail)),
      },
    );
  });

describe('a transport on sockets', () => {
  it('gives a connection up one second before the peer closes it', async () => {
    let now = fromSeconds(100);
    const clock: Clock = { ...createSystemClock(), now: () => now };
    const server = await startServer(`${OK}keep-alive: timeout=5\r\n\r\n`);
    const transport = open('127.0.0.1', server!.port, clock);
    await exchange(transport);
    now = (now + fromSeconds(4)) as Micros;
    await exchange(transport);
    expect(server!.seen.connections).toBe(2);
  });

  it('does not send behind a request that was answered before it was written', async () => {
    const server = await startServer(`${OK}\r\n`);
    const transport = open('127.0.0.1', server!.port);
    await exchange(transport, { method: 'POST', body: 'x'.repeat(32_000_000) });
    await exchange(transport);
    expect(server!.seen.connections).toBe(2);
  });

  it('reaches an IPv6 address', async ({ skip }) => {
    const server = await startServer(`${OK}\r\n`, '::1');
    if (server === undefined) return skip('this machine has no IPv6');
    expect(await exchange(open('[::1]', server.port))).toBe(200);
    expect(server.seen.request).toContain(`host: [::1]:${server.port}\r\n`);
  });
});
