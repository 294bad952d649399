import { describe, expect, it } from 'vitest';
import { generic } from '../../src/dialects/generic.ts';
import type { EndpointKind } from '../../src/model/plan.ts';
import type { Reading } from '../../src/wire/reading.ts';
import { fixture, readResponse } from './read-response.ts';

const SSE = ['content-type', 'text/event-stream; charset=utf-8'];

/** One event a chunk. */
const eventsOf = (name: string): string[] =>
  fixture(name)
    .toString('utf8')
    .split(/(?<=\r?\n\r?\n)/);

const read = (endpoint: EndpointKind, name: string): Reading =>
  readResponse({ endpoint, stream: true }, { headers: SSE, chunks: eventsOf(name) });

/** `ok`, or class and detail. */
const verdictOf = ({ outcome }: Reading): string =>
  outcome.kind === 'error' ? `${outcome.errorClass}: ${outcome.detail}` : outcome.kind;

describe('a stream', () => {
  it.each<readonly [fixture: string, endpoint: EndpointKind, verdict: string]>([
    ['chat-clean.sse', 'chat', 'ok'],
    ['chat-crlf-comments.sse', 'chat', 'ok'],
    ['chat-no-usage.sse', 'chat', 'ok'],
    ['chat-reasoning.sse', 'chat', 'ok'],
    ['chat-tools.sse', 'chat', 'ok'],
    ['chat-two-choices.sse', 'chat', 'ok'],
    ['chat-truncated.sse', 'chat', 'truncated: the stream ended without [DONE]'],
    ['chat-no-done.sse', 'chat', 'truncated: the stream ended without [DONE]'],
    [
      'chat-error.sse',
      'chat',
      'upstream: error inside a successful response: server_error: The server had an error while processing your request',
    ],
    ['chat-error-then-done.sse', 'chat', 'upstream: error inside a successful response: 502: Provider returned error'],
    [
      'chat-rate-limit-then-done.sse',
      'chat',
      'rate_limited: error inside a successful response: rate_limit_exceeded tokens: Rate limit reached for gpt-4o-mini',
    ],
    ['chat-error-event-text.sse', 'chat', 'upstream: error inside a successful response: upstream connection closed'],
    ['chat-garbage.sse', 'chat', 'protocol: an event of the stream is not a JSON object: {"choices":[{"delta"'],
    ['chat-html.sse', 'chat', 'truncated: the stream ended without [DONE]'],
    ['responses-clean.sse', 'responses', 'ok'],
    ['responses-done.sse', 'responses', 'ok'],
    ['responses-incomplete.sse', 'responses', 'ok'],
    ['responses-tools.sse', 'responses', 'ok'],
    [
      'responses-failed.sse',
      'responses',
      'upstream: error inside a successful response: server_error: The model failed to generate a response.',
    ],
    [
      'responses-error.sse',
      'responses',
      'rate_limited: error inside a successful response: rate_limit_exceeded: Slow down',
    ],
    [
      'responses-truncated.sse',
      'responses',
      'truncated: the stream ended without response.completed or response.incomplete',
    ],
    ['messages-clean.sse', 'messages', 'ok'],
    ['messages-tools.sse', 'messages', 'ok'],
    ['messages-error.sse', 'messages', 'upstream: error inside a successful response: overloaded_error: Overloaded'],
    ['messages-truncated.sse', 'messages', 'truncated: the stream ended without message_stop'],
    ['messages-done.sse', 'messages', 'truncated: the stream ended without message_stop'],
    ['custom.sse', 'custom', 'ok'],
    ['custom-error.sse', 'custom', 'upstream: error inside a successful response: no such tool'],
  ])('%s ends as it should', (name, endpoint, verdict) => {
    expect(verdictOf(read(endpoint, name))).toBe(verdict);
  });

  it.each<
    readonly [
      fixture: string,
      endpoint: EndpointKind,
      content: readonly [first: number | undefined, last: number | undefined, gaps: readonly number[]],
      rest: Partial<Reading>,
    ]
  >([
    // The role-only chunk comes at 1 ms and is no content; text comes at 2, 3 and 4 ms.
    [
      'chat-clean.sse',
      'chat',
      [2_000, 4_000, [1_000, 1_000]],
      {
        contentEvents: 3,
        outputChars: 'Our hours: 9–17 😀'.length,
        usage: { prompt: 19, completion: 4 },
        model: 'gpt-4o-mini-2024-07-18',
        requestId: 'chatcmpl-9abc',
        finishReason: 'stop',
      },
    ],
    ['chat-crlf-comments.sse', 'chat', [3_000, 5_000, [1_000, 1_000]], { usage: { prompt: 19, completion: 4 } }],
    ['chat-no-usage.sse', 'chat', [2_000, 2_000, []], { usage: undefined, outputChars: 12, finishReason: 'length' }],
    // The same reasoning under both names counts once.
    ['chat-reasoning.sse', 'chat', [2_000, 3_000, [1_000]], { outputChars: 'Let me thinkYes'.length }],
    [
      'chat-tools.sse',
      'chat',
      [1_000, 4_000, [1_000, 1_000, 1_000]],
      { outputChars: 'get_hours{"day":"Mon"}now{}'.length, finishReason: 'tool_calls' },
    ],
    ['chat-parts.sse', 'chat', [1_000, 2_000, [1_000]], { outputChars: 'HmHi'.length }],
    ['chat-truncated.sse', 'chat', [2_000, 3_000, [1_000]], { usage: undefined, outputChars: 'Our ho'.length }],
    ['chat-error-event-text.sse', 'chat', [undefined, undefined, []], { contentEvents: 0, outputChars: 0 }],
    [
      'responses-clean.sse',
      'responses',
      [4_000, 5_000, [1_000]],
      {
        usage: { prompt: 11, completion: 3 },
        outputChars: 8,
        model: 'gpt-4o-mini-2024-07-18',
        requestId: 'resp_1',
        finishReason: 'completed',
      },
    ],
    ['responses-incomplete.sse', 'responses', [4_000, 4_000, []], { finishReason: 'max_output_tokens' }],
    ['responses-tools.sse', 'responses', [3_000, 5_000, [1_000, 1_000]], { contentEvents: 3 }],
    ['responses-truncated.sse', 'responses', [4_000, 4_000, []], { usage: undefined }],
    // message_start, content_block_start and ping are no content. Cached prompt tokens count as prompt tokens.
    [
      'messages-clean.sse',
      'messages',
      [4_000, 5_000, [1_000]],
      {
        usage: { prompt: 125, completion: 15 },
        outputChars: 6,
        model: 'claude-3-5-sonnet-20241022',
        requestId: 'msg_01',
        finishReason: 'end_turn',
      },
    ],
    // Thinking counts, its signature does not, nor does an empty piece of a tool's input.
    [
      'messages-tools.sse',
      'messages',
      [3_000, 9_000, [5_000, 1_000]],
      { contentEvents: 3, outputChars: 'Hm{"day":"Mon"}'.length, finishReason: 'tool_use' },
    ],
    ['messages-truncated.sse', 'messages', [4_000, 5_000, [1_000]], { usage: undefined }],
    ['custom.sse', 'custom', [1_000, 2_000, [1_000]], { contentEvents: 2 }],
  ])('%s has its content at the right times', (name, endpoint, [first, last, gaps], rest) => {
    const reading = read(endpoint, name);
    expect([reading.firstContentAt, reading.lastContentAt, reading.gaps]).toEqual([first, last, gaps]);
    expect(reading).toMatchObject(rest);
  });

  it('reads the same whatever the chunks are, times apart', () => {
    for (const [name, endpoint] of [
      ['chat-crlf-comments.sse', 'chat'],
      ['responses-tools.sse', 'responses'],
      ['messages-tools.sse', 'messages'],
    ] as const) {
      const whole = fixture(name);
      const single = [...whole].map((byte) => Uint8Array.of(byte));
      const timeless = (chunks: readonly Uint8Array[]) => ({
        ...readResponse({ endpoint, stream: true }, { headers: SSE, chunks }),
        firstContentAt: 0,
        lastContentAt: 0,
        gaps: [],
      });
      expect(timeless(single)).toEqual(timeless([whole]));
    }
  });

  it('counts content events of one chunk as coming at once', () => {
    const reading = readResponse(
      { stream: true },
      { headers: SSE, chunks: [fixture('chat-clean.sse').toString('utf8')] },
    );
    expect([reading.contentEvents, reading.firstContentAt, reading.gaps]).toEqual([3, 1_000, [0, 0]]);
  });

  it.each<readonly [name: string, headers: readonly string[], body: string, verdict: string]>([
    ['no content type is read as a stream', [], 'data: [DONE]\n\n', 'ok'],
    [
      'JSON is not a stream',
      ['content-type', 'application/json'],
      '{"choices":[]}',
      'check: asked for a stream, got application/json',
    ],
    [
      'HTML is not a stream',
      ['content-type', 'text/html; charset=utf-8'],
      '<html>',
      'check: asked for a stream, got text/html',
    ],
    [
      'a JSON error is that error',
      ['content-type', 'application/json'],
      '{"error":{"message":"no","type":"authentication_error"}}',
      'auth: error inside a successful response: authentication_error: no',
    ],
    [
      'a compressed stream',
      [...SSE, 'content-encoding', 'br'],
      'x',
      'protocol: the body is encoded as br, which is not read',
    ],
    ['an encoding that is none', [...SSE, 'content-encoding', 'identity'], 'data: [DONE]\n\n', 'ok'],
    ['a space behind the terminator', SSE, 'data: [DONE] \n\n', 'ok'],
    ['no blank line behind the terminator', SSE, 'data: [DONE]\n', 'ok'],
    ['no line end behind the terminator', SSE, 'data: {"choices":[]}\n\ndata: [DONE]', 'ok'],
    ['half a terminator', SSE, 'data: [DON', 'truncated: the stream ended without [DONE]'],
    ['half a field', SSE, 'dat', 'truncated: the stream ended without [DONE]'],
    ['an empty stream', SSE, '', 'truncated: the stream ended without [DONE]'],
    [
      'an empty event',
      SSE,
      'data:\n\ndata: [DONE]\n\n',
      'protocol: an event of the stream is not a JSON object: it is empty',
    ],
    [
      'JSON that is no object',
      SSE,
      'data: 7\n\ndata: [DONE]\n\n',
      'protocol: an event of the stream is not a JSON object: 7',
    ],
    [
      'an error behind the terminator',
      SSE,
      'data: [DONE]\n\ndata: {"error":"late"}\n\n',
      'upstream: error inside a successful response: late',
    ],
    [
      'the first of two errors',
      SSE,
      'data: {"error":"first"}\n\ndata: {"error":"second"}\n\n',
      'upstream: error inside a successful response: first',
    ],
    ['an error that is null is none', SSE, 'data: {"error":null,"choices":[]}\n\ndata: [DONE]\n\n', 'ok'],
    [
      'an error before what is malformed',
      SSE,
      'data: {"choices\n\ndata: {"error":"cause"}\n\n',
      'upstream: error inside a successful response: cause',
    ],
  ])('%s', (_name, headers, body, verdict) => {
    expect(verdictOf(readResponse({ stream: true }, { headers, chunks: [body] }))).toBe(verdict);
  });

  it('looks for signals in the last event where the answer has none', () => {
    const cache = { fields: [{ body: 'extra.cache' }], values: { yes: 'hit' } } as const;
    const chunks = [
      ...eventsOf('messages-clean.sse').slice(0, -2),
      'data: {"type":"message_stop","extra":{"cache":"YES"}}\n\n',
    ];
    const dialect = { ...generic, cache };
    expect(readResponse({ endpoint: 'messages', stream: true, dialect }, { headers: SSE, chunks })).toMatchObject({
      outcome: { kind: 'ok' },
      cache: 'hit',
      model: 'claude-3-5-sonnet-20241022',
    });
  });

  it('gives up on an event that does not end', () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const reading = readResponse({ stream: true }, { headers: SSE, chunks: Array(18).fill(chunk) });
    expect(verdictOf(reading)).toBe('protocol: an event of the stream is longer than 16 MiB');
  });
});

describe('expectations about the body of a stream', () => {
  it.each<readonly [fixture: string, endpoint: EndpointKind, path: string, value: string | number | boolean | null]>([
    ['chat-clean.sse', 'chat', 'object', 'chat.completion'],
    ['chat-clean.sse', 'chat', 'model', 'gpt-4o-mini-2024-07-18'],
    ['chat-clean.sse', 'chat', 'choices.0.message.content', 'Our hours: 9–17 😀'],
    ['chat-clean.sse', 'chat', 'choices.0.message.role', 'assistant'],
    ['chat-clean.sse', 'chat', 'choices.0.finish_reason', 'stop'],
    ['chat-clean.sse', 'chat', 'usage.total_tokens', 23],
    ['chat-reasoning.sse', 'chat', 'choices.0.message.reasoning_content', 'Let me think'],
    ['chat-tools.sse', 'chat', 'choices.0.message.content', null],
    ['chat-tools.sse', 'chat', 'choices.0.message.tool_calls.0.id', 'call_1'],
    ['chat-tools.sse', 'chat', 'choices.0.message.tool_calls.0.function.name', 'get_hours'],
    ['chat-tools.sse', 'chat', 'choices.0.message.tool_calls.0.function.arguments', '{"day":"Mon"}'],
    ['chat-tools.sse', 'chat', 'choices.0.message.tool_calls.1.function.name', 'now'],
    ['chat-two-choices.sse', 'chat', 'choices.0.message.content', 'A'],
    ['chat-two-choices.sse', 'chat', 'choices.1.message.content', 'B'],
    ['chat-two-choices.sse', 'chat', 'choices.1.finish_reason', 'length'],
    ['chat-odd.sse', 'chat', 'service_tier', 'default'],
    ['chat-odd.sse', 'chat', 'extra.last', true],
    ['chat-odd.sse', 'chat', 'usage.total_tokens', 9],
    ['chat-odd.sse', 'chat', 'choices.0.finish_reason', 'function_call'],
    ['chat-odd.sse', 'chat', 'choices.0.message.tool_calls.0.function.name', 'now'],
    ['responses-clean.sse', 'responses', 'output.0.content.0.text', 'Hi there'],
    ['messages-clean.sse', 'messages', 'content.0.text', 'Hello!'],
    ['messages-prefilled.sse', 'messages', 'content.0.text', '{"a":1}'],
    ['messages-clean.sse', 'messages', 'stop_reason', 'end_turn'],
    ['messages-tools.sse', 'messages', 'content.0.thinking', 'Hm'],
    ['messages-tools.sse', 'messages', 'content.1.name', 'get_hours'],
    ['messages-tools.sse', 'messages', 'content.1.input.day', 'Mon'],
    ['custom.sse', 'custom', 'step', 2],
  ])('%s (%s): %s is %j', (name, endpoint, path, value) => {
    const check = (wanted: string | number | boolean | null) =>
      verdictOf(
        readResponse(
          {
            endpoint,
            stream: true,
            expected: { status: [200], headers: [], body: [{ path, matcher: { kind: 'equals', value: wanted } }] },
          },
          { headers: SSE, chunks: eventsOf(name) },
        ),
      );
    expect(check(value)).toBe('ok');
    expect(check('something else')).toMatch(/^check: body /);
  });
});
