import type { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import { fromSeconds, type Micros, micros } from '../../model/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ResponseListener, TransportFailure } from '../../ports/transport.ts';
import type { RequestText } from './request-text.ts';
import { ResponseParser, type ResponseSink } from './response-parser.ts';
import { codeOf, lineOf } from './system-error.ts';

/**
 * A connection is given up that much before the time at which the peer says (`Keep-Alive: timeout=N`) that it will close
 * it, so that no request is written into a closing connection.
 */
const KEEP_ALIVE_MARGIN = fromSeconds(1);

/** Opens a socket and returns it at once. `onBytes` is called with all that comes; the bytes are valid only during the call. */
export type OpenSocket = (onBytes: (bytes: Buffer) => void) => {
  readonly socket: Socket;
  /** The event that says that it can be written to. */
  readonly readyEvent: 'connect' | 'secureConnect';
};

/** Whoever holds the connections. */
export interface ConnectionOwner {
  /** The response is complete, and the connection can take the next request. */
  rested(connection: SocketConnection): void;
  /** It can take no further request. Called once. */
  gone(connection: SocketConnection): void;
}

/** One connection, with one request on it at a time. */
export class SocketConnection implements ResponseSink {
  /** It lies among the idle ones. */
  isIdle = false;
  /** From then on the peer may close it at any moment. */
  usableUntil = Number.POSITIVE_INFINITY;
  readonly #clock: Clock;
  readonly #owner: ConnectionOwner;
  readonly #parser = new ResponseParser(this);
  readonly #socket: Socket;
  readonly #startedAt: Micros;
  #isReady = false;
  #isGone = false;
  /** A request that waits for the connection. */
  #waiting: RequestText | undefined;
  #listener: ResponseListener | undefined;
  /** Number of the request on it: who cancels an earlier one cancels nothing. */
  #turn = 0;
  #hasAnswered = false;
  /** Of the read under way: every call that it leads to has the same time, from before any parsing. */
  #at = 0 as Micros;
  #onOpened: ((result: Micros | Error) => void) | undefined;

  constructor(clock: Clock, owner: ConnectionOwner, open: OpenSocket) {
    this.#clock = clock;
    this.#owner = owner;
    this.#startedAt = clock.now();
    const { socket, readyEvent } = open((bytes) => this.#read(bytes));
    this.#socket = socket;
    socket.once(readyEvent, () => this.#ready());
    socket.on('end', () => this.#ended(undefined));
    socket.on('error', (error) => this.#ended(error));
    socket.on('close', () => this.#ended(undefined));
  }

  /** Tells, once, the µs that opening took, or why it failed. */
  whenOpened(tell: (result: Micros | Error) => void): void {
    this.#onOpened = tell;
  }

  /** Whether a request written at `now` has a chance. */
  isUsable(now: Micros): boolean {
    return !this.#isGone && this.#socket.writable && now < this.usableUntil;
  }

  /** Writes the request, or keeps it until the connection is open. Returns the request's cancel. */
  send(request: RequestText, isHead: boolean, listener: ResponseListener): () => void {
    this.#listener = listener;
    this.#hasAnswered = false;
    this.#parser.start(isHead);
    const turn = ++this.#turn;
    if (this.#isReady) this.#write(request);
    else this.#waiting = request;
    return () => {
      if (turn === this.#turn && this.#listener !== undefined) this.abandon();
    };
  }

  /** Closes it at once, whatever is on it; nothing more is told. */
  abandon(): void {
    this.#listener = undefined;
    this.#leave();
  }

  /** Resolves when its socket is closed. */
  close(): Promise<void> {
    this.abandon();
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => this.#socket.once('close', () => resolve()));
  }

  onHead(status: number, headers: readonly string[]): void {
    this.#listener?.headers(status, headers, this.#at);
  }

  onBody(bytes: Uint8Array): void {
    this.#listener?.chunk(bytes, this.#at);
  }

  #ready(): void {
    if (this.#isGone) return;
    const took = micros(this.#clock.now() - this.#startedAt);
    this.#isReady = true;
    this.#onOpened?.(took);
    const request = this.#waiting;
    this.#waiting = undefined;
    if (request === undefined) return;
    this.#listener?.connected?.(took);
    if (!this.#isGone) this.#write(request);
  }

  #write(request: RequestText): void {
    const at = this.#clock.now();
    this.#socket.write(request.bytes, request.encoding);
    this.#listener?.written(at);
  }

  #read(bytes: Buffer): void {
    const at = this.#clock.now();
    if (this.#listener === undefined) {
      // Nobody asked for them: whatever comes next here could not be told from them.
      this.#leave();
      return;
    }
    this.#at = at;
    this.#hasAnswered = true;
    this.#parser.push(bytes);
    this.#conclude(at);
  }

  /** Ends the exchange if the parser has come to an end. */
  #conclude(at: Micros): void {
    const { problem } = this.#parser;
    if (problem !== undefined) this.#fail({ kind: 'protocol', detail: problem }, at);
    else if (this.#parser.isComplete) this.#finish(at);
  }

  #finish(at: Micros): void {
    const listener = this.#listener;
    if (listener === undefined) return;
    this.#listener = undefined;
    // First the connection is free again, so that what the listener sends from within `end` goes out on it at once.
    if (this.#canRest(at)) this.#owner.rested(this);
    else this.#leave();
    listener.end(at);
  }

  /** An answer that came before its request was written in full leaves the rest of the request in the way. */
  #canRest(at: Micros): boolean {
    if (this.#isGone || !this.#parser.isReusable || this.#socket.writableLength > 0) return false;
    const seconds = this.#parser.keepAliveSeconds;
    this.usableUntil = seconds === undefined ? Number.POSITIVE_INFINITY : at + fromSeconds(seconds) - KEEP_ALIVE_MARGIN;
    return this.usableUntil > at;
  }

  /** The peer closed it, or an error did. May be called again for the same end. */
  #ended(error: Error | undefined): void {
    const at = this.#clock.now();
    if (!this.#isReady) this.#onOpened?.(error ?? Object.assign(new Error(CLOSED), { code: 'ECONNRESET' }));
    if (this.#listener === undefined) this.#leave();
    else this.#fail(this.#failure(error), at);
  }

  /** Undefined = the end was what the response waited for. */
  #failure(error: Error | undefined): TransportFailure | undefined {
    if (!this.#isReady)
      return { kind: 'connect', detail: `no connection: ${error === undefined ? CLOSED : lineOf(error)}` };
    if (!this.#hasAnswered) return { kind: 'connect', detail: `closed before a byte came back: ${closing(error)}` };
    if (error !== undefined) return { kind: 'truncated', detail: `the response broke off: ${closing(error)}` };
    const missing = this.#parser.finish();
    return missing === undefined ? undefined : { kind: 'truncated', detail: missing };
  }

  #fail(failure: TransportFailure | undefined, at: Micros): void {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#leave();
    if (failure === undefined) listener?.end(at);
    else listener?.failed(failure, at);
  }

  #leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#waiting = undefined;
    this.#socket.destroy();
    this.#owner.gone(this);
  }
}

const CLOSED = 'the other side closed the connection';

const closing = (error: Error | undefined): string => {
  if (error === undefined) return CLOSED;
  return codeOf(error) === 'ECONNRESET' ? 'the other side reset the connection' : lineOf(error);
};
