import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTruthServer, type TruthServer } from '../../bench/engine/start-server.ts';
import type { TrueRequest } from '../../bench/engine/truth-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'truth-server-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (server: TruthServer, body: object): Promise<Response> =>
  fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) });

// Without a C compiler, both are the one in TypeScript.
describe.each(['C', 'TypeScript'] as const)('the truth server in %s', (language) => {
  let server: TruthServer;
  beforeAll(async () => {
    server = await startTruthServer(folder, language);
  });
  afterAll(() => server.close());

  const onlyCall = async (): Promise<TrueRequest> => {
    const log = await server.log();
    expect(log).toHaveLength(1);
    return log[0]!;
  };

  it('answers after its delay, and logs who asked', async () => {
    await server.prepare({ delay: 30_000 });
    const before = Number(process.hrtime.bigint()) / 1_000;
    const response = await ask(server, { user: 'r42' });
    expect(await response.json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
    const after = Number(process.hrtime.bigint()) / 1_000;
    const call = await onlyCall();
    expect(call).toMatchObject({ id: 42, tokens: [] });
    expect(call.received).toBeGreaterThan(before);
    expect(call.last).toBeLessThan(after);
    expect(call.last - call.received).toBeGreaterThanOrEqual(30_000);
  });

  it('streams as many tokens as were asked for, at their interval', async () => {
    await server.prepare({ delay: 1_000, interval: 5_000 });
    const text = await (await ask(server, { user: 'r7', stream: true, max_tokens: 4 })).text();
    expect(text.match(/" word"/g)).toHaveLength(4);
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    const { tokens, received, first, last, id } = await onlyCall();
    expect(id).toBe(7);
    expect(tokens).toHaveLength(4);
    expect([tokens[0], tokens[3]]).toEqual([first, last]);
    // A busy machine may send the first one late; none is ever early.
    expect(last - received).toBeGreaterThanOrEqual(16_000);
  });

  it('lets nothing out during a stall, which its log shows', async () => {
    await server.prepare({ delay: 1_000 });
    await server.stall(80_000, 2);
    for (const user of ['r1', 'r2', 'r3']) await (await ask(server, { user })).text();
    const times = (await server.log()).map(({ received, last }) => last - received);
    expect(times[0]).toBeLessThan(80_000);
    expect(times[1]).toBeGreaterThanOrEqual(79_000);
  });

  it('has forgotten all of it after a reset', async () => {
    await server.prepare({ delay: 0 });
    expect(await server.log()).toEqual([]);
  });

  it('takes a request in pieces, and the next one behind it', async () => {
    await server.prepare({ delay: 0 });
    const one = 'POST / HTTP/1.1\r\nContent-Length: 13\r\n\r\n{"user":"r1"}';
    const answers = await raw(server.url, [one.slice(0, 30), one.slice(30) + one.replace('r1', 'r2')]);
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect((await server.log()).map(({ id }) => id)).toEqual([1, 2]);
  });
});

/** Writes pieces to a connection and resolves with what came back, once it holds two answers. */
const raw = async (url: string, pieces: readonly string[]): Promise<string> => {
  const { connect } = await import('node:net');
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  for await (const bytes of socket) {
    text += (bytes as Buffer).toString();
    if (text.split('"total_tokens"').length > 2) break;
  }
  return text;
};

it('ends with its standard input', async () => {
  const script = join(import.meta.dirname, '../../bench/engine/truth-server.ts');
  const child = spawn(process.execPath, [script, join(folder, 'unused.log')], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end();
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  expect(() => readFileSync(join(folder, 'unused.log'))).toThrow();
});
