import type { TransportFailure } from '../../../src/ports/transport.ts';

/** The two transports are told apart only where they are meant to differ, with the reason beside it. */
export type TransportName = 'socket' | 'undici';

/** What becomes of a response: its status and body, and whether its connection is used again; or the kind of failure. */
export type Becomes =
  | { readonly status: number; readonly body: string; readonly again: boolean }
  | TransportFailure['kind'];

export interface AwkwardResponse {
  readonly name: string;
  /** Each character a byte. */
  readonly bytes: string;
  /** The server closes the connection behind it. */
  readonly closes?: true;
  readonly method?: 'HEAD';
  readonly becomes: Becomes;
  /** Where one transport is meant to differ, and why. */
  readonly unless?: { readonly of: TransportName; readonly becomes: Becomes; readonly why: string };
}

const OK = 'HTTP/1.1 200 OK\r\n';
const whole = (body: string, status = 200): Becomes => ({ status, body, again: true });
const last = (body: string, status = 200): Becomes => ({ status, body, again: false });

const chunked = (chunks: string): string => `${OK}transfer-encoding: chunked\r\n\r\n${chunks}`;
const sized = (head: string): string => `${OK}${head}content-length: 2\r\n\r\nok`;

const MISCOUNTED: AwkwardResponse['unless'] = {
  of: 'undici',
  becomes: 'truncated',
  why: 'it compares the length with the bytes that came before it asks its parser what was wrong',
};

/** Responses at the edges of HTTP/1.1, and beyond them. */
export const AWKWARD_RESPONSES: readonly AwkwardResponse[] = [
  // Bodies.
  { name: 'an empty body', bytes: `${OK}content-length: 0\r\n\r\n`, becomes: whole('') },
  { name: 'a length', bytes: sized(''), becomes: whole('ok') },
  {
    name: 'bytes that look like a head',
    bytes: `${OK}content-length: 10\r\n\r\n\r\n\r\nHTTP/1`,
    becomes: whole('\r\n\r\nHTTP/1'),
  },
  { name: 'chunks', bytes: chunked('2\r\nok\r\n3\r\n!!!\r\n0\r\n\r\n'), becomes: whole('ok!!!') },
  { name: 'no chunk', bytes: chunked('0\r\n\r\n'), becomes: whole('') },
  {
    name: 'chunk sizes in both cases, with zeros',
    bytes: chunked(`00A\r\n0123456789\r\n0a\r\n0123456789\r\n000\r\n\r\n`),
    becomes: whole('01234567890123456789'),
  },
  { name: 'chunk extensions', bytes: chunked('2;a=b;c="d e"\r\nok\r\n0;last\r\n\r\n'), becomes: whole('ok') },
  { name: 'trailers', bytes: chunked('2\r\nok\r\n0\r\nx-sum: 1\r\nx-other: 2\r\n\r\n'), becomes: whole('ok') },
  {
    name: 'several codings, chunked last',
    bytes: `${OK}transfer-encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    becomes: whole('ok'),
  },
  {
    name: 'a coding that is not chunked',
    bytes: `${OK}transfer-encoding: gzip\r\n\r\nok`,
    closes: true,
    becomes: last('ok'),
  },
  {
    name: 'a body that the end of the connection ends',
    bytes: `${OK}x: y\r\n\r\nok`,
    closes: true,
    becomes: last('ok'),
  },
  { name: 'HTTP/1.0', bytes: 'HTTP/1.0 200 OK\r\n\r\nok', closes: true, becomes: last('ok') },
  {
    name: 'HTTP/1.0 that stays',
    bytes: 'HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok',
    becomes: whole('ok'),
  },
  { name: 'HTTP/1.0 with a length', bytes: 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok', becomes: last('ok') },
  { name: '204', bytes: 'HTTP/1.1 204 No Content\r\n\r\n', becomes: whole('', 204) },
  {
    name: '204 that announces a body',
    bytes: 'HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n',
    becomes: last('', 204),
  },
  {
    name: '304 with the length of what it stands for',
    bytes: 'HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\n',
    becomes: last('', 304),
  },
  {
    name: 'HEAD',
    bytes: `${OK}connection: keep-alive\r\ncontent-length: 9\r\n\r\n`,
    method: 'HEAD',
    becomes: whole(''),
    unless: {
      of: 'undici',
      becomes: last(''),
      why: 'it closes after every HEAD, in case a body follows; here a body that follows is noticed',
    },
  },
  {
    name: 'HEAD of chunks',
    bytes: chunked(''),
    method: 'HEAD',
    becomes: whole(''),
    unless: { of: 'undici', becomes: last(''), why: 'as above' },
  },
  // Interim responses.
  { name: '103', bytes: `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${sized('')}`, becomes: whole('ok') },
  {
    name: 'many interim responses',
    bytes: `${'HTTP/1.1 102 Processing\r\n\r\n'.repeat(200)}${sized('')}`,
    becomes: whole('ok'),
  },
  {
    name: '100 that nobody asked for',
    bytes: `HTTP/1.1 100 Continue\r\n\r\n${sized('')}`,
    becomes: whole('ok'),
    unless: {
      of: 'undici',
      becomes: 'protocol',
      why: 'RFC 9110 §15.2: a client must be able to take one it did not expect',
    },
  },
  // The connection's own headers.
  { name: 'connection: close', bytes: sized('connection: close\r\n'), becomes: last('ok') },
  { name: 'connection: Close among others', bytes: sized('Connection: x, Close\r\n'), becomes: last('ok') },
  { name: 'keep-alive for long', bytes: sized('keep-alive: timeout=60\r\n'), becomes: whole('ok') },
  { name: 'keep-alive for too short', bytes: sized('keep-alive: timeout=1, max=5\r\n'), becomes: last('ok') },
  // Heads.
  { name: 'no reason phrase', bytes: 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok', becomes: whole('ok') },
  {
    name: 'a long reason phrase',
    bytes: `HTTP/1.1 200 ${'x'.repeat(5_000)}\r\ncontent-length: 2\r\n\r\nok`,
    becomes: whole('ok'),
  },
  { name: 'blanks around a value', bytes: sized('x: \t y z \t \r\n'), becomes: whole('ok') },
  { name: 'an empty value', bytes: sized('x:\r\n'), becomes: whole('ok') },
  { name: 'a value beyond ASCII', bytes: sized('x: gr\xfc\xdfe\r\n'), becomes: whole('ok') },
  { name: 'a head of many lines', bytes: sized('x-some-name: some value\r\n'.repeat(300)), becomes: whole('ok') },
  { name: 'a head of 15 KiB in one line', bytes: sized(`x: ${'y'.repeat(15_000)}\r\n`), becomes: whole('ok') },
  {
    name: 'a head of 40 KiB',
    bytes: sized(`x: ${'y'.repeat(40_000)}\r\n`),
    becomes: whole('ok'),
    unless: { of: 'undici', becomes: 'protocol', why: 'its limit is 16 KiB; some gateways put reports into headers' },
  },
  { name: 'a head of 70 KiB in one line', bytes: sized(`x: ${'y'.repeat(70_000)}\r\n`), becomes: 'protocol' },
  {
    name: 'a head of 70 KiB in many lines',
    bytes: sized('x-some-name: some value\r\n'.repeat(2_900)),
    becomes: 'protocol',
  },
  { name: 'empty lines in front', bytes: `\r\n\r\n${sized('')}`, becomes: whole('ok') },
  // What is wrong.
  { name: 'garbage', bytes: 'SSH-2.0-OpenSSH_9.9\r\n', becomes: 'protocol' },
  { name: 'garbage without a line end', bytes: '\x00\x01\x02', becomes: 'protocol' },
  { name: 'much garbage without a line end', bytes: 'x'.repeat(400), becomes: 'protocol' },
  { name: 'TLS', bytes: '\x15\x03\x01\x00\x02\x02\x46', becomes: 'protocol' },
  { name: 'HTTP/2', bytes: '\x00\x00\x12\x04\x00\x00\x00\x00\x00', becomes: 'protocol' },
  { name: 'HTTP/1.2', bytes: 'HTTP/1.2 200 OK\r\ncontent-length: 0\r\n\r\n', becomes: 'protocol' },
  { name: 'a lower-case protocol', bytes: 'http/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', becomes: 'protocol' },
  { name: 'a status of two digits', bytes: 'HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n', becomes: 'protocol' },
  { name: 'a status of four digits', bytes: 'HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n', becomes: 'protocol' },
  { name: 'a status line that ends in LF', bytes: 'HTTP/1.1 200 OK\ncontent-length: 0\r\n\r\n', becomes: 'protocol' },
  { name: 'a header that ends in LF', bytes: `${OK}x: y\ncontent-length: 0\r\n\r\n`, becomes: 'protocol' },
  { name: 'a CR inside a value', bytes: sized('x: a\rb\r\n'), becomes: 'protocol' },
  { name: 'a NUL in a value', bytes: sized('x: a\0b\r\n'), becomes: 'protocol' },
  { name: 'a folded header', bytes: sized('x: a\r\n b\r\n'), becomes: 'protocol' },
  { name: 'a blank before the first header', bytes: `${OK} x: a\r\ncontent-length: 0\r\n\r\n`, becomes: 'protocol' },
  { name: 'a blank before the colon', bytes: sized('x : a\r\n'), becomes: 'protocol' },
  { name: 'a header without a colon', bytes: sized('xyz\r\n'), becomes: 'protocol' },
  { name: 'a header without a name', bytes: sized(': a\r\n'), becomes: 'protocol' },
  { name: 'a name beyond ASCII', bytes: sized('gr\xfc\xdfe: a\r\n'), becomes: 'protocol' },
  { name: 'two lengths', bytes: sized('content-length: 3\r\n'), becomes: 'protocol', unless: MISCOUNTED },
  { name: 'the same length twice', bytes: sized('content-length: 2\r\n'), becomes: 'protocol', unless: MISCOUNTED },
  { name: 'a list of lengths', bytes: `${OK}content-length: 2, 2\r\n\r\nok`, becomes: 'protocol', unless: MISCOUNTED },
  { name: 'a negative length', bytes: `${OK}content-length: -2\r\n\r\nok`, becomes: 'protocol' },
  { name: 'a length with a plus', bytes: `${OK}content-length: +2\r\n\r\nok`, becomes: 'protocol' },
  {
    name: 'a length beyond all measure',
    bytes: `${OK}content-length: 99999999999999999999999\r\n\r\nok`,
    becomes: 'protocol',
    unless: MISCOUNTED,
  },
  {
    name: 'a length and chunks',
    bytes: `${OK}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    becomes: 'protocol',
    unless: MISCOUNTED,
  },
  {
    name: 'chunks and a length',
    bytes: `${OK}transfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    becomes: 'protocol',
  },
  { name: 'a chunk size that is none', bytes: chunked('zz\r\nok\r\n0\r\n\r\n'), becomes: 'protocol' },
  { name: 'a negative chunk size', bytes: chunked('-2\r\nok\r\n0\r\n\r\n'), becomes: 'protocol' },
  { name: 'a chunk size with 0x', bytes: chunked('0x2\r\nok\r\n0\r\n\r\n'), becomes: 'protocol' },
  { name: 'a chunk size that ends in LF', bytes: chunked('2\nok\r\n0\r\n\r\n'), becomes: 'protocol' },
  { name: 'a chunk size beyond all measure', bytes: chunked(`${'f'.repeat(20)}\r\nok`), becomes: 'protocol' },
  { name: 'a chunk longer than its size', bytes: chunked('2\r\nokay\r\n0\r\n\r\n'), becomes: 'protocol' },
  { name: 'a NUL in a chunk extension', bytes: chunked('2;a\0\r\nok\r\n0\r\n\r\n'), becomes: 'protocol' },
  { name: 'a bad trailer', bytes: chunked('2\r\nok\r\n0\r\nx y: 1\r\n\r\n'), becomes: 'protocol' },
  {
    name: 'an upgrade',
    bytes: 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    becomes: 'protocol',
  },
  // What is missing.
  { name: 'half a status line', bytes: 'HTTP/1.1 20', closes: true, becomes: 'truncated' },
  { name: 'half a head', bytes: `${OK}content-le`, closes: true, becomes: 'truncated' },
  { name: 'half a body', bytes: `${OK}content-length: 10\r\n\r\nfive.`, closes: true, becomes: 'truncated' },
  {
    name: 'half a body, announced',
    bytes: `${OK}connection: close\r\ncontent-length: 10\r\n\r\nfive.`,
    closes: true,
    becomes: 'truncated',
  },
  { name: 'half a chunk', bytes: chunked('8\r\nfive.'), closes: true, becomes: 'truncated' },
  { name: 'chunks without the last', bytes: chunked('2\r\nok\r\n'), closes: true, becomes: 'truncated' },
  {
    name: 'chunks without the last, announced',
    bytes: `${OK}connection: close\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n`,
    closes: true,
    becomes: 'truncated',
  },
  { name: 'chunks without the last line end', bytes: chunked('2\r\nok\r\n0\r\n'), closes: true, becomes: 'truncated' },
  {
    name: 'an interim response and no more',
    bytes: 'HTTP/1.1 103 Early Hints\r\n\r\n',
    closes: true,
    becomes: 'truncated',
  },
];
