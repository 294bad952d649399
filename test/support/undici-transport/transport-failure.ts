import { errors } from 'undici';
import { codeOf, lineOf } from '../../../src/adapters/http/system-error.ts';
import type { TransportFailure } from '../../../src/ports/transport.ts';

/** How far an exchange had come when it failed. */
export interface Progressed {
  /** The request was written, at least in part. */
  readonly written: boolean;
  /** A byte of the response came. */
  readonly answered: boolean;
}

/** Codes that say by themselves what happened, wherever the exchange stood. */
const BY_CODE: Readonly<Record<string, { readonly kind: TransportFailure['kind']; readonly detail: string }>> = {
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    kind: 'truncated',
    detail: 'the connection closed before all bytes of the content-length had come',
  },
  UND_ERR_HEADERS_OVERFLOW: { kind: 'protocol', detail: 'the response headers are larger than 16 KiB' },
};

/** Names the failure of one exchange. `connect` is only what failed before any byte of the response. */
export const toTransportFailure = (error: Error, progressed: Progressed): TransportFailure => {
  const code = codeOf(error);
  const known = code === undefined ? undefined : BY_CODE[code];
  if (known !== undefined) return known;
  if (error instanceof errors.HTTPParserError) return parserFailure(error);
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED')
    return { kind: 'protocol', detail: `the request cannot be sent: ${lineOf(error)}` };
  // undici answers an unexpected 1xx or a response that nobody asked for with this; the peer broke the protocol.
  if (code === 'UND_ERR_SOCKET' && /^bad (response|upgrade)/.test(error.message))
    return { kind: 'protocol', detail: 'an unexpected interim or upgrade response' };
  if (progressed.answered) return { kind: 'truncated', detail: `the response broke off: ${closing(error, code)}` };
  if (progressed.written) return { kind: 'connect', detail: `closed before a byte came back: ${closing(error, code)}` };
  return { kind: 'connect', detail: `no connection: ${lineOf(error)}` };
};

/** undici's parser names the reason in its message only. */
const parserFailure = (error: Error): TransportFailure =>
  error.message.includes('Invalid EOF state')
    ? { kind: 'truncated', detail: 'the connection closed inside the response' }
    : { kind: 'protocol', detail: `not HTTP/1.1: ${lineOf(error)}` };

const closing = (error: Error, code: string | undefined): string => {
  if (code === 'UND_ERR_SOCKET') return 'the other side closed the connection';
  if (code === 'ECONNRESET') return 'the other side reset the connection';
  return lineOf(error);
};
