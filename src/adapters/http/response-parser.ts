import type { Buffer } from 'node:buffer';
import { findBadCharacter, ResponseHead } from './response-head.ts';

/** The longest head of a response, and the longest trailer section, in bytes: four times what undici takes by default. */
const MAX_HEAD = 64 * 1024;

/** As much as is decoded at once in search of line ends, in bytes: more than most heads, and little of a large body. */
const WINDOW = 2_048;

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
 *
 * Lines are looked for in a string: decoding up to 2 KiB in one native call and using the engine's own search costs less
 * than a walk over the bytes in JavaScript. Chunk sizes are read byte by byte, as they stand between large pieces.
 */
export class ResponseParser {
  readonly #sink: ResponseSink;
  readonly #head = new ResponseHead();
  #phase: Phase = PHASE.status;
  #isHead = false;
  /** The line under way, whose beginning came with earlier bytes. */
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
      if (this.#phase <= PHASE.trailer) at = this.#pushLines(bytes, at);
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

  /** Reads the lines in the next window of bytes; returns where it stopped. */
  #pushLines(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + WINDOW);
    const decoded = bytes.toString('latin1', at, end);
    const held = this.#held.length;
    // What has no line end is only put behind: neither searched nor flattened again, however many pieces a line comes in.
    if (held > 0 && !decoded.includes('\n')) return this.#hold(this.#held + decoded, end);
    const text = held === 0 ? decoded : this.#held + decoded;
    const read = this.#readLines(text);
    this.#headBytes += read;
    if (this.#phase > PHASE.trailer) {
      this.#held = '';
      return at + read - held;
    }
    return this.#hold(text.slice(read), end);
  }

  #hold(text: string, at: number): number {
    this.#held = text;
    if (this.#phase === PHASE.status && !isStatusStart(text)) this.#reject('Expected HTTP/');
    else if (this.#headBytes + text.length > MAX_HEAD) this.#fail('the response headers are larger than 64 KiB');
    return at;
  }

  /** Reads the whole lines of a text, up to the end of the head or trailer section; returns where it stopped. */
  #readLines(text: string): number {
    const isFirst = this.#phase === PHASE.status;
    const first = isFirst ? this.#readStatusLine(text) : 0;
    return isFirst && this.#phase === PHASE.status ? first : this.#readFields(text, first);
  }

  /** Reads whole header or trailer lines from `first` on. */
  #readFields(text: string, first: number): number {
    let start = first;
    while (this.#phase !== PHASE.failed) {
      const lf = text.indexOf('\n', start);
      if (lf === -1) break;
      if (text.charCodeAt(lf - 1) !== CR) {
        this.#reject('Missing expected CR after header value');
        return start;
      }
      const isBlank = lf - 1 === start;
      const problem = isBlank
        ? findBadCharacter(text.slice(first, start))
        : this.#head.readHeaderLine(text, start, lf - 1);
      start = lf + 1;
      if (problem !== undefined) this.#reject(problem);
      else if (isBlank) return this.#endHead(text, start);
    }
    const problem = findBadCharacter(text.slice(first, start));
    if (problem !== undefined) this.#reject(problem);
    return start;
  }

  #readStatusLine(text: string): number {
    const start = skipLineEnds(text);
    const lf = text.indexOf('\n', start);
    if (lf === -1) return start;
    const isWhole = text.charCodeAt(lf - 1) === CR;
    const problem = isWhole
      ? this.#head.readStatusLine(text, start, lf - 1)
      : isStatusStart(text.slice(start))
        ? 'Missing expected CR after response line'
        : 'Expected HTTP/';
    if (problem === undefined) this.#phase = PHASE.headers;
    else this.#reject(problem);
    return lf + 1;
  }

  /** The blank line is read. Returns where reading stopped: behind it, or behind the lines of what follows an interim response. */
  #endHead(text: string, at: number): number {
    if (this.#phase === PHASE.trailer) {
      this.#phase = PHASE.complete;
      return at;
    }
    const { status, headers } = this.#head;
    if (status === 101) this.#fail('an unexpected interim or upgrade response');
    else if (status < 200) {
      this.start(this.#isHead);
      return at + this.#readLines(text.slice(at));
    } else {
      this.#startBody();
      this.#sink.onHead(status, headers);
    }
    return at;
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

/** Whether a status line may begin, or go on, like this. */
const isStatusStart = (text: string): boolean => {
  const from = skipLineEnds(text);
  return STATUS_START.startsWith(text.slice(from, from + STATUS_START.length));
};

/** Empty lines in front of a response are passed over (RFC 9112 §2.2), as by llhttp. */
const skipLineEnds = (text: string): number => {
  let at = 0;
  while (text.charCodeAt(at) === CR || text.charCodeAt(at) === LF) at += 1;
  return at;
};

const hexDigit = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};
