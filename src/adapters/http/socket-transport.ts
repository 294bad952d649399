import { Buffer } from 'node:buffer';
import { connect as connectTcp, isIP, type OnReadOpts, type Socket, type TcpNetConnectOpts } from 'node:net';
import { type ConnectionOptions, connect as connectTls, createSecureContext, getCACertificates } from 'node:tls';
import type { Target } from '../../model/plan.ts';
import { fromMillis, type Micros, toMillis } from '../../model/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OutgoingRequest, ResponseListener, Transport } from '../../ports/transport.ts';
import { InvalidRequest, type RequestText, RequestWriter } from './request-text.ts';
import { type ConnectionOwner, type OpenSocket, SocketConnection } from './socket-connection.ts';
import { unreachable } from './unreachable.ts';

/** Connections that are opened at the same moment; more at once would be a burst of TLS handshakes before the test. */
const OPEN_AT_ONCE = 32;

/** How long opening connections may take in all before the gateway counts as unreachable. */
const OPENING_LIMIT: Micros = fromMillis(4_000);

/** Idle TCP connections are probed by the system after that long. */
const PROBE_AFTER_MS = 60_000;

/** Bytes that one read takes at most. */
const READ_BUFFER = 64 * 1024;

export interface TransportOptions {
  /** How long `warm` may take before the gateway counts as unreachable; 4 s by default. */
  readonly openingLimit?: Micros;
}

/**
 * Connections to one gateway on sockets of the platform: HTTP/1.1, one request at a time on each, TLS where the URL says so.
 * The connection that became idle last is used first: it is the one that the peer is least likely to have timed out, and
 * a load that needs few connections keeps to few.
 */
export const createSocketTransport = (target: Target, clock: Clock, options: TransportOptions = {}): Transport => {
  const pool = new ConnectionPool(target, clock);
  return {
    warm: (count) => pool.warm(count, options.openingLimit ?? OPENING_LIMIT),
    send: (request, listener) => pool.send(request, listener),
    close: () => pool.close(),
  };
};

class ConnectionPool implements ConnectionOwner {
  readonly #origin: string;
  readonly #clock: Clock;
  readonly #openSocket: OpenSocket;
  readonly #writer: RequestWriter;
  readonly #idle: SocketConnection[] = [];
  readonly #open = new Set<SocketConnection>();

  constructor(target: Target, clock: Clock) {
    const url = new URL(target.url);
    this.#origin = url.origin;
    this.#clock = clock;
    this.#openSocket = url.protocol === 'https:' ? secureSockets(url, target.ca) : plainSockets(url);
    this.#writer = new RequestWriter(url.host);
  }

  async warm(count: number, within: Micros): Promise<readonly Micros[]> {
    const missing = count - this.#idle.length;
    const deadline = this.#clock.now() + within;
    const took: Micros[] = [];
    let failure: Error | undefined;
    for (let left = missing; left > 0 && failure === undefined; left -= OPEN_AT_ONCE) {
      const remaining = Math.max(1_000, deadline - this.#clock.now()) as Micros;
      const opened = Array.from({ length: Math.min(left, OPEN_AT_ONCE) }, () => this.#openOne(remaining));
      for (const result of await Promise.allSettled(opened)) {
        if (result.status === 'fulfilled') took.push(result.value);
        else failure ??= result.reason as Error;
      }
    }
    // A gateway that takes some connections is reachable: what it refuses will show as errors of requests.
    if (failure !== undefined && this.#idle.length === 0) throw unreachable(this.#origin, failure);
    return took;
  }

  send(request: OutgoingRequest, listener: ResponseListener): () => void {
    let text: RequestText;
    try {
      text = this.#writer.write(request);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      listener.failed({ kind: 'protocol', detail: `the request cannot be sent: ${error.message}` }, this.#clock.now());
      return () => {};
    }
    return this.#take().send(text, request.method === 'HEAD', listener);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.close()));
  }

  rested(connection: SocketConnection): void {
    connection.isIdle = true;
    this.#idle.push(connection);
  }

  gone(connection: SocketConnection): void {
    if (connection.isIdle) this.#idle.splice(this.#idle.indexOf(connection), 1);
    connection.isIdle = false;
    this.#open.delete(connection);
  }

  /** The idle connection that was used last, or a new one. One that the peer has closed, or is about to, is closed here. */
  #take(): SocketConnection {
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      last.isIdle = false;
      if (last.isUsable(this.#clock.now())) return last;
      last.abandon();
    }
    return this.#create();
  }

  #create(): SocketConnection {
    const connection = new SocketConnection(this.#clock, this, this.#openSocket);
    this.#open.add(connection);
    return connection;
  }

  #openOne(within: Micros): Promise<Micros> {
    const connection = this.#create();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
        connection.abandon();
      }, toMillis(within));
      connection.whenOpened((result) => {
        clearTimeout(timer);
        if (result instanceof Error) reject(result);
        else {
          this.rested(connection);
          resolve(result);
        }
      });
    });
  }
}

const tcpOptions = (url: URL, defaultPort: number): TcpNetConnectOpts => ({
  // The URL has an IPv6 address in brackets.
  host: url.hostname.replace(/^\[|\]$/g, ''),
  port: url.port === '' ? defaultPort : Number(url.port),
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: PROBE_AFTER_MS,
});

const plainSockets = (url: URL): OpenSocket => {
  const options = tcpOptions(url, 80);
  // Reads are handed over one after the other, so all connections can share one buffer; on Windows the system holds on to
  // the buffer of each read under way.
  const shared = Buffer.allocUnsafeSlow(READ_BUFFER);
  const buffer = process.platform === 'win32' ? () => Buffer.allocUnsafeSlow(READ_BUFFER) : () => shared;
  return (onBytes) => {
    const read = buffer();
    const onread: OnReadOpts = {
      buffer: read,
      callback: (length) => {
        onBytes(read.subarray(0, length));
        return true;
      },
    };
    return { socket: connectTcp({ ...options, onread }), readyEvent: 'connect' };
  };
};

/** One context for all connections: building it parses every root certificate, which takes milliseconds. */
const secureSockets = (url: URL, ca: string | undefined): OpenSocket => {
  const tcp = tcpOptions(url, 443);
  const options: ConnectionOptions = {
    ...tcp,
    ALPNProtocols: ['http/1.1'],
    secureContext: createSecureContext(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
    ...(isIP(tcp.host!) === 0 ? { servername: tcp.host! } : {}),
  };
  let session: Buffer | undefined;
  return (onBytes) => {
    const socket = connectTls({ ...options, ...(session === undefined ? {} : { session }) });
    socket.on('session', (latest) => {
      session = latest;
    });
    socket.on('data', onBytes);
    return { socket: socket as Socket, readyEvent: 'secureConnect' };
  };
};
