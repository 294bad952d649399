import { Buffer } from 'node:buffer';
import type { OutgoingRequest } from '../../ports/transport.ts';

/** A request as it goes to the socket, in one piece. */
export interface RequestText {
  readonly bytes: string | Buffer;
  /** Of `bytes`, where it is a string. */
  readonly encoding: 'latin1' | 'utf8';
}

/** A request that HTTP/1.1 has no form for. The message is a clause. */
export class InvalidRequest extends Error {}

/** Heads kept at most. A scenario's steady headers come within its first requests; those rendered anew fill up the rest. */
const MAX_KEPT = 256;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const PATH = /^\/[\x21-\xff]*$/;
const ASCII = /^[\0-\x7f]*$/;

/** Headers that are not the caller's: they frame the message, or speak for the connection. */
const OWN = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
]);

/** Methods that say how long their body is even where there is none (RFC 9110 §8.6). */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/** What is the same for all requests with the same headers. */
interface Head {
  readonly method: string;
  readonly path: string;
  /** Up to the content-length, which alone differs. */
  readonly text: string;
  readonly isAscii: boolean;
}

/**
 * Writes requests to one host. Head and body become one piece: one system call, one segment. The head is kept by the
 * identity of the headers' array, which is the same for all requests of a tenant unless they hold templates.
 */
export class RequestWriter {
  readonly #host: string;
  readonly #heads = new Map<readonly string[], Head>();

  /** `host`: as in the host header. */
  constructor(host: string) {
    this.#host = host;
  }

  /** Throws `InvalidRequest`. */
  write({ method, path, headers, body }: OutgoingRequest): RequestText {
    const known = this.#heads.get(headers);
    const head = known?.path === path && known.method === method ? known : this.#head(method, path, headers);
    if (body === undefined)
      return { bytes: `${head.text}${WITH_BODY.has(method) ? 'content-length: 0\r\n' : ''}\r\n`, encoding: 'latin1' };
    const length = Buffer.byteLength(body);
    const text = `${head.text}content-length: ${length}\r\n\r\n`;
    // ASCII throughout goes as latin1, which is copied and not transcoded.
    if (length === body.length) return { bytes: text + body, encoding: 'latin1' };
    if (head.isAscii) return { bytes: text + body, encoding: 'utf8' };
    return { bytes: Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from(body)]), encoding: 'utf8' };
  }

  #head(method: string, path: string, headers: readonly string[]): Head {
    if (!TOKEN.test(method)) throw new InvalidRequest('invalid request method');
    if (!PATH.test(path)) throw new InvalidRequest('invalid request path');
    let text = `${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\nconnection: keep-alive\r\n`;
    for (let index = 0; index + 1 < headers.length; index += 2) {
      const [name, value] = [headers[index]!, headers[index + 1]!];
      if (!TOKEN.test(name) || OWN.has(name.toLowerCase()))
        throw new InvalidRequest(`invalid header name ${JSON.stringify(name)}`);
      if (!VALUE.test(value)) throw new InvalidRequest(`invalid ${name} header`);
      text += `${name}: ${value}\r\n`;
    }
    const head = { method, path, text, isAscii: ASCII.test(text) };
    if (this.#heads.size < MAX_KEPT) this.#heads.set(headers, head);
    return head;
  }
}
