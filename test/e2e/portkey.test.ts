import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newOutDir, type ReportFile, readReport, runCli } from '../support/bundle-process.ts';
import { freePorts } from '../support/free-ports.ts';
import { type RunningPortkey, startPortkey } from '../support/portkey.ts';

/** Two simulated providers of the run itself, behind Portkey: the first is down where a test says so. */
const configFor = (ports: { readonly primary: number; readonly fallback: number; readonly down: number }): string => {
  const target = (port: number) => ({
    provider: 'openai',
    custom_host: `http://127.0.0.1:${port}/v1`,
    api_key: '${env.PROVIDER_KEY}',
  });
  const single = JSON.stringify(target(ports.primary));
  const fallback = JSON.stringify({
    strategy: { mode: 'fallback', on_status_codes: [500, 502, 503] },
    targets: [target(ports.down), target(ports.fallback)],
  });
  return `
version: 1
gateway: {url: "\${env.GATEWAY_URL}", dialect: portkey}
limits: {requests: 1000, duration: 1m, concurrency: 60}
providers:
  primary: {listen: 127.0.0.1:${ports.primary}, latency: {p50: 60ms, p95: 120ms}, output_tokens: 20, token_interval: 8ms}
  fallback: {listen: 127.0.0.1:${ports.fallback}, latency: {p50: 60ms, p95: 120ms}, output_tokens: 20, token_interval: 8ms}
scenarios:
  plain:
    load: {rate: 15/s, duration: 8s, warmup: 2s}
    endpoint: chat
    headers: {x-portkey-config: '${single}'}
    body: {model: gpt-4o-mini, messages: [{role: user, content: "hello \${nonce}"}], max_tokens: 20}
    expect: {headers: {x-portkey-provider: openai}, body: {choices.0.message.content: nonempty, model: gpt-4o-mini}}
    slo: [p50 < 1s, error_rate == 0%, provider.share.openai == 100%]
  streamed:
    load: {rate: 15/s, duration: 8s, warmup: 2s}
    endpoint: chat
    stream: true
    headers: {x-portkey-config: '${single}'}
    body: {model: gpt-4o-mini, messages: [{role: user, content: "hello \${nonce}"}], max_tokens: 20}
    slo: [ttft.p50 < 1s, error_rate == 0%, truncated_streams == 0, tokens_per_second > 50/s]
  rescued:
    load: {rate: 10/s, duration: 8s, warmup: 2s}
    endpoint: chat
    headers: {x-portkey-config: '${fallback}'}
    body: {model: gpt-4o-mini, messages: [{role: user, content: "hello \${nonce}"}], max_tokens: 20}
    expect: {headers: {x-portkey-last-used-option-index: {matches: "targets\\\\[1\\\\]"}}}
    slo: [error_rate == 0%]
`;
};

let portkey: RunningPortkey;
let report: ReportFile;
let log: { readonly status: number | null; readonly stdout: string; readonly stderr: string };

const scenario = (name: string): ReportFile['scenarios'][number] =>
  report.scenarios.find((each) => each.name === name)!;

beforeAll(async () => {
  portkey = await startPortkey();
  const [primary, fallback, down] = await freePorts(3);
  const config = join(mkdtempSync(join(tmpdir(), 'gatemark-portkey-')), 'gatemark.yml');
  writeFileSync(config, configFor({ primary: primary!, fallback: fallback!, down: down! }));
  const out = newOutDir();
  const env = { GATEWAY_URL: portkey.url, PROVIDER_KEY: 'sk-provider-secret' };
  log = await runCli(['run', '--config', config, '--out', out], { env });
  report = readReport(out);
}, 120_000);

afterAll(() => portkey?.stop());

describe('a real Portkey gateway in front of the simulated provider', () => {
  it('passes', () => {
    expect(report.slos.filter((slo) => slo.verdict !== 'pass')).toEqual([]);
    expect([report.verdict, log.status]).toEqual(['pass', 0]);
  });

  it('plain: every request is answered by the model asked for, and Portkey names the provider', () => {
    const { requests, ok, providers, models } = scenario('plain');
    expect([requests, ok]).toEqual([120, 120]);
    expect(providers).toEqual({ openai: 120 });
    expect(models).toEqual({ 'gpt-4o-mini': 120 });
  });

  it('streamed: first tokens come well before the end, no stream is cut', () => {
    const { requests, ok, ttftMs, latencyMs } = scenario('streamed');
    expect([requests, ok]).toEqual([120, 120]);
    // 20 tokens at 8 ms: the end is about 150 ms behind the first.
    expect(latencyMs.p50! - ttftMs!.p50!).toBeGreaterThan(80);
  });

  it('rescued: the target that is down is replaced for every request', () => {
    expect([scenario('rescued').ok, scenario('rescued').errors]).toEqual([80, {}]);
  });

  it('the provider key is in no output', () => {
    expect(`${log.stdout}${log.stderr}${JSON.stringify(report)}`).not.toContain('sk-provider-secret');
  });
});
