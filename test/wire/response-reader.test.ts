import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { litellm } from '../../src/dialects/litellm.ts';
import type { EndpointKind } from '../../src/model/plan.ts';
import { micros } from '../../src/model/units.ts';
import type { ReaderSpec, Reading } from '../../src/wire/reading.ts';
import { createResponseReader } from '../../src/wire/response-reader.ts';
import { EXPECT_200, fixture, readerSpec, readResponse } from './read-response.ts';

const JSON_TYPE = ['content-type', 'application/json'];

const verdictOf = ({ outcome }: Reading): string =>
  outcome.kind === 'error' ? `${outcome.errorClass}: ${outcome.detail}` : outcome.kind;

const accepting = (...status: number[]) => ({ ...EXPECT_200, status });

describe('a whole answer', () => {
  it.each<readonly [fixture: string, endpoint: EndpointKind, rest: Partial<Reading>]>([
    [
      'chat.json',
      'chat',
      {
        usage: { prompt: 19, completion: 5 },
        outputChars: 0,
        model: 'gpt-4o-mini-2024-07-18',
        requestId: 'chatcmpl-9abc',
        finishReason: 'stop',
      },
    ],
    ['chat-tools.json', 'chat', { usage: undefined, outputChars: 'get_hours{}'.length, finishReason: 'tool_calls' }],
    [
      'responses.json',
      'responses',
      { usage: { prompt: 11, completion: 3 }, outputChars: 0, finishReason: 'completed' },
    ],
    ['messages.json', 'messages', { usage: { prompt: 125, completion: 15 }, outputChars: 0, finishReason: 'tool_use' }],
    [
      'embeddings.json',
      'embeddings',
      { usage: { prompt: 8, completion: 0 }, outputChars: 0, model: 'text-embedding-3-small' },
    ],
    ['models.json', 'models', { usage: undefined, outputChars: 0 }],
  ])('%s is ok, and read', (name, endpoint, rest) => {
    const bytes = fixture(name);
    const reading = readResponse(
      { endpoint },
      { headers: JSON_TYPE, chunks: [bytes.subarray(0, 41), bytes.subarray(41)] },
    );
    expect(reading).toMatchObject({ outcome: { kind: 'ok' }, status: 200, contentEvents: 0, gaps: [], ...rest });
    expect(reading.firstContentAt).toBeUndefined();
  });

  it.each<readonly [fixture: string, chars: number]>([
    ['chat.json', 'Our hours: 9–17'.length],
    ['responses.json', 8],
    ['messages.json', 'Hello!now{"a":1}'.length],
  ])('%s is counted where it does not say its usage', (name, chars) => {
    const { usage, ...answer } = JSON.parse(fixture(name).toString()) as Record<string, unknown>;
    const endpoint = name.replace('.json', '') as EndpointKind;
    const chunks = [Buffer.from(JSON.stringify(answer))];
    expect(usage).toBeDefined();
    expect(readResponse({ endpoint }, { headers: JSON_TYPE, chunks })).toMatchObject({ outputChars: chars });
  });

  it.each<
    readonly [name: string, spec: Partial<ReaderSpec>, headers: readonly string[], body: string, verdict: string]
  >([
    [
      'an error',
      {},
      JSON_TYPE,
      'error-200.json',
      'upstream: error inside a successful response: 504: Upstream timed out',
    ],
    [
      'an error of the messages API',
      { endpoint: 'messages' },
      JSON_TYPE,
      'messages-error.json',
      'upstream: error inside a successful response: overloaded_error: Overloaded',
    ],
    [
      'a failed response',
      { endpoint: 'responses' },
      JSON_TYPE,
      'responses-failed.json',
      'upstream: error inside a successful response: server_error: it broke',
    ],
    [
      'a page',
      {},
      ['content-type', 'text/html; charset=utf-8'],
      '<html>',
      'protocol: the body is not JSON (content-type text/html)',
    ],
    ['half of the JSON', {}, [], '{"choices":[', 'protocol: the body is not JSON'],
    ['nothing', {}, JSON_TYPE, '', 'protocol: the body is empty, where JSON was promised'],
    ['a mere string', {}, JSON_TYPE, '"ok"', 'protocol: the body is JSON, but neither an object nor an array'],
    [
      'a stream that was not asked for',
      {},
      ['content-type', 'text/event-stream'],
      'data: {}\n\n',
      'protocol: the body is not JSON (content-type text/event-stream)',
    ],
    ['a bare list of models', { endpoint: 'models' }, JSON_TYPE, '[{"id":"a"}]', 'ok'],
    ['a byte order mark', {}, JSON_TYPE, '\uFEFF{}', 'ok'],
    ['anything, of a custom endpoint', { endpoint: 'custom' }, ['content-type', 'text/plain'], 'pong', 'ok'],
    ['broken JSON, of a custom endpoint', { endpoint: 'custom' }, JSON_TYPE, '{', 'ok'],
    ['an error, of a custom endpoint', { endpoint: 'custom' }, JSON_TYPE, '{"error":"mine"}', 'ok'],
    [
      'a stream that embeddings cannot have',
      { endpoint: 'embeddings', stream: true },
      JSON_TYPE,
      'embeddings.json',
      'ok',
    ],
  ])('%s behind a 200', (_name, spec, headers, body, verdict) => {
    const content = body.endsWith('.json') ? fixture(body) : body;
    expect(verdictOf(readResponse(spec, { headers, chunks: [content] }))).toBe(verdict);
  });

  it('says so when it is compressed', () => {
    const headers = [...JSON_TYPE, 'content-encoding', 'gzip'];
    expect(verdictOf(readResponse({}, { headers, chunks: [gzipSync(fixture('chat.json'))] }))).toBe(
      'protocol: the body is encoded as gzip, which is not read',
    );
  });

  it('is not kept beyond 16 MiB', () => {
    const chunks = ['{"x":"', ...Array<Buffer>(17).fill(Buffer.alloc(1024 * 1024, 'x')), '"}'];
    expect(verdictOf(readResponse({}, { chunks }))).toBe('protocol: the body is longer than 16 MiB');
    expect(verdictOf(readResponse({ endpoint: 'custom' }, { chunks }))).toBe('ok');
  });

  it('of any depth neither passes nor breaks the reader', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const [body, start] of [
      [`{"content":${deep}}`, 'ok'],
      [`{"error":{"nested":${deep}}}`, 'upstream: '],
      [`{"content":[{"type":"tool_use","input":${deep}}]}`, 'ok'],
    ] as const)
      expect(verdictOf(readResponse({}, { chunks: [body] }))).toContain(start);
    const stream = [`data: {"choices":[{"delta":{"content":${deep}}}]}\n\ndata: [DONE]\n\n`];
    expect(verdictOf(readResponse({ stream: true }, { chunks: stream }))).toBe('ok');
  });

  it.each<readonly [name: string, spec: Partial<ReaderSpec>, kept: boolean]>([
    ['JSON, by a dialect with body fields', { endpoint: 'custom' }, true],
    [
      'JSON, by a dialect without',
      { endpoint: 'custom', dialect: { ...litellm, model: 'unsupported', requestId: [] } },
      false,
    ],
  ])('of a custom endpoint is looked at as far as needed: %s', (_name, spec, kept) => {
    const reading = readResponse(spec, { headers: JSON_TYPE, chunks: [fixture('chat.json')] });
    expect([reading.model, reading.usage]).toEqual(
      kept ? ['gpt-4o-mini-2024-07-18', { prompt: 19, completion: 5 }] : [undefined, undefined],
    );
  });
});

describe('a status', () => {
  it.each<readonly [name: string, status: number, accepted: readonly number[], body: string, verdict: string]>([
    [
      'not accepted, with a message',
      502,
      [200],
      '{"error":{"message":"no healthy upstream"}}',
      'upstream: 502 bad gateway: no healthy upstream',
    ],
    ['not accepted, of a 2xx', 202, [200], '{}', 'check: 202: not accepted'],
    ['throttled', 429, [200, 429], '{"error":{"message":"slow down"}}', 'throttled'],
    ['throttled, by a 503', 503, [200, 503], '', 'throttled'],
    ['accepted, though an error', 403, [403], '{"error":"premium only"}', 'ok'],
    ['accepted, without a body', 204, [204], '', 'ok'],
    ['a redirect', 302, [200], '', 'check: 302 found: redirects are not followed'],
  ])('%s', (_name, status, accepted, body, verdict) => {
    for (const stream of [false, true])
      expect(verdictOf(readResponse({ stream, expected: accepting(...accepted) }, { status, chunks: [body] }))).toBe(
        verdict,
      );
  });

  it('keeps the signals of a rejection', () => {
    const headers = ['x-upstream-provider', 'openai', 'x-request-id', 'r-1'];
    expect(readResponse({}, { status: 500, headers, chunks: ['oops'] })).toMatchObject({
      status: 500,
      outcome: { detail: '500 internal server error: oops' },
      provider: 'openai',
      requestId: 'r-1',
    });
  });

  it('looks at the beginning of a long error page only', () => {
    const title = '<title>Service down</title>';
    const filler = `<!-- ${'x'.repeat(20_000)} -->`;
    const detailOf = (...chunks: string[]) => verdictOf(readResponse({}, { status: 503, chunks }));
    expect(detailOf('<html>', title, filler, filler)).toBe('upstream: 503 service unavailable: Service down');
    expect(detailOf('<html>', filler, title)).toMatch(/^upstream: 503 service unavailable: <html><!-- x+…$/);
  });
});

describe('expectations', () => {
  const expected = {
    status: [200, 403, 429],
    headers: [{ name: 'x-upstream-provider', matcher: { kind: 'present' } as const }],
    body: [{ path: 'choices', matcher: { kind: 'nonempty' } as const }],
  };
  it.each<readonly [name: string, status: number, headers: readonly string[], body: string, verdict: string]>([
    ['all met', 200, ['x-upstream-provider', 'openai'], '{"choices":[{}]}', 'ok'],
    [
      'a header is missing',
      200,
      [],
      '{"choices":[]}',
      'check: header x-upstream-provider: expected a value, received nothing',
    ],
    [
      'a path is empty',
      200,
      ['x-upstream-provider', 'a'],
      '{"choices":[]}',
      'check: body choices: expected something that is not empty, received []',
    ],
    ['none of them concerns what is throttled', 429, [], '', 'throttled'],
    [
      'they concern other accepted statuses',
      403,
      ['x-upstream-provider', 'a'],
      '{}',
      'check: body choices: expected something that is not empty, received nothing',
    ],
    ['they need JSON', 403, ['x-upstream-provider', 'a'], 'no', 'protocol: the body is not JSON'],
    [
      'an error in the answer comes first',
      200,
      [],
      '{"error":"bad"}',
      'upstream: error inside a successful response: bad',
    ],
  ])('%s', (_name, status, headers, body, verdict) => {
    expect(verdictOf(readResponse({ expected }, { status, headers, chunks: [body] }))).toBe(verdict);
  });

  it('make a custom endpoint promise JSON', () => {
    expect(
      verdictOf(readResponse({ endpoint: 'custom', expected: { ...expected, headers: [] } }, { chunks: ['pong'] })),
    ).toBe('protocol: the body is not JSON');
  });
});

describe('an exchange that does not end', () => {
  const SSE = ['content-type', 'text/event-stream'];
  const CONTENT = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n';
  const DONE = 'data: [DONE]\n\n';

  const cutOff = (
    came: { readonly status?: number; readonly headers?: readonly string[]; readonly body?: string },
    how: 'timeout' | 'connect' | 'protocol' | 'truncated',
  ): Reading => {
    const reader = createResponseReader(readerSpec({ stream: true, expected: accepting(200, 429) }));
    if (came.status !== undefined) reader.headers(came.status, came.headers ?? SSE, micros(5));
    if (came.body !== undefined) reader.chunk(Buffer.from(came.body), micros(7));
    return how === 'timeout'
      ? reader.timedOut(micros(9))
      : reader.failed({ kind: how, detail: 'peer\r\nhung up' }, micros(9));
  };

  it.each<readonly [name: string, reading: Reading, verdict: string]>([
    ['no connection', cutOff({}, 'connect'), 'connect: peer hung up'],
    ['not HTTP', cutOff({}, 'protocol'), 'protocol: peer hung up'],
    ['silence', cutOff({}, 'timeout'), 'timeout: no response headers before the timeout'],
    [
      'silence behind the headers',
      cutOff({ status: 200 }, 'timeout'),
      'timeout: headers came, but the response did not end before the timeout',
    ],
    [
      'silence behind a bad status',
      cutOff({ status: 502 }, 'timeout'),
      'timeout: headers came, but the response did not end before the timeout',
    ],
    ['a cut stream', cutOff({ status: 200, body: CONTENT }, 'truncated'), 'truncated: peer hung up'],
    ['a cut behind the terminator', cutOff({ status: 200, body: DONE }, 'truncated'), 'truncated: peer hung up'],
    [
      'a cut behind a bad status',
      cutOff({ status: 502, body: 'gone' }, 'truncated'),
      'upstream: 502 bad gateway: gone',
    ],
    ['a cut while throttled', cutOff({ status: 429 }, 'truncated'), 'truncated: peer hung up'],
    [
      'a cut answer',
      cutOff({ status: 200, headers: JSON_TYPE, body: '{"error":' }, 'truncated'),
      'truncated: peer hung up',
    ],
  ])('%s', (_name, reading, verdict) => {
    expect(verdictOf(reading)).toBe(verdict);
  });

  it('keeps what had come', () => {
    expect(cutOff({ status: 200, body: CONTENT }, 'timeout')).toMatchObject({
      status: 200,
      firstContentAt: 7,
      contentEvents: 1,
      outputChars: 2,
      usage: undefined,
    });
    expect(cutOff({}, 'connect').status).toBeUndefined();
  });
});
