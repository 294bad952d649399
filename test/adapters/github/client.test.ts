import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/adapters/github/client.ts';
import { describeFailure } from '../../../src/adapters/github/failure.ts';
import { close, listen } from '../../support/fake-github/rest-server.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await close(server);
});

const start = async (server: Server): Promise<string> => {
  servers.push(server);
  return listen(server);
};

describe('the client', () => {
  it('gives up on an answer that never comes, and asks again', async () => {
    let asked = 0;
    const apiUrl = await start(
      createServer((_, response) => {
        asked += 1;
        if (asked > 1) response.setHeader('content-type', 'application/json').end('{"id": 1}');
      }),
    );
    const waits: number[] = [];
    const client = createClient({ token: 'x', apiUrl, timeoutMs: 2_000, sleep: async (ms) => waits.push(ms) });
    expect((await client.request('GET /thing')).data).toEqual({ id: 1 });
    expect([asked, waits]).toEqual([2, [1_000]]);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['never ends', (response) => response.write('[')],
    ['is cut off', (response) => response.write('[', () => response.destroy())],
    ['is empty', (response) => response.end()],
  ])('does not take a list whose body %s for an empty one', async (_, answer) => {
    const apiUrl = await start(
      createServer((__, response) => answer(response.writeHead(200, { 'content-type': 'application/json' }))),
    );
    const client = createClient({ token: 'x', apiUrl, timeoutMs: 100, sleep: async () => undefined });
    await expect(client.paginate('GET /things')).rejects.toThrow();
  });

  it('bounds its waits over all requests together', async () => {
    const apiUrl = await start(createServer((_, response) => response.writeHead(429, { 'retry-after': '50' }).end()));
    let waited = 0;
    const client = createClient({
      token: 'x',
      apiUrl,
      sleep: async (ms) => {
        waited += ms;
      },
    });
    for (let i = 0; i < 3; i += 1) await expect(client.request('GET /thing')).rejects.toThrow();
    expect(waited).toBe(150_000);
  });

  it('says in one line what went wrong, without the token', async () => {
    const apiUrl = await start(createServer((_, response) => response.destroy()));
    const client = createClient({ token: 'ghs_secretToken', apiUrl, sleep: async () => undefined });
    const failure = await client.request('POST /thing').then(
      () => undefined,
      (error) => describeFailure(error),
    );
    expect(failure).toEqual({ status: undefined, text: expect.stringMatching(/^.+$/) });
    expect(JSON.stringify(failure)).not.toContain('ghs_secretToken');
  });
});
