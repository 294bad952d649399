import { type ClientHttp2Session, connect } from 'node:http2';
import { createSecureContext, getCACertificates } from 'node:tls';
import type { Target } from '../../model/plan.ts';
import { fromMillis, type Micros, micros, toMillis } from '../../model/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OutgoingRequest, ResponseListener, Transport } from '../../ports/transport.ts';
import { startHttp2Exchange } from './http2-exchange.ts';
import type { TransportOptions } from './socket-transport.ts';
import { unreachable } from './unreachable.ts';

const OPENING_LIMIT: Micros = fromMillis(4_000);

/** Streams at once on one connection where the gateway sets no limit: RFC 9113 §6.5.2 advises at least that many. */
const DEFAULT_STREAMS = 100;

/**
 * Connections to one gateway that speak HTTP/2, and nothing else: requests share a connection up to the number of streams
 * that the gateway allows at once, then a further one is opened. Over TLS it is agreed on by ALPN; over a plain
 * connection it is taken for granted ("prior knowledge").
 */
export const createHttp2Transport = (target: Target, clock: Clock, options: TransportOptions = {}): Transport => {
  const pool = new SessionPool(target, clock);
  return {
    warm: (count) => pool.warm(count, options.openingLimit ?? OPENING_LIMIT),
    send: (request, listener) => pool.send(request, listener),
    close: () => pool.close(),
  };
};

/** One connection, and how many requests are on it. */
interface Session {
  readonly http2: ClientHttp2Session;
  readonly opened: Promise<Micros>;
  /** µs that opening it took; undefined until it is open. */
  took: Micros | undefined;
  open: number;
  /** It takes no further request. */
  isGone: boolean;
}

class SessionPool {
  readonly #origin: string;
  readonly #authority: string;
  readonly #clock: Clock;
  readonly #ca: string | undefined;
  readonly #sessions = new Set<Session>();

  constructor(target: Target, clock: Clock) {
    const url = new URL(target.url);
    this.#origin = url.origin;
    this.#authority = url.host;
    this.#clock = clock;
    this.#ca = target.ca;
  }

  async warm(count: number, within: Micros): Promise<readonly Micros[]> {
    const took: Micros[] = [];
    const deadline = this.#clock.now() + within;
    for (let room = this.#room(); room < count; room = this.#room()) {
      try {
        took.push(await this.#openWithin(micros(Math.max(1_000, deadline - this.#clock.now()))));
      } catch (error) {
        // A gateway that takes some connections is reachable: what it refuses will show as errors of requests.
        if (this.#sessions.size === 0) throw unreachable(this.#origin, error as Error);
        return took;
      }
    }
    return took;
  }

  send(request: OutgoingRequest, listener: ResponseListener): () => void {
    const known = this.#withRoom();
    const session = known ?? this.#create();
    session.open += 1;
    return startHttp2Exchange({
      request,
      authority: this.#authority,
      listener,
      clock: this.#clock,
      session: session.http2,
      opened: known?.took === undefined ? session.opened : undefined,
      onOver: () => {
        session.open -= 1;
      },
    });
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#sessions].map(({ http2 }) => {
        if (http2.destroyed) return undefined;
        const closed = new Promise<void>((resolve) => http2.once('close', resolve));
        http2.destroy();
        return closed;
      }),
    );
  }

  /** Requests that the open connections could take now. */
  #room(): number {
    return [...this.#sessions].reduce((sum, session) => sum + roomOf(session), 0);
  }

  /** The connection with the least room, so that a load that needs few connections keeps to few. */
  #withRoom(): Session | undefined {
    let best: Session | undefined;
    for (const session of this.#sessions)
      if (roomOf(session) > 0 && (best === undefined || roomOf(session) < roomOf(best))) best = session;
    return best;
  }

  #create(): Session {
    const startedAt = this.#clock.now();
    const http2 = connect(this.#origin, {
      ...(this.#ca === undefined
        ? {}
        : { secureContext: createSecureContext({ ca: [...getCACertificates('default'), this.#ca] }) }),
    });
    const opened = new Promise<Micros>((resolve, reject) => {
      // The first settings of the peer say how many streams it takes.
      http2.once('remoteSettings', () => resolve(micros(this.#clock.now() - startedAt)));
      http2.once('error', reject);
      http2.once('close', () => reject(new Error('the connection was closed before HTTP/2 was agreed on')));
    });
    const session: Session = { http2, opened, took: undefined, open: 0, isGone: false };
    this.#sessions.add(session);
    opened.then(
      (took) => {
        session.took = took;
      },
      () => this.#forget(session),
    );
    http2.on('error', () => this.#forget(session));
    http2.on('goaway', () => this.#forget(session));
    http2.on('close', () => this.#forget(session));
    return session;
  }

  async #openWithin(within: Micros): Promise<Micros> {
    const session = this.#create();
    const timeout = setTimeout(() => {
      session.http2.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
    }, toMillis(within));
    try {
      return await session.opened;
    } finally {
      clearTimeout(timeout);
    }
  }

  /** Requests on it may still end; it gets no more. */
  #forget(session: Session): void {
    session.isGone = true;
    this.#sessions.delete(session);
  }
}

const roomOf = ({ http2, open, isGone, took }: Session): number => {
  if (isGone || http2.closed || http2.destroyed) return 0;
  // Before its settings are known, a connection is for the request that opened it.
  const allowed = took === undefined ? 1 : (http2.remoteSettings.maxConcurrentStreams ?? DEFAULT_STREAMS);
  return Math.max(0, Math.min(allowed, DEFAULT_STREAMS) - open);
};
