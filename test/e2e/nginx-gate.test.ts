import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newOutDir, type ReportFile, readReport, runCli } from '../support/bundle-process.ts';
import { freePorts } from '../support/free-ports.ts';
import { NGINX } from '../support/nginx.ts';
import { nginxConfig, startNginxGateway } from '../support/nginx-gateway.ts';

/** nginx as one begins with it: a provider, and another one behind it. HTTP/1.0 is the default of older versions. */
const PLAIN = `
events {}
http {
  access_log off;
  upstream providers { server 127.0.0.1:9901; server 127.0.0.1:9902 backup; }
  server { listen 127.0.0.1:9900; location / { proxy_http_version 1.0; proxy_pass http://providers; } }
}
`;

/** The providers are the run's own, started where nginx expects them. */
const configFor = ({ primary, fallback }: { readonly primary: number; readonly fallback: number }): string => {
  const body = '{model: small, temperature: 0, messages: [{role: user, content: "What is new? ${nonce}"}]}';
  const provider = 'latency: {p50: 80ms, p95: 80ms}, output_tokens: 12, token_interval: 60ms';
  return `
version: 1
gateway: {url: "\${env.GATEWAY_URL}"}
limits: {requests: 2000, duration: 3m, concurrency: 60}
tenants:
  free: {headers: {x-tenant-id: free-tier}}
  pro: {headers: {x-tenant-id: pro-tier}}
  team: {headers: {x-tenant-id: team-tier}}
providers:
  primary: {listen: 127.0.0.1:${primary}, ${provider}}
  fallback: {listen: 127.0.0.1:${fallback}, ${provider}}
scenarios:
  answers:
    probe: cache
    prompts: 16
    settle: 300ms
    endpoint: chat
    body: ${body}
    slo: [cache.hit_rate == 100%, cache.false_hits == 0, cache.amplification == 1, cache.cached_errors == 0]
  separate:
    probe: isolation
    tenants: [pro, team]
    settle: 300ms
    endpoint: chat
    body: ${body}
    slo: [isolation.leaks == 0]
  quota:
    probe: rate-limit
    tenant: free
    limit: 20
    window: 5s
    endpoint: chat
    body: ${body}
    slo: [limit.admitted in 19..21]
  rescue:
    probe: failover
    requests: 5
    faults: [429, 503, reset]
    endpoint: chat
    body: ${body}
    slo: [failover.rescued == 100%, failover.amplification <= 2]
  flow:
    probe: stream
    requests: 10
    endpoint: chat
    body: ${body}
    slo: [stream.truncated == 0, stream.buffered == 0]
`;
};

interface Gated {
  readonly status: number | null;
  readonly report: ReportFile;
  /** SLOs that did not pass, with their verdict. */
  readonly wrong: readonly string[];
}

const gate = async (nginx: string): Promise<Gated> => {
  const [primary, fallback] = await freePorts(2);
  const ports = { primary: primary!, fallback: fallback! };
  const gateway = await startNginxGateway(nginx, ports);
  try {
    const config = join(mkdtempSync(join(tmpdir(), 'gatemark-nginx-')), 'gatemark.yml');
    writeFileSync(config, configFor(ports));
    const out = newOutDir();
    const { status } = await runCli(['run', '--config', config, '--out', out], { env: { GATEWAY_URL: gateway.url } });
    const report = readReport(out);
    const wrong = report.slos.flatMap(({ verdict, text }) => (verdict === 'pass' ? [] : [`${verdict} ${text}`]));
    return { status, report, wrong };
  } finally {
    await gateway.stop();
  }
};

describe.skipIf(NGINX === undefined).concurrent('the gate on nginx, with providers of its own', () => {
  it('passes the configuration of the documentation', async () => {
    const { status, report, wrong } = await gate(nginxConfig());
    expect([wrong, report.slos.length, report.verdict, status]).toEqual([[], 10, 'pass', 0]);
  });

  it('fails nginx as one begins with it, by everything that it does not do', async () => {
    const { status, report, wrong } = await gate(PLAIN);
    expect([report.verdict, status]).toEqual(['fail', 1]);
    expect(wrong).toEqual([
      'fail cache.hit_rate == 100%',
      'inconclusive cache.false_hits == 0',
      'fail cache.amplification == 1',
      'fail limit.admitted in 19..21',
      'fail failover.rescued == 100%',
      'fail stream.buffered == 0',
    ]);
  });
});
