import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Finished,
  newOutDir,
  type ReferenceGateway,
  type ReportFile,
  readReport,
  runCli,
  startReferenceGateway,
} from '../support/bundle-process.ts';

/** Every folder with a configuration; all are run as they are shipped. */
const EXAMPLES = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`examples/${entry.name}`).includes('gatemark.yml'))
  .map((entry) => entry.name);

const gateways: ReferenceGateway[] = [];
const results = new Map<string, { readonly finished: Finished; readonly report: ReportFile }>();

const scenario = (example: string, name: string): ReportFile['scenarios'][number] =>
  results.get(example)!.report.scenarios.find((each) => each.name === name)!;

beforeAll(async () => {
  // Together, as each is a few requests a second; each on a gateway of its own, so that none uses up another's limits.
  await Promise.all(
    EXAMPLES.map(async (example) => {
      const gateway = await startReferenceGateway();
      gateways.push(gateway);
      const out = newOutDir();
      const env = { GATEWAY_URL: gateway.url, GATEWAY_KEY: gateway.key };
      const finished = await runCli(['run', '--config', `examples/${example}/gatemark.yml`, '--out', out], { env });
      results.set(example, { finished, report: readReport(out) });
    }),
  );
}, 120_000);

afterAll(() => Promise.all(gateways.map((gateway) => gateway.stop())));

describe('the examples', () => {
  it('are the four workloads', () => {
    expect(EXAMPLES).toEqual(['basic-chat', 'embeddings-and-failover', 'multi-tenant-routing', 'response-cache']);
  });

  it.each(EXAMPLES)('%s passes on the reference gateway, every SLO decided', (example) => {
    const { finished, report } = results.get(example)!;
    expect(report.slos.filter((slo) => slo.verdict !== 'pass')).toEqual([]);
    expect([report.verdict, report.reasons]).toEqual(['pass', report.reasons]);
    expect([finished.status, finished.stderr.includes('sk-test-key')]).toEqual([0, false]);
  });

  it('basic-chat: 25 users of three tenants, in rotation', () => {
    const { tenants, requests, status } = scenario('basic-chat', 'chat');
    expect(Object.keys(tenants)).toEqual(['free', 'pro', 'enterprise']);
    const perTenant = Object.values(tenants).map((tenant) => tenant.requests);
    // In rotation as requests are made; those made in the warm-up and sent after it shift the shares a little.
    expect(Math.max(...perTenant) - Math.min(...perTenant)).toBeLessThan(requests / 10);
    // 25 users with about 2.3 s a turn over 30 s.
    expect(requests).toBeGreaterThan(200);
    expect(requests).toBeLessThan(450);
    expect(Object.keys(status)).toEqual(['200']);
  });

  it('multi-tenant-routing: chat to models is 3 to 1, and the free tenant is refused premium models', () => {
    const [chat, models] = [scenario('multi-tenant-routing', 'chat'), scenario('multi-tenant-routing', 'models')];
    expect(chat.requests / models.requests).toBeGreaterThan(2.6);
    expect(chat.requests / models.requests).toBeLessThan(3.4);
    expect(Object.keys(chat.models!).sort()).toEqual(['claude-3-5-sonnet', 'gpt-4o-mini']);
    // The free tenant is near its limit: some of the refusals may be 429.
    const refused = scenario('multi-tenant-routing', 'forbidden-model').status;
    expect(Object.keys(refused).filter((code) => code !== '403' && code !== '429')).toEqual([]);
    expect(refused['403']! + (refused['429'] ?? 0)).toBe(60);
  });

  it('response-cache: cacheable to dynamic is 4 to 2, hits and misses apart', () => {
    const [cacheable, dynamic] = [scenario('response-cache', 'cacheable'), scenario('response-cache', 'dynamic')];
    expect(cacheable.requests / dynamic.requests).toBeGreaterThan(1.9);
    expect(cacheable.requests / dynamic.requests).toBeLessThan(2.1);
    expect(cacheable.cache!.hits).toBeGreaterThan(200);
    // 5 questions from 4 zones; identical cold requests on the way together may be answered by one call.
    expect(cacheable.cache!.misses).toBeGreaterThanOrEqual(20);
    expect(dynamic.cache!.hits).toBe(0);
  });

  it('embeddings-and-failover: 3 to 2, and the fallback serves what the primary failed', () => {
    const embeddings = scenario('embeddings-and-failover', 'embeddings');
    const chat = scenario('embeddings-and-failover', 'failover-chat');
    expect([embeddings.requests, chat.requests]).toEqual([360, 240]);
    expect(chat.ok).toBe(240);
    // The primary answers 5 % with 503.
    expect(chat.providers['anthropic-sim']).toBeGreaterThan(0);
    expect(chat.providers['openai-sim']).toBeGreaterThan(200);
  });
});
