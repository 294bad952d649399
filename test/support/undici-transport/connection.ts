import type { Socket } from 'node:net';
import { type buildConnector, Client } from 'undici';
import { fromMillis, type Micros, micros, toMillis } from '../../../src/model/units.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Exchange } from './exchange.ts';

/** An idle connection is kept that long unless the peer names a shorter time or closes it. */
const KEEP_ALIVE_MS = 600_000;

/**
 * A connection is given up that much before the time at which the peer says (`Keep-Alive: timeout=N`) that it will close
 * it, so that no request is written into a closing connection.
 */
const KEEP_ALIVE_MARGIN_MS = 1_000;

export interface ConnectionParts {
  readonly origin: string;
  readonly clock: Clock;
  /** Opens a socket, TLS included, and returns it at once. */
  readonly connector: buildConnector.connector;
  /** Called once, when the connection can take no further request. */
  readonly onGone: (connection: Connection) => void;
}

/** Thrown inside undici's write path, see `open`. */
const NOTHING_TO_SEND = new Error('opened without a request');

/**
 * One undici Client, which is one connection. undici's own timeouts are off: the engine enforces deadlines, exactly
 * (undici's fast timers are off by up to 500 ms).
 */
export class Connection {
  /** Set while a request is on it. */
  exchange: Exchange | undefined;
  /** The peer announced that it closes the connection after this response. */
  closing = false;
  /** It lies among the idle ones. */
  idle = false;
  readonly #client: Client;
  readonly #parts: ConnectionParts;
  #socket: Socket | undefined;
  #gone = false;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#client = new Client(parts.origin, {
      connect: (options, callback) => this.#connect(options, callback),
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
    });
    this.#client.on('disconnect', () => {
      // With a request that is not yet written undici connects anew; without one there is nothing left to keep.
      if (this.exchange === undefined) this.abandon();
    });
  }

  /**
   * Opens the connection without sending a byte, within `within`. undici connects for a request only, so it gets one
   * that gives up in `onRequestStart`, which is called before anything is written.
   * Resolves with the µs it took; rejects with what the system or TLS said.
   */
  open(within: Micros): Promise<Micros> {
    const { clock } = this.#parts;
    const started = clock.now();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
        this.abandon();
      }, toMillis(within));
      this.#client.dispatch(
        { method: 'GET', path: '/' },
        {
          onRequestStart: () => {
            throw NOTHING_TO_SEND;
          },
          onResponseStart: () => {},
          onResponseData: () => {},
          onResponseEnd: () => {},
          onResponseError: (_controller, error) => {
            clearTimeout(timer);
            if (error === NOTHING_TO_SEND) resolve(micros(clock.now() - started));
            else reject(error);
          },
        },
      );
    });
  }

  dispatch(exchange: Exchange): void {
    this.exchange = exchange;
    this.#client.dispatch(exchange.options, exchange);
  }

  /** Closes it at once, whatever is on it. */
  abandon(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#parts.onGone(this);
    // Until it is connected, undici does not know the socket yet.
    this.#socket?.destroy();
    void this.#client.destroy(null);
  }

  /** Resolves when its socket is closed. */
  async close(): Promise<void> {
    this.abandon();
    await this.#client.destroy(null);
  }

  #connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
    const started = this.#parts.clock.now();
    // The connector returns the socket (its type does not say so); without it a connection attempt cannot be stopped.
    this.#socket = this.#parts.connector(options, (...result) => {
      if (result[0] === null) this.exchange?.connected(micros(this.#parts.clock.now() - started));
      callback(...result);
    }) as unknown as Socket;
  }
}

/** How long opening connections may take in all before the gateway counts as unreachable. */
export const OPENING_LIMIT: Micros = fromMillis(4_000);
