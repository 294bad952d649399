import type { Micros } from '../model/units.ts';

/** One request, ready to be written. Header names are in lower case; host and content-length are the transport's own. */
export interface OutgoingRequest {
  readonly method: string;
  /** Path and query, starting with a slash. */
  readonly path: string;
  /** Flat: name, value, name, value … */
  readonly headers: readonly string[];
  readonly body: string | undefined;
}

/** Why an exchange failed below HTTP's own status codes. `connect` = before any byte of the response, no connection. */
export type TransportFailure = {
  readonly kind: 'connect' | 'protocol' | 'truncated';
  /** One line, without secrets: what the peer or the system said. */
  readonly detail: string;
};

/**
 * What happens to one request, in this order: `written`, `headers`, `chunk`*, then exactly one of `end` and `failed`
 * (`failed` can come at any point, and is the last call). Times are from the monotonic clock, taken before any parsing.
 * Nothing is called after the cancel function has been.
 */
export interface ResponseListener {
  /** Before `written`, and only when a connection had to be opened for this request: the µs it took, TLS included. */
  connected?(took: Micros): void;
  written(at: Micros): void;
  /** `headers` is flat: name in lower case, value, … Interim (1xx) responses are not announced. */
  headers(status: number, headers: readonly string[], at: Micros): void;
  /** The bytes are valid only during the call. */
  chunk(bytes: Uint8Array, at: Micros): void;
  end(at: Micros): void;
  failed(failure: TransportFailure, at: Micros): void;
}

/** Connections to one gateway. Never retries, never follows redirects, has no timeouts of its own. */
export interface Transport {
  /** Opens up to `count` connections (TLS done) and keeps them idle; resolves with the µs each took; rejects with `GateError` `unreachable`. */
  warm(count: number): Promise<readonly Micros[]>;
  /** Sends on an idle connection, or on a new one. The returned function cancels: the connection is closed, nothing more is called. */
  send(request: OutgoingRequest, listener: ResponseListener): () => void;
  close(): Promise<void>;
}
