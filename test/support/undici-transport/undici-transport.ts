import { createSecureContext, getCACertificates } from 'node:tls';
import { buildConnector } from 'undici';
import { unreachable } from '../../../src/adapters/http/unreachable.ts';
import type { Target } from '../../../src/model/plan.ts';
import type { Micros } from '../../../src/model/units.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { OutgoingRequest, ResponseListener, Transport } from '../../../src/ports/transport.ts';
import { Connection, OPENING_LIMIT } from './connection.ts';
import { Exchange, type ExchangeOwner } from './exchange.ts';

/** Connections that are opened at the same moment; more at once would be a burst of TLS handshakes before the test. */
const OPEN_AT_ONCE = 32;

export interface TransportOptions {
  /** How long `warm` may take before the gateway counts as unreachable; 4 s by default. */
  readonly openingLimit?: Micros;
}

/**
 * Connections to one gateway over undici's dispatch interface: HTTP/1.1, one request at a time on each, TLS where the URL
 * says so. The connection that became idle last is used first: it is the one that the peer is least likely to have timed
 * out, and a load that needs few connections keeps to few.
 */
export const createUndiciTransport = (target: Target, clock: Clock, options: TransportOptions = {}): Transport => {
  const pool = new ConnectionPool(target, clock);
  return {
    warm: (count) => pool.warm(count, options.openingLimit ?? OPENING_LIMIT),
    send: (request, listener) => pool.send(request, listener),
    close: () => pool.close(),
  };
};

class ConnectionPool implements ExchangeOwner {
  readonly #origin: string;
  readonly #clock: Clock;
  readonly #connector: buildConnector.connector;
  readonly #idle: Connection[] = [];
  readonly #open = new Set<Connection>();

  constructor(target: Target, clock: Clock) {
    this.#origin = new URL(target.url).origin;
    this.#clock = clock;
    this.#connector = buildConnector({ allowH2: false, timeout: 0, ...trust(target) });
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
    const connection = this.#take();
    const exchange = new Exchange({ connection, owner: this, clock: this.#clock }, request, listener);
    connection.dispatch(exchange);
    return () => exchange.cancel();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.close()));
  }

  finished(connection: Connection): void {
    connection.exchange = undefined;
    if (connection.closing) this.#forget(connection);
    else this.#rest(connection);
  }

  #take(): Connection {
    const connection = this.#idle.pop() ?? this.#create();
    connection.idle = false;
    return connection;
  }

  #create(): Connection {
    const connection = new Connection({
      origin: this.#origin,
      clock: this.#clock,
      connector: this.#connector,
      onGone: (gone) => this.#forget(gone),
    });
    this.#open.add(connection);
    return connection;
  }

  async #openOne(within: Micros): Promise<Micros> {
    const connection = this.#create();
    try {
      const took = await connection.open(within);
      this.#rest(connection);
      return took;
    } catch (error) {
      connection.abandon();
      throw error;
    }
  }

  #rest(connection: Connection): void {
    connection.idle = true;
    this.#idle.push(connection);
  }

  #forget(connection: Connection): void {
    if (connection.idle) this.#idle.splice(this.#idle.indexOf(connection), 1);
    connection.idle = false;
    this.#open.delete(connection);
  }
}

/** One context for all connections: building it parses every root certificate, which takes milliseconds. */
const trust = (target: Target): { secureContext?: ReturnType<typeof createSecureContext> } =>
  target.url.startsWith('https:') && target.ca !== undefined
    ? { secureContext: createSecureContext({ ca: [...getCACertificates('default'), target.ca] }) }
    : {};
