import { afterEach, describe, expect, it } from 'vitest';
import { nonceOf } from '../../../src/config/template-render.ts';
import { fromSeconds, micros } from '../../../src/model/units.ts';
import { contentChars } from '../../../src/wire/whole-answer.ts';
import { chat, createStage, PATHS, send, until } from './exchange.ts';

const stage = createStage();
afterEach(stage.stopAll);

const BODIES = {
  chat: chat('hello gm-one', { stream_options: { include_usage: true } }),
  responses: { model: 'gpt-4o-mini', input: 'hello gm-one' },
  messages: { model: 'gpt-4o-mini', max_tokens: 100, messages: [{ role: 'user', content: 'hello gm-one' }] },
} as const;

describe('answers', () => {
  it.each(['chat', 'responses', 'messages'] as const)(
    '%s: JSON and stream read as complete, and say the same',
    async (endpoint) => {
      const { url } = await stage.provider();
      const whole = await send(url, { endpoint, body: BODIES[endpoint] });
      const stream = await send(url, { endpoint, body: { ...BODIES[endpoint], stream: true } });
      for (const { reading, headers } of [whole, stream]) {
        expect(reading).toMatchObject({ outcome: { kind: 'ok' }, model: 'gpt-4o-mini', usage: { prompt: 3 } });
        expect(headers.get('x-request-id')).toMatch(/^req_/);
        expect(Number(headers.get('openai-processing-ms'))).toBeGreaterThanOrEqual(1);
        expect(headers.get('server-timing')).toMatch(/^provider;dur=\d/);
      }
      expect(stream.reading.contentEvents).toBe(stream.reading.usage?.completion);
      expect(stream.reading.usage).toEqual(whole.reading.usage);
      expect(stream.reading.outputChars).toBe(contentChars(whole.reading.answer));
      expect(whole.text).toContain('gm-one');
    },
  );

  it('the first chunk of a chat stream has a role and no content; usage comes only when asked for', async () => {
    const { url } = await stage.provider();
    const events = async (body: object) => {
      const { text } = await send(url, { body });
      return text
        .trim()
        .split('\n\n')
        .map((frame) => frame.replace('data: ', ''));
    };
    const plain = await events(chat('hello', { stream: true }));
    expect(JSON.parse(plain[0]!).choices[0].delta).toEqual({ role: 'assistant', content: '', refusal: null });
    expect(JSON.parse(plain.at(-2)!).choices[0].finish_reason).toBe('stop');
    expect(plain.at(-1)).toBe('[DONE]');
    const counted = await events(chat('hello', { stream: true, stream_options: { include_usage: true } }));
    expect(JSON.parse(counted.at(-2)!)).toMatchObject({ choices: [], usage: { prompt_tokens: 2 } });
  });

  it('every event of the responses API carries the next sequence number', async () => {
    const { url } = await stage.provider();
    const { text } = await send(url, { endpoint: 'responses', body: { ...BODIES.responses, stream: true } });
    const numbers = [...text.matchAll(/"sequence_number":(\d+)/g)].map((match) => Number(match[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(text).toMatch(/^event: response\.created\n/);
    expect(text).toMatch(/event: response\.completed\n.*\n\n$/);
  });

  it('the events of the messages API come in their order', async () => {
    const { url } = await stage.provider();
    const { text } = await send(url, { endpoint: 'messages', body: { ...BODIES.messages, stream: true } });
    const names = [...text.matchAll(/^event: (\w+)$/gm)].map((match) => match[1]);
    expect([...new Set(names)]).toEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it.each([
    ['chat', { max_tokens: 5 }, 'length'],
    ['responses', { max_output_tokens: 5 }, 'incomplete'],
    ['messages', { max_tokens: 5 }, 'max_tokens'],
  ] as const)('%s: stops at the tokens that the request allows, and says so', async (endpoint, limit, word) => {
    const { url } = await stage.provider();
    const { reading, text } = await send(url, { endpoint, body: { ...BODIES[endpoint], ...limit, stream: true } });
    expect(reading.usage?.completion).toBe(5);
    expect(text).toContain(`"${word}"`);
  });

  it('embeddings: one vector an input, the same for the same text', async () => {
    const { url } = await stage.provider();
    const ask = async (input: unknown, more = {}) => {
      const { json, reading } = await send(url, { endpoint: 'embeddings', body: { model: 'e', input, ...more } });
      expect(reading.outcome).toEqual({ kind: 'ok' });
      return (json as { data: { index: number; embedding: number[] }[] }).data;
    };
    const [one, two] = await ask(['alpha', 'beta']);
    expect([one!.index, two!.index, one!.embedding.length]).toEqual([0, 1, 16]);
    expect(Math.hypot(...one!.embedding)).toBeCloseTo(1, 5);
    expect(two!.embedding).not.toEqual(one!.embedding);
    expect((await ask('alpha'))[0]!.embedding).toEqual(one!.embedding);
    expect((await ask('alpha', { dimensions: 3 }))[0]!.embedding).toHaveLength(3);
    expect(await ask([[1, 2], [3]])).toHaveLength(2);
    expect(await ask([1, 2, 3])).toHaveLength(1);
  });

  it('lists its models, and knows no others', async () => {
    const { url } = await stage.provider({ models: ['m1', 'm2'] });
    const { json } = await send(url, { endpoint: 'models' });
    expect((json as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(['m1', 'm2']);
    expect((await send(url, { body: chat('x', { model: 'm1' }) })).status).toBe(200);
    expect((await send(url, { body: chat('x', { model: 'm3' }) })).json).toMatchObject({
      error: { code: 'model_not_found' },
    });
  });
});

describe('identity', () => {
  it('depends on the prompt and not on the model, the order of keys or added fields', async () => {
    const provider = await stage.provider();
    const message = { role: 'user', content: 'the same question' };
    await send(provider.url, { body: { model: 'a', messages: [message] } });
    await send(provider.url, { body: { messages: [message], temperature: 1, model: 'b' } });
    await send(provider.url, { body: chat('another question') });
    const identities = provider.calls().map(({ identity }) => identity);
    expect(new Set(identities.slice(0, 2)).size).toBe(1);
    expect(new Set(identities).size).toBe(2);
  });

  it('is the nonce where the prompt has one: as requests render it, or written by hand', async () => {
    const provider = await stage.provider();
    const nonce = nonceOf('seed', 'scenario', 7);
    await send(provider.url, { body: chat(`a question (${nonce}) and an extraordinarilyfineword`) });
    await send(provider.url, {
      endpoint: 'responses',
      body: { model: 'm', input: [{ role: 'user', content: [{ text: 'gm-x-1' }] }] },
    });
    expect(provider.calls().map(({ nonces, identity }) => [nonces, identity])).toEqual([
      [[nonce], nonce],
      [['gm-x-1'], 'gm-x-1'],
    ]);
  });
});

describe('refusals', () => {
  const rows = [
    ['a body that is not JSON', { body: '{"model":' }, 400, 'invalid_request_error'],
    ['a body without a model', { body: { messages: [] } }, 400, 'invalid_request_error'],
    ['a body without messages', { body: { model: 'm' } }, 400, 'invalid_request_error'],
    ['the same for messages', { endpoint: 'messages', body: '[]' }, 400, 'invalid_request_error'],
    ['an unknown path', { path: '/v1/other', body: {} }, 404, 'invalid_request_error'],
    ['the wrong method', { method: 'GET' }, 405, 'invalid_request_error'],
    ['a wrong method for models', { endpoint: 'models', body: {} }, 405, 'invalid_request_error'],
  ] as const;
  it.each(rows)('%s', async (_, sent, status, type) => {
    const { url } = await stage.provider();
    const received = await send(url, sent);
    expect(received.status).toBe(status);
    expect(received.json).toMatchObject({ error: { type, message: expect.any(String) } });
    const isAnthropic = 'endpoint' in sent && sent.endpoint === 'messages';
    expect('type' in (received.json as object)).toBe(isAnthropic);
  });

  it('a wrong key, and a path outside its base', async () => {
    const provider = await stage.provider({ keys: ['secret'], requirePath: '/openai' });
    expect(provider.url).toMatch(/\/openai$/);
    expect((await send(provider.url, { body: chat('x') })).status).toBe(401);
    const headers = { authorization: 'Bearer secret' };
    expect((await send(provider.url, { body: chat('x'), headers })).status).toBe(200);
    expect((await send(provider.url, { body: chat('x'), headers: { 'x-api-key': 'secret' } })).status).toBe(200);
    const outside = provider.url.replace('/openai', '');
    expect((await send(outside, { body: chat('x'), headers })).status).toBe(404);
  });

  it('requests over the limit of their key, with honest headers', async () => {
    const provider = await stage.provider({
      limit: { requests: 2, window: fromSeconds(60), algorithm: 'token-bucket' },
    });
    const as = (key: string, endpoint: 'chat' | 'messages' = 'chat') =>
      send(provider.url, { endpoint, body: BODIES[endpoint], headers: { authorization: `Bearer ${key}` } });
    const first = await as('a');
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    await as('a');
    const rejected = await as('a');
    expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([429, '30']);
    expect(rejected.headers.get('x-ratelimit-reset-requests')).toMatch(/^(1m0s|59\.\d+s|1m)/);
    expect(rejected.json).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    const anthropic = await as('a', 'messages');
    expect(anthropic.json).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } });
    expect(Date.parse(anthropic.headers.get('anthropic-ratelimit-requests-reset')!)).toBeGreaterThan(Date.now());
    expect((await as('b')).status).toBe(200);
    provider.setFaults([{ name: 'lying-429' }]);
    expect((await as('a')).headers.get('retry-after')).toBe('6');
  });
});

describe('faults', () => {
  const stream = chat('hello', { stream: true });
  const rows = [
    ['status', chat('hello'), { outcome: { kind: 'error', errorClass: 'upstream' } }],
    ['truncate', stream, { outcome: { kind: 'error', errorClass: 'truncated' }, contentEvents: 6 }],
    ['cut', stream, { outcome: { kind: 'error', errorClass: 'truncated' }, contentEvents: 6 }],
    ['cut', chat('hello'), { outcome: { kind: 'error', errorClass: 'truncated' } }],
    ['malformed-sse', stream, { outcome: { kind: 'error', errorClass: 'protocol' } }],
    ['wrong-content-type', stream, { outcome: { kind: 'error' } }],
    ['wrong-model', stream, { outcome: { kind: 'ok' }, model: 'another-model' }],
    ['wrong-usage', chat('hello'), { outcome: { kind: 'ok' }, usage: { prompt: 4 } }],
  ] as const;
  it.each([
    [0.25, 3],
    [0, 0],
    [1, 12],
  ])('cut after a share of %d: so much of the answer comes before', async (after, events) => {
    const provider = await stage.provider({ faults: [{ name: 'cut', after }], outputTokens: 100 });
    const { reading } = await send(provider.url, { body: { ...stream, max_tokens: 12 } });
    expect(reading).toMatchObject({ outcome: { kind: 'error', errorClass: 'truncated' }, contentEvents: events });
    await until(() => provider.count().inFlight === 0);
    expect(provider.calls()[0]!.firstContent === undefined).toBe(events === 0);
  });

  it('wrong-usage: embeddings, too', async () => {
    const provider = await stage.provider({ faults: [{ name: 'wrong-usage', factor: 10 }] });
    const { reading } = await send(provider.url, {
      endpoint: 'embeddings',
      body: { model: 'e', input: 'four letters' },
    });
    expect(reading.usage).toMatchObject({ prompt: 30 });
  });

  it.each(rows)('%s', async (name, body, expected) => {
    // 12 tokens exactly: the length of an answer is otherwise drawn.
    const provider = await stage.provider({ faults: [{ name }], outputTokens: 100 });
    const { reading } = await send(provider.url, { body: { ...body, max_tokens: 12 } });
    expect(reading).toMatchObject(expected);
    provider.setFaults([]);
    const healthy = await send(provider.url, { body });
    expect(healthy.reading).toMatchObject({ outcome: { kind: 'ok' }, model: 'gpt-4o-mini' });
  });

  it('reset: no byte comes back, and it is not the client who left', async () => {
    const provider = await stage.provider({ faults: [{ name: 'reset' }] });
    await expect(send(provider.url, { body: chat('x') })).rejects.toThrow();
    await until(() => provider.count().inFlight === 0);
    expect(provider.count()).toMatchObject({ received: 1, failed: 1, abortedByClient: 0 });
  });

  it('silence: nothing comes back until the client gives up', async () => {
    const provider = await stage.provider({ faults: [{ name: 'silence' }] });
    const abort = new AbortController();
    const waiting = send(provider.url, { body: chat('x'), signal: abort.signal });
    await until(() => provider.count().inFlight === 1);
    abort.abort();
    await expect(waiting).rejects.toThrow();
    await until(() => provider.count().inFlight === 0);
    expect(provider.calls()).toMatchObject([{ status: undefined, firstByte: undefined, abortedByClient: true }]);
  });

  it('slow and drip: neither the first content nor the end comes before its time', async () => {
    const provider = await stage.provider({
      faults: [
        { name: 'slow', factor: 2, add: micros(20_000) },
        { name: 'drip', factor: 5 },
      ],
    });
    await send(provider.url, { body: chat('hello', { stream: true, max_tokens: 5 }) });
    await until(() => provider.count().inFlight === 0);
    const [call] = provider.calls();
    // 2 · 4 ms + 20 ms, then 4 intervals of 5 ms, the shortest draw of which is 4 ms; timers may be 0.5 ms early.
    expect(call!.firstContent! - call!.received).toBeGreaterThanOrEqual(27_500);
    expect(call!.end! - call!.received).toBeGreaterThanOrEqual(43_500);
  });

  it('strike by the share and the identity, the same requests every time', async () => {
    const faults = [{ name: 'status', share: 0.5, status: 529 }] as const;
    const statuses = async () => {
      const provider = await stage.provider({ faults });
      const all = Array.from({ length: 20 }, (_, index) => send(provider.url, { body: chat(`question ${index}`) }));
      return (await Promise.all(all)).map(({ status }) => status);
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 529]));
    expect(await statuses()).toEqual(first);
  });

  it('keep to their timetable', async () => {
    const hour = fromSeconds(3_600);
    const provider = await stage.provider({ faults: [{ name: 'status', from: hour }] });
    expect((await send(provider.url, { body: chat('x') })).status).toBe(200);
    provider.setFaults([{ name: 'status', until: hour }]);
    expect((await send(provider.url, { body: chat('x') })).status).toBe(503);
  });
});

describe('log', () => {
  it('has every call with its times in order, and forgets when told to', async () => {
    const provider = await stage.provider({ ttft: { p50: micros(8_000), p95: micros(8_000) } });
    await send(provider.url, { body: chat('x', { stream: true }) });
    await send(provider.url, { path: '/nowhere', body: '{' });
    await until(() => provider.count().inFlight === 0);
    const [stream, lost] = provider.calls();
    expect(stream).toMatchObject({
      index: 0,
      path: PATHS.chat,
      api: 'chat',
      model: 'gpt-4o-mini',
      stream: true,
      status: 200,
    });
    expect(stream!.bodyHash).toMatch(/^[0-9a-f]{64}$/);
    // The role goes out half-way to the content.
    expect(stream!.firstByte! - stream!.received).toBeGreaterThanOrEqual(3_500);
    expect(stream!.firstContent! - stream!.received).toBeGreaterThanOrEqual(7_500);
    expect(stream!.firstContent!).toBeLessThan(stream!.end!);
    expect(lost).toMatchObject({ index: 1, api: undefined, status: 404 });
    expect(provider.count()).toEqual({ received: 2, inFlight: 0, ok: 1, failed: 1, abortedByClient: 0 });
    provider.clear();
    expect([provider.calls(), provider.count().received]).toEqual([[], 0]);
    await send(provider.url, { body: chat('gm-again') });
    expect(provider.calls().map(({ index }) => index)).toEqual([2]);
  });

  it('keeps the last calls when there are more than it can hold', async () => {
    const provider = await stage.provider({ logSize: 3 });
    for (let index = 0; index < 5; index += 1) await send(provider.url, { body: chat(`gm-${index}`) });
    expect(provider.calls().map(({ index, nonces }) => [index, nonces[0]])).toEqual([
      [2, 'gm-2'],
      [3, 'gm-3'],
      [4, 'gm-4'],
    ]);
    expect(provider.count().received).toBe(5);
  });

  it('stops working for a client that left in the middle of a stream', async () => {
    const provider = await stage.provider({ outputTokens: 5_000 });
    const abort = new AbortController();
    const response = await fetch(provider.url + PATHS.chat, {
      method: 'POST',
      body: JSON.stringify(chat('x', { stream: true })),
      signal: abort.signal,
    });
    await response.body!.getReader().read();
    expect(provider.count().inFlight).toBe(1);
    abort.abort();
    await until(() => provider.count().inFlight === 0);
    expect(provider.calls()).toMatchObject([{ abortedByClient: true, status: 200 }]);
  });
});

describe('a client that left before the answer', () => {
  it('gets none: nothing is written, or logged as written, when its time comes', async () => {
    const provider = await stage.provider({ latency: { p50: micros(250_000), p95: micros(250_000) } });
    const abort = new AbortController();
    const left = [{}, { stream: true }].map((more) =>
      send(provider.url, { body: chat('x', more), signal: abort.signal }).catch(() => 'left'),
    );
    await until(() => provider.count().inFlight === 2);
    abort.abort();
    expect(await Promise.all(left)).toEqual(['left', 'left']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(provider.calls()).toHaveLength(2);
    for (const call of provider.calls()) expect(call).toMatchObject({ status: undefined, firstByte: undefined });
  });
});

describe('start', () => {
  it.each([
    ['a p95 below the p50', { latency: { p50: micros(2), p95: micros(1) } }],
    ['a p50 of nothing below a p95', { latency: { p50: micros(0), p95: micros(1) } }],
    ['no output', { outputTokens: 0 }],
  ])('refuses %s', async (_, overrides) => {
    await expect(stage.provider(overrides)).rejects.toMatchObject({ code: 'config' });
  });

  it('takes a latency of nothing', async () => {
    const nothing = micros(0);
    const { url } = await stage.provider({ latency: { p50: nothing, p95: nothing }, tokenInterval: nothing });
    expect((await send(url, { body: chat('x', { stream: true }) })).reading.outcome).toEqual({ kind: 'ok' });
  });

  it('says so when its port is taken, and frees it when it stops', async () => {
    const first = await stage.provider();
    const listen = { host: '127.0.0.1', port: Number(new URL(first.url).port) };
    await expect(stage.provider({ listen })).rejects.toMatchObject({
      code: 'io',
      hint: expect.stringContaining('Another process'),
    });
    await first.stop();
    expect((await stage.provider({ listen })).url).toBe(first.url);
  });
});
