import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResponseParser } from '../../../src/adapters/http/response-parser.ts';
import { AWKWARD_RESPONSES, type AwkwardResponse } from './awkward-responses.ts';

/** Everything that the parser tells of a response that comes in these pieces. */
const parse = (pieces: readonly Buffer[], { method, closes }: Partial<AwkwardResponse> = {}) => {
  const heard = { heads: [] as unknown[], body: '' };
  const parser = new ResponseParser({
    onHead: (status, headers) => heard.heads.push([status, ...headers]),
    onBody: (bytes) => {
      expect(bytes.length).toBeGreaterThan(0);
      heard.body += Buffer.from(bytes).toString('latin1');
    },
  });
  parser.start(method === 'HEAD');
  // A copy that is spoilt behind each push: nothing of it may be kept.
  for (const piece of pieces) {
    const copy = Buffer.from(piece);
    parser.push(copy);
    copy.fill('?');
  }
  const missing = closes === true && parser.problem === undefined ? parser.finish() : undefined;
  const { isComplete, problem } = parser;
  return { ...heard, problem, missing, isComplete, isReusable: isComplete && parser.isReusable };
};

const bytesOf = ({ bytes }: AwkwardResponse): Buffer => Buffer.from(bytes, 'latin1');

describe.each(AWKWARD_RESPONSES)('$name', (row) => {
  const bytes = bytesOf(row);
  const whole = parse([bytes], row);

  it('is read as the table says', () => {
    const { becomes } = row;
    if (becomes === 'protocol')
      expect(whole.problem).toMatch(/^(not HTTP\/1\.1: .|the response headers|an unexpected)/);
    else if (becomes === 'truncated') expect(whole).toMatchObject({ problem: undefined, isComplete: false });
    else expect(whole).toMatchObject({ isComplete: true, body: typeof becomes === 'string' ? '' : becomes.body });
  });

  it('is read the same when cut anywhere', () => {
    const step = Math.max(1, Math.floor(bytes.length / 400));
    for (let cut = 1; cut < bytes.length; cut += step)
      expect(parse([bytes.subarray(0, cut), bytes.subarray(cut)], row)).toEqual(whole);
  });

  it('is read the same byte by byte', () => {
    expect(
      parse(
        Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)),
        row,
      ),
    ).toEqual(whole);
  });
});

describe('a parser', () => {
  const text = (value: string): Buffer => Buffer.from(value, 'latin1');

  it('gives names in lower case and values without the blanks around them, in order', () => {
    const { heads } = parse([
      text('HTTP/1.1 201 Created\r\nX-One:  a b \r\nSet-Cookie: 1\r\nset-cookie: 2\r\ncontent-length: 0\r\n\r\n'),
    ]);
    expect(heads).toEqual([[201, 'x-one', 'a b', 'set-cookie', '1', 'set-cookie', '2', 'content-length', '0']]);
  });

  it('reads one response after the other, each by itself', () => {
    const heads: unknown[] = [];
    const parser = new ResponseParser({
      onHead: (status, headers) => heads.push([status, ...headers]),
      onBody: () => {},
    });
    const responses: readonly (readonly [lines: readonly string[], isReusable: boolean])[] = [
      [['200 OK', 'a: 1', 'b: 2', 'content-length: 0'], true],
      [['200 OK', 'a: 1', 'b: 3', 'content-length: 0', 'connection: close'], false],
      [['404 Not Found', 'b: 2', 'a: 1', 'content-length: 0'], true],
      [['200 OK', 'a: 12', 'content-length: 0'], true],
      [['200 OK', 'a: 1', 'b: 3', 'content-length: 0', 'connection: close'], false],
      [['200 OK', 'content-length: 0'], true],
    ];
    for (const [[first, ...lines], isReusable] of responses) {
      parser.start(false);
      parser.push(text([`HTTP/1.1 ${first}`, ...lines, '', ''].join('\r\n')));
      expect([parser.isComplete, parser.isReusable]).toEqual([true, isReusable]);
      const status = Number(first!.slice(0, 3));
      expect(heads.at(-1)).toEqual([status, ...lines.flatMap((line) => line.split(': '))]);
    }
  });

  it('does not take a length twice from lines that it has seen', () => {
    const parser = new ResponseParser({ onHead: () => {}, onBody: () => {} });
    const head = text('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    for (let i = 0; i < 3; i++) {
      parser.start(false);
      parser.push(head);
      expect(parser.isComplete).toBe(true);
    }
    parser.start(false);
    parser.push(text('HTTP/1.1 200 OK\r\ncontent-length: 0\r\ncontent-length: 0\r\n\r\n'));
    expect(parser.problem).toMatch(/already present/);
  });

  it('says how long the peer keeps an idle connection', () => {
    const parser = new ResponseParser({ onHead: () => {}, onBody: () => {} });
    for (const [line, seconds] of [
      ['x: y', undefined],
      ['Keep-Alive: timeout=5, max=9', 5],
      ['keep-alive: max=9', undefined],
    ] as const) {
      parser.start(false);
      parser.push(text(`HTTP/1.1 200 OK\r\n${line}\r\ncontent-length: 0\r\n\r\n`));
      expect(parser.keepAliveSeconds).toBe(seconds);
    }
  });

  it('reads chunks of any lengths, cut anywhere', () => {
    const chunk = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 8 }), fc.array(fc.nat(60), { maxLength: 20 }), (chunks, cuts) => {
        const body = [...chunks, ''].map((each) => `${each.length.toString(16)}\r\n${each}\r\n`).join('');
        const bytes = text(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${body}`);
        const pieces: Buffer[] = [];
        let at = 0;
        for (const length of [...cuts, bytes.length]) {
          pieces.push(bytes.subarray(at, at + length));
          at += length;
        }
        expect(parse(pieces)).toMatchObject({ isComplete: true, isReusable: true, body: chunks.join('') });
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
