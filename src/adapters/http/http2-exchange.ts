import { type ClientHttp2Session, type ClientHttp2Stream, constants, type OutgoingHttpHeaders } from 'node:http2';
import type { Micros } from '../../model/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OutgoingRequest, ResponseListener, TransportFailure } from '../../ports/transport.ts';
import { lineOf } from './system-error.ts';

/** One request on one connection. */
export interface Http2Request {
  readonly request: OutgoingRequest;
  /** Host and port, as in the URL. */
  readonly authority: string;
  readonly listener: ResponseListener;
  readonly clock: Clock;
  readonly session: ClientHttp2Session;
  /** Resolves with the time that opening took, for a connection that is not open yet; undefined = it is. */
  readonly opened: Promise<Micros> | undefined;
  /** Called once, when the stream is over. */
  readonly onOver: () => void;
}

/** Sends the request, as soon as the connection is open, and tells the listener. Returns its cancel. */
export const startHttp2Exchange = (parts: Http2Request): (() => void) => {
  const exchange = new Http2Exchange(parts);
  if (parts.opened === undefined) exchange.start(undefined);
  else
    parts.opened.then(
      (took) => exchange.start(took),
      (error: Error) => exchange.fail({ kind: 'connect', detail: `no connection: ${lineOf(error)}` }),
    );
  return () => exchange.cancel();
};

class Http2Exchange {
  readonly #parts: Http2Request;
  #stream: ClientHttp2Stream | undefined;
  #hasAnswered = false;
  #isOver = false;

  constructor(parts: Http2Request) {
    this.#parts = parts;
  }

  start(took: Micros | undefined): void {
    if (this.#isOver) return;
    const { request, listener, clock, session, authority } = this.#parts;
    if (took !== undefined) listener.connected?.(took);
    const at = clock.now();
    try {
      this.#stream = session.request(headersOf(request, authority), { endStream: request.body === undefined });
    } catch (error) {
      // The request has no form in HTTP/2, or the connection has just gone.
      const kind = session.destroyed || session.closed ? 'connect' : 'protocol';
      this.fail({ kind, detail: `the request cannot be sent: ${lineOf(error as Error)}` });
      return;
    }
    if (request.body !== undefined) this.#stream.end(request.body);
    listener.written(at);
    this.#listen(this.#stream);
  }

  cancel(): void {
    if (!this.#over()) return;
    this.#stream?.on('error', () => {});
    this.#stream?.close(constants.NGHTTP2_CANCEL);
  }

  fail(failure: TransportFailure): void {
    const at = this.#parts.clock.now();
    if (this.#over()) this.#parts.listener.failed(failure, at);
  }

  #listen(stream: ClientHttp2Stream): void {
    const { listener, clock } = this.#parts;
    let problem: Error | undefined;
    stream.on('response', (headers, _flags, raw: readonly string[]) => {
      const at = clock.now();
      this.#hasAnswered = true;
      if (!this.#isOver) listener.headers(Number(headers[':status']), flatHeaders(raw), at);
    });
    stream.on('data', (bytes: Uint8Array) => {
      if (!this.#isOver) listener.chunk(bytes, clock.now());
    });
    let endedAt: Micros | undefined;
    stream.on('end', () => {
      endedAt = clock.now();
    });
    stream.on('error', (error: Error) => {
      problem = error;
    });
    // A reset ends the readable side as well: whether the response is whole is only known when the stream is closed.
    stream.on('close', () => {
      const isWhole = endedAt !== undefined && this.#hasAnswered && problem === undefined && !stream.aborted;
      if (!isWhole || stream.rstCode !== constants.NGHTTP2_NO_ERROR) this.fail(this.#whyClosed(stream, problem));
      else if (this.#over()) listener.end(endedAt!);
    });
  }

  #whyClosed(stream: ClientHttp2Stream, problem: Error | undefined): TransportFailure {
    const code = RESET_NAMES[stream.rstCode ?? 0];
    const why =
      code === undefined || code === 'NO_ERROR' ? problem && lineOf(problem) : `the stream was reset (${code})`;
    const reason = why ?? 'the other side closed the connection';
    return this.#hasAnswered
      ? { kind: 'truncated', detail: `the response broke off: ${reason}` }
      : { kind: 'connect', detail: `closed before a byte came back: ${reason}` };
  }

  /** True the first time. */
  #over(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#parts.onOver();
    return true;
  }
}

/** Names of RFC 9113 §7 by code. */
const RESET_NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(constants)
    .filter(([name]) =>
      /^NGHTTP2_(NO_ERROR|[A-Z_]*_ERROR|CANCEL|REFUSED_STREAM|STREAM_CLOSED|ENHANCE_YOUR_CALM|INADEQUATE_SECURITY|HTTP_1_1_REQUIRED)$/.test(
        name,
      ),
    )
    .map(([name, code]) => [Number(code), name.replace('NGHTTP2_', '')]),
);

const headersOf = ({ method, path, headers }: OutgoingRequest, authority: string): OutgoingHttpHeaders => {
  const all: Record<string, string | string[]> = { ':method': method, ':path': path, ':authority': authority };
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index]!.toLowerCase();
    const known = all[name];
    all[name] = known === undefined ? headers[index + 1]! : [known, headers[index + 1]!].flat();
  }
  return all;
};

/** Without the pseudo-headers. */
const flatHeaders = (raw: readonly string[]): string[] => {
  const flat: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    if (!raw[index]!.startsWith(':')) flat.push(raw[index]!.toLowerCase(), raw[index + 1]!);
  return flat;
};
