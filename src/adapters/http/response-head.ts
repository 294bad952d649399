import { headerName } from './header-names.ts';

/** How the end of a body is found (RFC 9112 §6.3). */
export type Framing = 'none' | 'length' | 'chunked' | 'until-close';

/** A character that no field value may hold, or a CR that ends no line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BAD_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/;

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: |$)/;
const DIGITS = /^\d{1,15}$/;
const KEEP_ALIVE_TIMEOUT = /timeout=\s*(\d+)/i;

/** The head of one response, line by line. Methods return what is wrong, in words; undefined when nothing is. */
export class ResponseHead {
  status = 0;
  /** Flat: name in lower case, value, … */
  headers: string[] = [];
  #minor = 1;
  #contentLength = -1;
  #encoding: string | undefined;
  #connection = '';
  #keepAlive = '';

  reset(): void {
    this.status = 0;
    // Anew, not emptied: the listener keeps it.
    this.headers = [];
    this.#contentLength = -1;
    this.#encoding = undefined;
    this.#connection = '';
    this.#keepAlive = '';
  }

  get contentLength(): number {
    return this.#contentLength;
  }

  /** The peer closes the connection after this response (RFC 9112 §9.3). */
  get closes(): boolean {
    if (this.#connection === '') return this.#minor === 0;
    const said = this.#connection.toLowerCase();
    return said.includes('close') || (this.#minor === 0 && !said.includes('keep-alive'));
  }

  /** Seconds that the peer says it keeps an idle connection; undefined when it does not say. */
  get keepAliveSeconds(): number | undefined {
    const found = this.#keepAlive === '' ? null : KEEP_ALIVE_TIMEOUT.exec(this.#keepAlive);
    return found === null ? undefined : Number(found[1]);
  }

  /** `text` holds the status line from `start` to `end`, its line end not included. */
  readStatusLine(text: string, start: number, end: number): string | undefined {
    const found = STATUS_LINE.exec(text.slice(start, end));
    if (found === null) return whyNotStatus(text.slice(start, end));
    this.#minor = found[1] === '0' ? 0 : 1;
    this.status = Number(found[2]);
    return this.status < 100 ? 'Invalid status code' : undefined;
  }

  /** What follows is the trailer section: checked like headers, and dropped. */
  startTrailer(): void {
    this.headers = [];
    this.#contentLength = -1;
    this.#encoding = undefined;
  }

  /** `text` holds whole lines; the header lies from `start` to `end`, its line end not included. */
  readHeaderLine(text: string, start: number, end: number): string | undefined {
    const colon = text.indexOf(':', start);
    const header = colon === -1 || colon >= end ? undefined : headerName(text.slice(start, colon));
    if (header === undefined) return text.charCodeAt(start) <= 0x20 ? 'Folded header line' : 'Invalid header token';
    let from = colon + 1;
    let to = end;
    while (from < to && isBlank(text.charCodeAt(from))) from += 1;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
    const value = text.slice(from, to);
    this.headers.push(header.name, value);
    switch (header.role) {
      case 'none':
        return undefined;
      case 'content-length':
        return this.#readContentLength(value);
      case 'transfer-encoding':
        this.#encoding = value;
        break;
      case 'connection':
        this.#connection += `,${value}`;
        break;
      case 'keep-alive':
        this.#keepAlive += `,${value}`;
        break;
    }
    return this.#framingProblem();
  }

  framing(isHead: boolean): Framing {
    if (isHead || this.status === 204 || this.status === 304) return 'none';
    if (this.#encoding !== undefined) return isChunked(this.#encoding) ? 'chunked' : 'until-close';
    if (this.#contentLength === -1) return 'until-close';
    return this.#contentLength === 0 ? 'none' : 'length';
  }

  /** A 204 or 304 that announces a body all the same may send it, too, which would look like the next response. */
  get announcesForbiddenBody(): boolean {
    return (this.status === 204 || this.status === 304) && (this.#contentLength > 0 || this.#encoding !== undefined);
  }

  #readContentLength(value: string): string | undefined {
    if (this.#contentLength !== -1) return 'Content-Length already present';
    if (!DIGITS.test(value)) return 'Invalid character in Content-Length';
    this.#contentLength = Number(value);
    return this.#framingProblem();
  }

  /** Both at once are how responses are smuggled (RFC 9112 §6.3, 3). */
  #framingProblem(): string | undefined {
    if (this.#encoding === undefined || this.#contentLength === -1) return undefined;
    return "Transfer-Encoding can't be present with Content-Length";
  }
}

/** What is wrong with the characters of whole header lines; undefined when nothing is. */
export const findBadCharacter = (lines: string): string | undefined =>
  BAD_CHARACTER.test(lines) ? 'Invalid header value char' : undefined;

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/** Only the last coding frames the message (RFC 9112 §6.1). */
const isChunked = (encoding: string): boolean =>
  encoding
    .slice(encoding.lastIndexOf(',') + 1)
    .trim()
    .toLowerCase() === 'chunked';

const whyNotStatus = (line: string): string => {
  if (!line.startsWith('HTTP/')) return 'Expected HTTP/';
  return /^HTTP\/1\.[01]/.test(line) ? 'Invalid status code' : 'Invalid HTTP version';
};
