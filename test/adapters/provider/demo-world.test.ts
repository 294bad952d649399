import { afterEach, describe, expect, it } from 'vitest';
import { DEMO_CONFIG } from '../../../src/adapters/provider/demo-config.ts';
import { DEMO_KEY, demoWorld } from '../../../src/adapters/provider/demo-world.ts';
import { startServerGroup } from '../../../src/adapters/provider/server-group.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import type { Arrival } from '../../../src/model/arrival.ts';
import { chat, createStage, send } from './exchange.ts';

const stage = createStage();
afterEach(stage.stopAll);

const read = () => {
  const env: Readonly<Record<string, string>> = {
    GATEWAY_URL: 'http://127.0.0.1:1',
    GATEWAY_KEY: DEMO_KEY,
    OPENAI_SIM_URL: 'http://127.0.0.1:2',
    ANTHROPIC_SIM_URL: 'http://127.0.0.1:3',
  };
  const result = readConfig({
    file: 'demo',
    text: DEMO_CONFIG,
    env: (name) => env[name],
    readFile: () => undefined,
    profile: undefined,
    overrides: {},
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
};

const open = async () => {
  const group = stage.keep(await startServerGroup(demoWorld(undefined)));
  const ask = (tenant: string, body: object, headers = {}) =>
    send(group.gateway!, { body, headers: { authorization: `Bearer ${DEMO_KEY}`, 'x-tenant-id': tenant, ...headers } });
  return { group, ask };
};

const requestsOf = (arrival: Arrival, warmup: number): number =>
  arrival.kind === 'constant-rate' ? (arrival.rate * (arrival.duration + warmup)) / 1e6 : Number.NaN;

describe('the demo configuration', () => {
  it('is valid, without a warning, and its bounds leave room for all of its arrivals', () => {
    const { config, warnings } = read();
    expect(warnings).toEqual([]);
    const requests = config.loads.reduce((sum, { arrival, warmup }) => sum + requestsOf(arrival, warmup), 0);
    expect(requests * 1.1).toBeLessThan(config.limits.requests);
  });

  it('has a promise of every kind that a gateway can break', () => {
    const subjects = read().config.scenarios.flatMap(({ slos }) => slos.map((slo) => slo.subject));
    const kinds = subjects.map((subject) => (subject.kind === 'rate' ? `${subject.kind} ${subject.of}` : subject.kind));
    expect(new Set(kinds)).toEqual(
      new Set(['quantile', 'rate error', 'rate throttled', 'rate hit', 'cache-delta', 'share', 'per-second', 'probe']),
    );
  });

  it('has tenants and providers that its gateway knows', () => {
    const { gateway, providers } = demoWorld(undefined);
    const known = gateway!.tenants!.map(({ id }) => id);
    for (const { headers } of read().config.tenants) expect(known).toContain(headers[0]!.source);
    const shares = [...DEMO_CONFIG.matchAll(/provider\.share\.(\S+)/g)].map((match) => match[1]);
    expect(providers.map(({ name }) => name)).toEqual(expect.arrayContaining(shares));
    expect(read().config.providers.map(({ name }) => name)).toEqual(providers.map(({ name }) => name));
  });
});

describe('the demo world', () => {
  it('gives each tenant its model, and takes no other key', async () => {
    const { group, ask } = await open();
    const model = async (tenant: string) => (await ask(tenant, chat('x', { model: 'gpt-4o' }))).reading.model;
    expect(await Promise.all(['free', 'pro', 'team'].map(model))).toEqual(['gpt-4o-mini', 'gpt-4o', 'gpt-4o-mini']);
    expect((await send(group.gateway!, { body: chat('x') })).status).toBe(401);
  });

  it('has a provider that fails now and then, and a gateway that hides it', async () => {
    const { group, ask } = await open();
    const first = { 'x-provider-preference': 'openai-sim' };
    const tickets = Array.from({ length: 60 }, (_, index) => chat(`ticket gm-${index}`));
    const all = await Promise.all(tickets.map((ticket) => ask('pro', ticket, first)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    expect(group.ask('count', { provider: 'openai-sim' }).failed).toBeGreaterThan(0);
  });

  it('plants the fault that it is told to', () => {
    expect(demoWorld('stampede').gateway?.fault).toBe('stampede');
  });
});
