import type { Dispatcher } from 'undici';
import type { Micros } from '../../../src/model/units.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { OutgoingRequest, ResponseListener } from '../../../src/ports/transport.ts';
import type { Connection } from './connection.ts';
import { toTransportFailure } from './transport-failure.ts';

/** What an exchange tells the pool of connections. */
export interface ExchangeOwner {
  /** The response is complete: the connection can take the next request, unless it is closing. */
  finished(connection: Connection): void;
}

/**
 * One request on one connection, as undici's dispatch handler. Every callback takes its timestamp first. A class, so that
 * a request costs one object instead of a closure a callback.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly options: Dispatcher.DispatchOptions;
  readonly #connection: Connection;
  readonly #owner: ExchangeOwner;
  readonly #clock: Clock;
  readonly #listener: ResponseListener;
  #written = false;
  #answered = false;
  #over = false;

  constructor(
    parts: { readonly connection: Connection; readonly owner: ExchangeOwner; readonly clock: Clock },
    request: OutgoingRequest,
    listener: ResponseListener,
  ) {
    this.#connection = parts.connection;
    this.#owner = parts.owner;
    this.#clock = parts.clock;
    this.#listener = listener;
    this.options = {
      method: request.method,
      path: request.path,
      // undici's type wants a mutable array, and only reads it.
      headers: request.headers as string[],
      body: request.body ?? null,
    };
  }

  /** Ends it without a further call to the listener. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#connection.abandon();
  }

  /** A connection was opened for this request. */
  connected(took: Micros): void {
    if (!this.#over) this.#listener.connected?.(took);
  }

  onRequestStart(): void {
    const at = this.#clock.now();
    this.#written = true;
    if (!this.#over) this.#listener.written(at);
  }

  onResponseStarted(): void {
    this.#answered = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: HeaderRecord): void {
    const at = this.#clock.now();
    if (this.#over || status < 200) return;
    const { connection } = headers;
    if (connection !== undefined && announcesClose(connection)) this.#connection.closing = true;
    this.#listener.headers(status, flatten(headers), at);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    const at = this.#clock.now();
    if (!this.#over) this.#listener.chunk(chunk, at);
  }

  onResponseEnd(): void {
    const at = this.#clock.now();
    if (this.#over) return;
    this.#over = true;
    // First the connection is free again: what the listener sends from within `end` is then queued behind this very
    // response, and undici writes it without the extra turn of its check of idle sockets.
    this.#owner.finished(this.#connection);
    this.#listener.end(at);
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const at = this.#clock.now();
    if (this.#over) return;
    this.#over = true;
    this.#connection.abandon();
    this.#listener.failed(toTransportFailure(error, { written: this.#written, answered: this.#answered }), at);
  }
}

type HeaderRecord = Readonly<Record<string, string | string[] | undefined>>;

const announcesClose = (value: string | string[]): boolean =>
  (typeof value === 'string' ? value : value.join()).toLowerCase().includes('close');

/** undici has parsed them into a record (names in lower case) already; repeated headers become one pair each. */
const flatten = (headers: HeaderRecord): string[] => {
  const flat: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') flat.push(name, value);
    else if (value !== undefined) for (const each of value) flat.push(name, each);
  }
  return flat;
};
