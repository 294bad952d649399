import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { nodeFiles } from '../../src/adapters/files/node-files.ts';
import { createSocketTransport } from '../../src/adapters/http/socket-transport.ts';
import { referenceWorld } from '../../src/adapters/provider/reference-world.ts';
import { startServerGroup } from '../../src/adapters/provider/server-group.ts';
import { type InitRequest, type InitResult, initGate } from '../../src/app/init.ts';
import { ConfigError } from '../../src/model/errors.ts';
import { SETUP_FILES } from '../../src/setup/setup.ts';
import { configOf } from '../config/load-config.ts';
import { startCountingServer } from '../support/counting-server.ts';
import { lintWorkflow } from '../support/lint-workflow.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const startGateway = async (): Promise<string> => {
  const listen = { host: '127.0.0.1', port: 0 };
  const servers = await startServerGroup(referenceWorld({ listen, key: 'sk-demo-key', seed: 's', fault: undefined }));
  stops.push(() => servers.stop());
  return servers.gateway!;
};

const start = async (listener: RequestListener) => {
  const server = await startCountingServer(listener);
  stops.push(server.stop);
  return server;
};

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'gatemark-init-'));

const init = (
  request: Partial<InitRequest> & { readonly gatewayUrl: string; readonly folder: string },
  env: Readonly<Record<string, string>> = {},
): Promise<InitResult> => {
  const clock = createSystemClock();
  return initGate(
    {
      baselineUrl: undefined,
      apiKeyEnv: undefined,
      headers: [],
      model: undefined,
      dialect: undefined,
      tenants: [],
      baseline: 'stored',
      force: false,
      probe: true,
      ...request,
    },
    {
      files: nodeFiles,
      env: (name) => env[name],
      readBeside: () => undefined,
      newId: () => 'id-1',
      onSecrets: () => {},
      exists: existsSync,
      clock,
      connect: (target) => createSocketTransport(target, clock),
    },
  );
};

const textsIn = (folder: string): readonly (string | undefined)[] =>
  Object.values(SETUP_FILES).map((path) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined,
  );

const NOTHING = [undefined, undefined];

describe('initGate', () => {
  it('writes what the reference gateway can do, and no secret', async () => {
    const folder = newFolder();
    const env = { GATEWAY_KEY: 'sk-demo-key' };
    const { setup, files, prepared, probed } = await init(
      {
        gatewayUrl: await startGateway(),
        folder,
        apiKeyEnv: 'GATEWAY_KEY',
        headers: [['x-internal-token', 'tok-123456']],
        tenants: ['free-tier', 'pro-tier'],
      },
      env,
    );
    expect(files).toEqual(Object.values(SETUP_FILES).map((path) => join(folder, path)));
    expect(probed?.asked.map(({ title, status }) => [title, status])).toEqual([
      ['models', 200],
      ['chat', 200],
      ['again', 200],
      ['streamed', 200],
      ['invalid', 400],
    ]);
    expect(setup).toMatchObject({ dialect: 'generic', model: 'gpt-4o-mini' });
    expect(setup.sights).toMatchObject({
      caches: true,
      embeddings: undefined,
      limit: { requests: 60, window: undefined },
    });
    const { chat, firstContent } = setup.sights!;
    expect(firstContent).toBeGreaterThan(20_000);
    expect(chat).toBeGreaterThan(firstContent!);
    expect(prepared.plan.scenarios.map(({ name }) => name)).toEqual(['chat', 'models']);
    const [config, workflow] = textsIn(folder);
    expect(
      configOf(config!, { env: { ...env, X_INTERNAL_TOKEN: 'tok-123456' } }).scenarios.map(({ name }) => name),
    ).toEqual(['chat', 'models']);
    expect(await lintWorkflow(workflow!, SETUP_FILES.workflow)).toEqual([]);
    for (const secret of ['sk-demo-key', 'tok-123456']) expect(config! + workflow!).not.toContain(secret);
  }, 30_000);

  it('asks as the first tenant, for an embedding where one is to be had', async () => {
    const headers = [['authorization', 'Bearer sk-demo-key']] as const;
    const { setup, prepared } = await init({
      gatewayUrl: await startGateway(),
      folder: newFolder(),
      headers,
      tenants: ['pro-tier', 'free-tier'],
    });
    expect(setup.sights).toMatchObject({ embeddings: { model: 'text-embedding-3-small' }, limit: undefined });
    expect(prepared.plan.scenarios.map(({ name }) => name)).toEqual(['chat', 'models', 'embeddings']);
    expect(prepared.plan.probes.map(({ scenario }) => scenario.name)).toEqual(['cache']);
  }, 30_000);

  it('leaves files that are there alone, names them, and sends nothing; --force replaces them', async () => {
    const folder = newFolder();
    const { url, seen } = await start((_, response) => void response.end('{}'));
    for (const path of Object.values(SETUP_FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), 'mine');
    }
    await expect(init({ gatewayUrl: url, folder })).rejects.toMatchObject({
      code: 'usage',
      message: `${join(folder, SETUP_FILES.config)} and ${join(folder, SETUP_FILES.workflow)} are there already: nothing was written`,
    });
    expect([textsIn(folder), seen.requests]).toEqual([['mine', 'mine'], 0]);
    await init({ gatewayUrl: url, folder, force: true, probe: false });
    expect(textsIn(folder)).not.toContain('mine');
  });

  it('writes neither file where one of them is there', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    writeFileSync(join(folder, SETUP_FILES.workflow), 'mine');
    await expect(init({ gatewayUrl: 'http://127.0.0.1:1', folder, probe: false })).rejects.toThrow(
      /workflows\/gatemark\.yml is there already/,
    );
    expect(textsIn(folder)).toEqual([undefined, 'mine']);
  });

  it('sends nothing without the probe, and needs no key then', async () => {
    const { url, seen } = await start((_, response) => void response.end('{}'));
    const folder = newFolder();
    const { setup, probed } = await init({ gatewayUrl: url, folder, apiKeyEnv: 'GATEWAY_KEY', probe: false });
    expect([seen.requests, probed, setup.sights, setup.dialect]).toEqual([0, undefined, undefined, 'generic']);
    expect(textsIn(folder)).not.toContain(undefined);
  });

  it('plans both gateways where they are compared side by side', async () => {
    const { prepared } = await init({
      gatewayUrl: 'http://127.0.0.1:8080',
      folder: newFolder(),
      baseline: 'live',
      probe: false,
    });
    expect(prepared.plan.baseline?.target.url).toBe('http://127.0.0.1:8081');
  });

  it.each<readonly [name: string, request: Partial<InitRequest>, message: RegExp]>([
    ['the key is not set', { apiKeyEnv: 'NO_SUCH_KEY' }, /NO_SUCH_KEY, which --api-key-env names, is not set/],
    ['the gateway refuses the chat', {}, /answered a chat with 401, and no sound answer: nothing was written/],
  ])('writes nothing when %s', async (_, request, message) => {
    const { url } = await start((_request, response) => void response.writeHead(401).end('{"error": {}}'));
    const folder = newFolder();
    await expect(init({ gatewayUrl: url, folder, ...request })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('--no-probe'),
    });
    expect(textsIn(folder)).toEqual(NOTHING);
  });

  it.each<readonly [name: string, request: Partial<InitRequest>]>([
    ['authorization is given twice', { apiKeyEnv: 'KEY', headers: [['authorization', 'Bearer x']] }],
    ['a header has a line break', { headers: [['x-a', 'b\nc']] }],
    ['a header is the transport’s own', { headers: [['content-length', '1']] }],
    ['a header is no header', { headers: [['a b', 'c']] }],
  ])('writes nothing when %s', async (_, request) => {
    const folder = newFolder();
    await expect(
      init({ gatewayUrl: 'http://127.0.0.1:1', folder, probe: false, ...request }, { KEY: 'k' }),
    ).rejects.toBeInstanceOf(ConfigError);
    expect(textsIn(folder)).toEqual(NOTHING);
  });
});
