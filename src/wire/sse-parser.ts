import { Buffer } from 'node:buffer';

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;

/** A push parser of server-sent events over bytes. An event that the end of the stream cuts off is discarded, as the spec says. */
export interface SseParser {
  /** Takes the next bytes of the stream, cut anywhere; they need be valid only during the call. */
  push(bytes: Uint8Array): void;
  /** Bytes (and UTF-16 units of data) held back until their event is complete: the caller's measure against a flood. */
  readonly held: number;
}

/** Called for each event with data. `event` is the empty string when the stream named no type. */
export type OnSseEvent = (event: string, data: string) => void;

/**
 * Parses the stream format of WHATWG HTML §9.2.6: lines ending in LF, CR or CRLF, a byte order mark before the first,
 * `data` lines joined by LF, comments and unknown fields skipped; `id` and `retry` are of no use here and skipped too.
 * Lines are cut as bytes and decoded whole, so a character that two chunks share needs no decoder with state: CR and LF
 * are never part of one in UTF-8.
 */
export const createSseParser = (onEvent: OnSseEvent): SseParser => new ByteLineParser(onEvent);

class ByteLineParser implements SseParser {
  readonly #onEvent: OnSseEvent;
  /** The line under way, in pieces that earlier chunks ended with. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  /** A CR ended the last chunk: an LF that comes first in the next one is of the same line end. */
  #afterCr = false;
  #atStart = true;
  #event = '';
  /** Undefined = no data line yet, which is not the same as an empty one. */
  #data: string | undefined;

  constructor(onEvent: OnSseEvent) {
    this.#onEvent = onEvent;
  }

  get held(): number {
    return this.#pieceBytes + (this.#data?.length ?? 0);
  }

  push(bytes: Uint8Array): void {
    const chunk = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let start = 0;
    if (this.#afterCr && chunk.length > 0) {
      this.#afterCr = false;
      if (chunk[0] === LF) start = 1;
    }
    // Looked for once a chunk, not once a line: streams without CR (nearly all) pay for a single scan.
    let cr = chunk.indexOf(CR, start);
    while (start < chunk.length) {
      const lf = chunk.indexOf(LF, start);
      const atCr = cr !== -1 && (lf === -1 || cr < lf);
      const end = atCr ? cr : lf;
      if (end === -1) break;
      this.#endLine(chunk, start, end);
      start = end + 1;
      if (!atCr) continue;
      if (start === chunk.length) this.#afterCr = true;
      else if (chunk[start] === LF) start += 1;
      cr = chunk.indexOf(CR, start);
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  #hold(piece: Buffer): void {
    this.#pieces.push(Buffer.from(piece));
    this.#pieceBytes += piece.length;
  }

  #endLine(chunk: Buffer, start: number, end: number): void {
    if (this.#pieces.length === 0) {
      this.#line(chunk, start, end);
      return;
    }
    this.#pieces.push(chunk.subarray(start, end));
    const line = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#line(line, 0, line.length);
  }

  #line(bytes: Buffer, from: number, end: number): void {
    let start = from;
    if (this.#atStart) {
      this.#atStart = false;
      if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf && end - start >= 3)
        start += 3;
    }
    if (start === end) this.#dispatch();
    else if (isField(bytes, start, end, DATA)) this.#addData(fieldValue(bytes, start + DATA.length, end));
    else if (isField(bytes, start, end, EVENT)) this.#event = fieldValue(bytes, start + EVENT.length, end);
  }

  #addData(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }

  #dispatch(): void {
    const data = this.#data;
    const event = this.#event;
    this.#data = undefined;
    this.#event = '';
    if (data !== undefined) this.#onEvent(event, data);
  }
}

const DATA = Buffer.from('data');
const EVENT = Buffer.from('event');

/** Whether the line is the named field: the name alone, or the name and a colon. */
const isField = (bytes: Buffer, start: number, end: number, name: Buffer): boolean => {
  const after = start + name.length;
  if (after > end || (after < end && bytes[after] !== COLON)) return false;
  for (let index = 0; index < name.length; index += 1) if (bytes[start + index] !== name[index]) return false;
  return true;
};

/** What follows the colon, without the one space that may stand behind it; empty for a name alone. */
const fieldValue = (bytes: Buffer, colon: number, end: number): string => {
  const start = colon + (bytes[colon + 1] === SPACE && colon + 1 < end ? 2 : 1);
  return start >= end ? '' : bytes.toString('utf8', start, end);
};
