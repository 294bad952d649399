import type { Buffer } from 'node:buffer';
import { ResponseHead } from './response-head.ts';

/** The longest head of a response, and the longest trailer section, in bytes: four times what undici takes by default. */
const MAX_HEAD = 64 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const SEMICOLON = 0x3b;
const SPACE = 0x20;
const DELETE = 0x7f;

/** Digits of a chunk's size at most: more are no size that any machine holds. */
const MAX_SIZE = 2 ** 48;

/** Where in a response the parser stands. Up to `trailer` it reads lines. */
const PHASE = {
  status: 0,
  headers: 1,
  trailer: 2,
  length: 3,
  untilClose: 4,
  firstSizeDigit: 5,
  size: 6,
  extension: 7,
  sizeLf: 8,
  chunk: 9,
  chunkCr: 10,
  chunkLf: 11,
  complete: 12,
  failed: 13,
} as const;
type Phase = (typeof PHASE)[keyof typeof PHASE];

/** Hears what a parser reads. */
export interface ResponseSink {
  /** `headers` is flat: name in lower case, value, …; the receiver may keep it. Interim responses are not told. */
  onHead(status: number, headers: readonly string[]): void;
  /** The bytes are a part of what was pushed, and never empty. */
  onBody(bytes: Uint8Array): void;
}

/**
 * A push parser of HTTP/1.1 responses over bytes, cut anywhere, one response at a time (RFC 9112). As strict as llhttp by
 * default: no folded lines, no bare CR or LF, no blank before a colon, no second content-length, none beside a
 * transfer-encoding. Trailers are checked and dropped.
 */
export class ResponseParser {
  readonly #sink: ResponseSink;
  readonly #head = new ResponseHead();
  #phase: Phase = PHASE.status;
  #isHead = false;
  /** The line under way, whose beginning came with earlier bytes. Put together only at its end, however many pieces there are. */
  #held = '';
  /** Bytes of the head (or trailer section) so far. */
  #headBytes = 0;
  /** Bytes left of the body or of its chunk. */
  #left = 0;
  #problem = '';
  #hasSurplus = false;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
  }

  /** Begins a new response. `isHead`: to a HEAD request, so that no body follows, whatever the headers say. */
  start(isHead: boolean): void {
    this.#phase = PHASE.status;
    this.#isHead = isHead;
    this.#headBytes = 0;
    this.#hasSurplus = false;
    this.#held = '';
    this.#head.reset();
  }

  /** The response is whole. */
  get isComplete(): boolean {
    return this.#phase === PHASE.complete;
  }

  /** What is wrong, in words; undefined while nothing is. What is pushed after it is ignored. */
  get problem(): string | undefined {
    return this.#phase === PHASE.failed ? this.#problem : undefined;
  }

  /** Whether the connection can take another request after this (complete) response. */
  get isReusable(): boolean {
    return !this.#hasSurplus && !this.#head.closes && !this.#head.announcesForbiddenBody;
  }

  /** Seconds that the peer says it keeps an idle connection; undefined when it does not say. */
  get keepAliveSeconds(): number | undefined {
    return this.#head.keepAliveSeconds;
  }

  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length && this.#phase !== PHASE.failed) {
      if (this.#phase === PHASE.complete) {
        this.#hasSurplus = true;
        return;
      }
      if (this.#phase <= PHASE.trailer) at = this.#pushLine(bytes, at);
      else if (this.#phase === PHASE.length || this.#phase === PHASE.chunk) at = this.#pushCounted(bytes, at);
      else if (this.#phase === PHASE.untilClose) {
        this.#sink.onBody(at === 0 ? bytes : bytes.subarray(at));
        return;
      } else this.#readChunkFrame(bytes[at++]!);
    }
  }

  /** The connection has ended: completes a body that nothing else ends. Returns what is missing, in words. */
  finish(): string | undefined {
    if (this.#phase === PHASE.untilClose) this.#phase = PHASE.complete;
    if (this.#phase === PHASE.complete) return undefined;
    return this.#phase === PHASE.length
      ? 'the connection closed before all bytes of the content-length had come'
      : 'the connection closed inside the response';
  }

  #pushCounted(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    const isAll = end - at === this.#left;
    this.#left -= end - at;
    if (isAll) this.#phase = this.#phase === PHASE.length ? PHASE.complete : PHASE.chunkCr;
    this.#sink.onBody(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
    return end;
  }

  /** Reads the line that begins at `at`, or as much of it as there is; returns where it stopped. */
  #pushLine(bytes: Buffer, at: number): number {
    const known = this.#held === '' ? this.#takeKnown(bytes, at) : 0;
    if (known > 0) return this.#count(known, at + known);
    const lf = bytes.indexOf(LF, at);
    const end = lf === -1 ? bytes.length : lf + 1;
    const before = this.#held.length;
    const line = this.#held + bytes.toString('latin1', at, end);
    this.#held = lf === -1 ? line : '';
    this.#count(end - at, end);
    if (this.#phase === PHASE.failed) return end;
    if (lf !== -1) this.#readLine(line);
    else if (this.#phase === PHASE.status && before < STATUS_START.length && !isStatusStart(line))
      this.#reject('Expected HTTP/');
    return end;
  }

  #takeKnown(bytes: Buffer, at: number): number {
    if (this.#phase === PHASE.headers) return this.#head.takeKnownHeader(bytes, at);
    if (this.#phase === PHASE.trailer) return 0;
    const length = this.#head.takeKnownStatus(bytes, at);
    if (length > 0) this.#phase = PHASE.headers;
    return length;
  }

  /** Counts bytes of the head; returns `next`. */
  #count(bytes: number, next: number): number {
    this.#headBytes += bytes;
    if (this.#headBytes > MAX_HEAD) this.#fail('the response headers are larger than 64 KiB');
    return next;
  }

  /** Reads a line, its line end included. */
  #readLine(line: string): void {
    const isBlank = line === '\r\n';
    if (this.#phase !== PHASE.status) {
      if (isBlank) this.#endHead();
      else this.#expect(this.#head.readHeaderLine(line));
      return;
    }
    // Empty lines in front of a response are passed over (RFC 9112 §2.2), as by llhttp.
    if (isBlank || line === '\n') return;
    this.#phase = PHASE.headers;
    this.#expect(this.#head.readStatusLine(line));
  }

  #expect(problem: string | undefined): void {
    if (problem !== undefined) this.#reject(problem);
  }

  /** The blank line is read. */
  #endHead(): void {
    if (this.#phase === PHASE.trailer) {
      this.#phase = PHASE.complete;
      return;
    }
    const { status, headers } = this.#head;
    if (status === 101) this.#fail('an unexpected interim or upgrade response');
    else if (status < 200) this.start(this.#isHead);
    else {
      this.#startBody();
      this.#sink.onHead(status, headers);
    }
  }

  #startBody(): void {
    switch (this.#head.framing(this.#isHead)) {
      case 'none':
        this.#phase = PHASE.complete;
        break;
      case 'length':
        this.#phase = PHASE.length;
        this.#left = this.#head.contentLength;
        break;
      case 'chunked':
        this.#phase = PHASE.firstSizeDigit;
        break;
      case 'until-close':
        this.#phase = PHASE.untilClose;
        break;
    }
  }

  /** One byte of what stands around the chunks (RFC 9112 §7.1). */
  #readChunkFrame(byte: number): void {
    switch (this.#phase) {
      case PHASE.firstSizeDigit:
        this.#left = 0;
        this.#readSize(byte, true);
        break;
      case PHASE.size:
        this.#readSize(byte, false);
        break;
      case PHASE.extension:
        if (byte === CR) this.#phase = PHASE.sizeLf;
        else if (byte < SPACE || byte === DELETE) this.#reject('Invalid character in chunk extensions');
        break;
      case PHASE.sizeLf:
        if (byte === LF) this.#endSize();
        else this.#reject('Expected LF after chunk size');
        break;
      case PHASE.chunkCr:
        if (byte === CR) this.#phase = PHASE.chunkLf;
        else this.#reject('Expected CR LF after chunk data');
        break;
      default:
        if (byte === LF) this.#phase = PHASE.firstSizeDigit;
        else this.#reject('Expected LF after chunk data');
    }
  }

  #readSize(byte: number, isFirst: boolean): void {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      this.#left = this.#left * 16 + digit;
      this.#phase = PHASE.size;
      if (this.#left >= MAX_SIZE) this.#reject('Chunk size overflow');
    } else if (!isFirst && byte === CR) this.#phase = PHASE.sizeLf;
    else if (!isFirst && byte === SEMICOLON) this.#phase = PHASE.extension;
    else this.#reject('Invalid character in chunk size');
  }

  #endSize(): void {
    if (this.#left > 0) {
      this.#phase = PHASE.chunk;
      return;
    }
    this.#phase = PHASE.trailer;
    this.#headBytes = 0;
    this.#head.startTrailer();
  }

  #reject(reason: string): void {
    this.#fail(`not HTTP/1.1: ${reason}`);
  }

  #fail(problem: string): void {
    this.#phase = PHASE.failed;
    this.#problem = problem;
  }
}

const STATUS_START = 'HTTP/1.';

/** Whether a status line, or an empty line in front of it, may begin like this. */
const isStatusStart = (text: string): boolean =>
  text === '\r' || STATUS_START.startsWith(text.slice(0, STATUS_START.length));

const hexDigit = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};
