import { describe, expect, it } from 'vitest';
import { InvalidRequest, RequestWriter } from '../../../src/adapters/http/request-text.ts';
import type { OutgoingRequest } from '../../../src/ports/transport.ts';

const write = (request: Partial<OutgoingRequest>, writer = new RequestWriter('gateway:8080')): string => {
  const { bytes, encoding } = writer.write({ method: 'POST', path: '/v1', headers: [], body: undefined, ...request });
  return (typeof bytes === 'string' ? Buffer.from(bytes, encoding) : bytes).toString('latin1');
};

const START = 'POST /v1 HTTP/1.1\r\nhost: gateway:8080\r\nconnection: keep-alive\r\n';
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

describe('a request', () => {
  it.each<[string, Partial<OutgoingRequest>, string]>([
    ['without a body', { method: 'GET' }, `${START.replace('POST', 'GET')}\r\n`],
    ['without the body that its method suggests', {}, `${START}content-length: 0\r\n\r\n`],
    ['with an empty body', { body: '' }, `${START}content-length: 0\r\n\r\n`],
    [
      'with headers and a body',
      { headers: ['a', '1', 'b', ''], body: '{}' },
      `${START}a: 1\r\nb: \r\ncontent-length: 2\r\n\r\n{}`,
    ],
    ['with a body beyond ASCII', { body: 'grüße €' }, `${START}content-length: 11\r\n\r\n${utf8('grüße €')}`],
    ['with a body within latin1', { body: 'ü' }, `${START}content-length: 2\r\n\r\n${utf8('ü')}`],
    ['with a header beyond ASCII', { headers: ['a', 'ü'], body: 'x' }, `${START}a: ü\r\ncontent-length: 1\r\n\r\nx`],
    [
      'with both beyond ASCII',
      { headers: ['a', 'ü'], body: 'ü' },
      `${START}a: ü\r\ncontent-length: 2\r\n\r\n${utf8('ü')}`,
    ],
  ])('%s', (_name, request, expected) => {
    expect(write(request)).toBe(expected);
  });

  it('has the head of its own headers, method and path, whatever was written before', () => {
    const writer = new RequestWriter('gateway:8080');
    const headers = ['a', '1'];
    const requests: Partial<OutgoingRequest>[] = [
      { headers },
      { headers, path: '/v2' },
      { headers, method: 'PUT' },
      { headers },
      ...Array.from({ length: 600 }, (_, index) => ({ headers: ['a', String(index)] })),
      { headers },
    ];
    for (const request of [...requests, ...requests]) expect(write(request, writer)).toBe(write(request));
  });

  it.each<[string, Partial<OutgoingRequest>, RegExp]>([
    ['a line end in a value', { headers: ['x', 'a\nb'] }, /^invalid x header$/],
    ['a value beyond latin1', { headers: ['x', '€'] }, /^invalid x header$/],
    ['a name that is none', { headers: ['x y', 'a'] }, /^invalid header name "x y"$/],
    ['a length of its own', { headers: ['content-length', '1'] }, /^invalid header name "content-length"$/],
    ['a host of its own', { headers: ['Host', 'x'] }, /^invalid header name "Host"$/],
    ['a path with a blank', { path: '/a b' }, /^invalid request path$/],
    ['a path without a slash', { path: 'a' }, /^invalid request path$/],
    ['a method with a line end', { method: 'GET\r\n' }, /^invalid request method$/],
  ])('is refused with %s', (_name, request, message) => {
    expect(() => write(request)).toThrow(InvalidRequest);
    expect(() => write(request)).toThrow(message);
  });
});
