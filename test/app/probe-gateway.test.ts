import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { nodeFiles } from '../../src/adapters/files/node-files.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import { referenceWorld } from '../../src/adapters/provider/reference-world.ts';
import { startServerGroup } from '../../src/adapters/provider/server-group.ts';
import { type GatewayProbeRequest, probeGateway } from '../../src/app/probe-gateway.ts';
import { ConfigError } from '../../src/model/errors.ts';
import type { GatewayProbeView } from '../../src/report/gateway-probe-text.ts';
import { startCountingServer } from '../support/counting-server.ts';
import { DIALECT_FIXTURES, type DialectFixture, textOfFixture } from '../support/dialect-fixtures.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const start = async (listener: RequestListener): Promise<string> => {
  const { url, stop } = await startCountingServer(listener);
  stops.push(stop);
  return url;
};

interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Hands each request, read to its end, to `answer`, and keeps it. */
const recording =
  (log: Received[], answer: (received: Received, response: Parameters<RequestListener>[1]) => void): RequestListener =>
  (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const received = {
        method: request.method!,
        path: request.url!,
        authorization: request.headers.authorization,
        body: text === '' ? undefined : JSON.parse(text),
      };
      log.push(received);
      answer(received, response);
    });
  };

/** A gateway made of a dialect's fixture: it answers each kind of request as the fixture has it, and 404 to what it has not. */
const imitation = ({ responses }: DialectFixture, log: Received[] = []): RequestListener => {
  let chats = 0;
  return recording(log, ({ method, body }, response) => {
    const kindOf = (): string => {
      if (method === 'GET') return 'models';
      if (body?.messages === undefined) return 'invalid';
      if (body.stream === true) return 'stream';
      chats += 1;
      return chats === 1 ? 'chat' : 'repeat';
    };
    const found = responses.find(({ to }) => to === kindOf());
    response.writeHead(found?.status ?? 404, found?.headers ?? {});
    response.end(found === undefined ? '' : textOfFixture(found));
  });
};

const secrets: string[] = [];

const probe = (
  request: Partial<GatewayProbeRequest> & { readonly gatewayUrl: string },
  env: Readonly<Record<string, string>> = {},
): Promise<GatewayProbeView> => {
  const clock = createSystemClock();
  return probeGateway(
    { headers: [], model: undefined, apiKeyEnv: undefined, ...request },
    {
      files: nodeFiles,
      env: (name) => env[name],
      readBeside: () => undefined,
      newId: () => 'id-1',
      onSecrets: (found) => secrets.push(...found),
      clock,
      connect: (target) => createSocketTransport(target, clock),
    },
  );
};

describe('probeGateway', () => {
  it.each(DIALECT_FIXTURES.map((fixture) => [fixture.dialect, fixture] as const))(
    'knows %s from a few answers',
    async (name, fixture) => {
      const view = await probe({ gatewayUrl: await start(imitation(fixture)) });
      expect(view.dialect).toBe(name);
      expect(view.asked.map(({ title }) => title)).toEqual(['models', 'chat', 'again', 'streamed', 'invalid']);
      const streamed = view.states.find(({ title }) => title === 'streamed')!.states;
      const expected = fixture.responses.find(({ to }) => to === 'stream')!;
      expect(Object.entries(streamed).flatMap(([signal, state]) => (state.kind === 'missing' ? [signal] : []))).toEqual(
        Object.keys(streamed).filter((signal) => expected.missing.some((each) => each === signal)),
      );
      for (const [signal, value] of Object.entries(expected.reads))
        expect(streamed[signal as keyof typeof streamed]).toEqual({ kind: 'said', value });
    },
  );

  it('sends five requests: the models, one chat twice, a stream of it, and one that is invalid', async () => {
    const log: Received[] = [];
    const portkey = DIALECT_FIXTURES.find(({ dialect }) => dialect === 'portkey')!;
    const url = await start(imitation(portkey, log));
    await probe({ gatewayUrl: `${url}/v1`, apiKeyEnv: 'KEY', model: 'a ${b} c' }, { KEY: 'sk-secret' });
    const chat = { model: 'a ${b} c', messages: [expect.objectContaining({ role: 'user' })], max_tokens: 16 };
    expect(log.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['GET', '/v1/models', undefined],
      ['POST', '/v1/chat/completions', chat],
      ['POST', '/v1/chat/completions', log[1]!.body],
      ['POST', '/v1/chat/completions', { ...chat, stream: true, stream_options: { include_usage: true } }],
      ['POST', '/v1/chat/completions', { model: 'a ${b} c' }],
    ]);
    expect(new Set(log.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer sk-secret']));
    expect(secrets).toContain('sk-secret');
  });

  it.each<readonly [list: unknown, model: string]>([
    [{ data: [{ id: 'text-embedding-3-small' }, { id: 'whisper-1' }, { id: 'llama' }, { id: 'qwen' }] }, 'llama'],
    [{ data: [{ id: 'llama' }, { id: 'gpt-4o-mini' }] }, 'gpt-4o-mini'],
    [[{ id: 'llama' }], 'llama'],
    [{ data: [{ id: 7 }, null] }, 'gpt-4o-mini'],
    ['no list', 'gpt-4o-mini'],
  ])('asks a model that chats, out of %j', async (list, model) => {
    const log: Received[] = [];
    const gatewayUrl = await start(recording(log, (_, response) => void response.end(JSON.stringify(list))));
    await probe({ gatewayUrl });
    expect(log.slice(1).map(({ body }) => body?.model)).toEqual([model, model, model, model]);
  });

  it('takes our own reference gateway for a generic one, and sees its cache', async () => {
    const world = referenceWorld({
      listen: { host: '127.0.0.1', port: 0 },
      key: 'sk-demo',
      seed: 's',
      fault: undefined,
    });
    const servers = await startServerGroup(world);
    stops.push(() => void servers.stop());
    const view = await probe({ gatewayUrl: servers.gateway!, headers: [['authorization', 'Bearer sk-demo']] });
    expect(view.dialect).toBe('generic');
    const cacheOf = (wanted: string) => view.states.find(({ title }) => title === wanted)?.states.cache;
    expect([cacheOf('chat'), cacheOf('again')]).toEqual([
      { kind: 'said', value: 'miss' },
      { kind: 'said', value: 'hit' },
    ]);
    expect(secrets).toEqual(expect.arrayContaining(['Bearer sk-demo', 'sk-demo']));
  }, 20_000);

  it('goes on when an answer breaks off, and says why there is none', async () => {
    let count = 0;
    const gatewayUrl = await start((request, response) => {
      count += 1;
      if (count === 2) request.socket.destroy();
      else response.writeHead(200, { 'x-kong-request-id': 'a' }).end('{}');
    });
    const view = await probe({ gatewayUrl });
    expect(view.dialect).toBe('kong');
    expect(view.asked[1]).toMatchObject({ title: 'chat', silence: expect.stringMatching(/./) });
    expect(view.states.map(({ title }) => title)).toEqual(['models', 'again', 'streamed', 'invalid']);
  });

  it('fails as unreachable when nothing listens, or nothing answers', async () => {
    const gone = createServer();
    await new Promise<void>((listening) => gone.listen(0, '127.0.0.1', listening));
    const { port } = gone.address() as { port: number };
    await new Promise((closed) => gone.close(closed));
    await expect(probe({ gatewayUrl: `http://127.0.0.1:${port}` })).rejects.toMatchObject({ code: 'unreachable' });
    const mute = await start((request) => void request.socket.destroy());
    await expect(probe({ gatewayUrl: mute })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('answered nothing'),
    });
  });

  it.each<readonly [name: string, request: Partial<GatewayProbeRequest>]>([
    ['a URL that is none', { gatewayUrl: 'gateway' }],
    ['a variable that is not set', { apiKeyEnv: 'NOPE' }],
    ["a header that is the transport's own", { headers: [['host', 'x']] }],
  ])('refuses %s before it sends anything', async (_name, request) => {
    const log: Received[] = [];
    const gatewayUrl = await start(recording(log, (_, response) => void response.end('{}')));
    await expect(probe({ gatewayUrl, ...request })).rejects.toBeInstanceOf(ConfigError);
    expect(log).toEqual([]);
  });
});
