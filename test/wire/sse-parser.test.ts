import { Buffer } from 'node:buffer';
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseParser } from '../../src/wire/sse-parser.ts';

type Event = readonly [event: string, data: string];

const parse = (pieces: readonly Uint8Array[]): Event[] => {
  const events: Event[] = [];
  const parser = createSseParser((event, data) => events.push([event, data]));
  for (const piece of pieces) {
    // The parser may keep nothing of what it was handed: the bytes are overwritten as soon as it returns.
    const lent = Uint8Array.from(piece);
    parser.push(lent);
    lent.fill(0x2a);
  }
  return events;
};

const parseText = (text: string): Event[] => parse([Buffer.from(text)]);

/** What the reference makes of the whole text in one piece. */
const reference = (bytes: Uint8Array): Event[] => {
  const events: Event[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => events.push([event ?? '', data]) });
  parser.feed(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  return events;
};

const cutAt = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const edges = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
};

/** Ends in a line of its own: whether a last CR is the end of a line can only be known when the next byte is there. */
const END = '\n:end\n';

const fragments = fc.constantFrom(
  ...['data: ', 'data:', 'data', 'event: ', 'event:', 'event', 'id: 7', 'retry: 10', ':', 'database: x', 'dat'],
  ...['\n', '\r', '\r\n', '\n\n', '\r\n\r\n', '\r\r', ' ', '  ', '{"a":1}', 'x', 'é', '😀', '\uFEFF', '\u2028', '\0'],
);
const streams = fc.array(fragments, { maxLength: 24 }).map((parts) => Buffer.from(parts.join('') + END));

describe('createSseParser', () => {
  it.each<readonly [name: string, text: string, events: readonly Event[]]>([
    ['one event', 'data: hello\n\n', [['', 'hello']]],
    ['a named event', 'event: ping\ndata: {}\n\n', [['ping', '{}']]],
    ['the name after the data', 'data: {}\nevent: ping\n\n', [['ping', '{}']]],
    ['several lines of data', 'data: a\ndata: b\ndata\n\n', [['', 'a\nb\n']]],
    ['no space behind the colon', 'data:hello\n\n', [['', 'hello']]],
    ['only one space is taken off', 'data:  hello\n\n', [['', ' hello']]],
    [
      'data that is empty',
      'data:\n\ndata\n\n',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['an event without data is none', 'event: ping\n\ndata: x\n\n', [['', 'x']]],
    ['comments and other fields', ': hi\nid: 1\nretry: 5\ndatabase: y\n data: z\ndata: x\n\n', [['', 'x']]],
    ['CRLF', 'event: a\r\ndata: x\r\n\r\n', [['a', 'x']]],
    ['CR alone', 'event: a\rdata: x\r\r:', [['a', 'x']]],
    ['mixed line ends', 'data: x\r\ndata: y\rdata: z\n\r\n', [['', 'x\ny\nz']]],
    ['a byte order mark', '\uFEFFdata: x\n\n', [['', 'x']]],
    ['a byte order mark elsewhere is text', 'data: \uFEFFx\n\n', [['', '\uFEFFx']]],
    ['an event cut off by the end', 'data: x\n\ndata: y\n', [['', 'x']]],
    ['line separators of Unicode end no line', 'data: a\u2028b\u0085c\n\n', [['', 'a\u2028b\u0085c']]],
    ['nothing', '', []],
  ])('reads %s', (_name, text, events) => {
    expect(parseText(text)).toEqual(events);
  });

  it.each<readonly [text: string, underway: string | undefined]>([
    ['data: x\n\n', undefined],
    ['data: x\n\ndata: y', 'y'],
    ['data: x\n\ndata: y\n', 'y'],
    ['data: a\ndata: b', 'a\nb'],
    ['data: a\nevent: b', 'a'],
    ['data', ''],
    ['dat', undefined],
  ])('of %j the end cuts off %j', (text, underway) => {
    const parser = createSseParser(() => {});
    for (const byte of Buffer.from(text)) parser.push(Uint8Array.of(byte));
    expect(parser.underway).toBe(underway);
  });

  it('dispatches as soon as the blank line is there, also when CR might be half of a CRLF', () => {
    expect(parse([Buffer.from('data: x\r\n\r')])).toEqual([['', 'x']]);
    expect(parse([Buffer.from('data: x\r\n\r'), Buffer.from('\ndata: y\n\n')])).toEqual([
      ['', 'x'],
      ['', 'y'],
    ]);
  });

  it.each<readonly [name: string, pieces: readonly string[], events: readonly Event[]]>([
    ['nothing between CR and LF', ['data: x\r', '', '\ndata: y\n\n'], [['', 'x\ny']]],
    ['a byte order mark at the head of a later piece', ['data: x\n\n', '\uFEFFdata: y\n\n'], [['', 'x']]],
    ['a byte order mark in two pieces, and nothing before it', ['', '\uFEFF', 'data: y\n\n'], [['', 'y']]],
  ])('reads pieces: %s', (_name, pieces, events) => {
    expect(parse(pieces.map((piece) => Buffer.from(piece)))).toEqual(events);
  });

  it('makes the same events as eventsource-parser at every byte split', () => {
    fc.assert(
      fc.property(streams, (bytes) => {
        const expected = reference(bytes);
        expect(parse([bytes])).toEqual(expected);
        expect(parse(cutAt(bytes, [...bytes.keys()]))).toEqual(expected);
        for (let cut = 1; cut < bytes.length; cut += 1) expect(parse(cutAt(bytes, [cut]))).toEqual(expected);
      }),
      { numRuns: 300, seed: 20261 },
    );
  });

  it('makes the same events of bytes that are not UTF-8, in pieces of any length, empty ones among them', () => {
    const noise = fc
      .array(
        fc.oneof(
          fragments.map((text) => Buffer.from(text)),
          fc.uint8Array({ maxLength: 4 }),
        ),
        { maxLength: 20 },
      )
      .map((parts) => Buffer.concat([...parts, Buffer.from(END)]));
    fc.assert(
      fc.property(noise, fc.array(fc.nat(80), { maxLength: 8 }), (bytes, cuts) => {
        const pieces = cutAt(
          bytes,
          cuts.map((cut) => Math.min(cut, bytes.length)),
        );
        expect(parse(pieces)).toEqual(reference(bytes));
      }),
      { numRuns: 500, seed: 20262 },
    );
  });

  it('tells how much it holds back', () => {
    const parser = createSseParser(() => {});
    parser.push(Buffer.from('data: 1234\ndata: 56'));
    expect(parser.held).toBe(4 + 8);
    parser.push(Buffer.from('\n\n'));
    expect(parser.held).toBe(0);
  });

  it('takes bytes that are not a Buffer, and a view into a larger one', () => {
    const text = new TextEncoder().encode('xxdata: é\n\nyy');
    expect(parse([text.subarray(2, text.length - 2)])).toEqual([['', 'é']]);
  });
});
