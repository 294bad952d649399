import { describe, expect, it } from 'vitest';
import type { PreparedRequest } from '../../src/load/request-factory.ts';
import type { Variant } from '../../src/probes/prober.ts';
import { applyVariant } from '../../src/probes/variant.ts';
import { aDialect } from '../support/plan-builders.ts';

const prepared = (body: string | undefined, stream: boolean): PreparedRequest => ({
  outgoing: { method: 'POST', path: '/', headers: ['x-a', '1', 'x-b', '2'], body },
  reader: { endpoint: 'chat', stream, dialect: aDialect(), expected: { status: [200], headers: [], body: [] } },
  nonce: 'n',
  tenant: 0,
  promptTokens: 3,
  worstTokens: 10,
});

describe('applyVariant', () => {
  const streamed = '{"model":"m","stream":true,"stream_options":{"include_usage":true}}';
  it.each<[string, string, boolean, Variant | undefined, unknown]>([
    ['nothing', '{ "model": "m" }', false, undefined, '{ "model": "m" }'],
    ['a name alone', '{"model":"m"}', false, { name: 'x' }, '{"model":"m"}'],
    [
      'a field',
      '{"model":"m"}',
      false,
      { name: 'x', body: (body) => ({ ...body, temperature: 1 }) },
      '{"model":"m","temperature":1}',
    ],
    ['a stream asked for', '{"model":"m"}', false, { name: 'x', stream: true }, '{"model":"m","stream":true}'],
    ['no stream', streamed, true, { name: 'x', stream: false }, '{"model":"m","stream":false}'],
    ['the stream that it is', streamed, true, { name: 'x', stream: true }, streamed],
    ['what is not JSON', 'plain', false, { name: 'x', body: () => ({}) }, 'plain'],
    ['a list', '[1]', false, { name: 'x', body: () => ({}) }, '[1]'],
  ])('%s in the body', (_name, body, stream, variant, expected) => {
    const changed = applyVariant(prepared(body, stream), variant);
    expect(changed.outgoing.body).toBe(expected);
    expect(changed.reader.stream).toBe(variant?.stream ?? stream);
  });

  it('keeps a request without a body', () => {
    expect(applyVariant(prepared(undefined, false), { name: 'x', body: () => ({}) }).outgoing.body).toBeUndefined();
  });

  it('replaces headers by name, adds others, and leaves the rest of the request alone', () => {
    const request = prepared('{}', false);
    const changed = applyVariant(request, {
      name: 'x',
      headers: [
        ['x-b', '3'],
        ['x-c', '4'],
      ],
    });
    expect(changed.outgoing.headers).toEqual(['x-a', '1', 'x-b', '3', 'x-c', '4']);
    expect(request.outgoing.headers).toEqual(['x-a', '1', 'x-b', '2']);
    expect(changed).toMatchObject({ promptTokens: 3, worstTokens: 10, tenant: 0 });
  });
});
