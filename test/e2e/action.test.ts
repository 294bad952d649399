import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FinishedJob, type JobOptions, runJob } from '../support/action-job.ts';
import { type ReferenceGateway, startReferenceGateway } from '../support/bundle-process.ts';
import { type FakeGithub, startFakeGithub } from '../support/fake-github/fake-github.ts';

const CHAT = `
version: 1
seed: the same requests every time
gateway:
  url: http://gateway.invalid
  headers: { authorization: "Bearer \${env.GATEWAY_KEY}", X-Tenant-ID: pro-tier, X-Cache-Enabled: "false" }
limits: { requests: 1000, duration: 30s, concurrency: 20 }
scenarios:
  chat:
    load: { users: 12, duration: 2500ms, warmup: 0s }
    endpoint: chat
    body: { model: gpt-4o, messages: [{ role: user, content: "Draft an answer to ticket \${seq}." }] }
    slo: [p50 < 380ms, error_rate < 5%]
regression: { metrics: [p50, error_rate], min_change: 40%, confidence: 95% }
`;
let github: FakeGithub;
let gateway: ReferenceGateway;
let slow: ReferenceGateway;
beforeAll(async () => {
  [github, gateway, slow] = await Promise.all([
    startFakeGithub(),
    startReferenceGateway(),
    startReferenceGateway('--fault', 'slow'),
  ]);
});
afterAll(async () => {
  await Promise.all([github.stop(), gateway.stop(), slow.stop()]);
});
it('probe', async () => {
  const show = (j: FinishedJob) => {
    console.log(
      j.status,
      Math.round(j.tookMs),
      j.stdout,
      j.stderr,
      JSON.stringify(j.outputs),
      j.summary.slice(0, 3000),
      JSON.stringify(j.report?.regressions),
      JSON.stringify(j.report?.scenarios[0]?.latencyMs),
    );
  };
  const env = { GATEWAY_KEY: gateway.key };
  for (const event of ['push', 'schedule', 'push', 'workflow_dispatch', 'push'] as const)
    show(await runJob(github, { event, config: CHAT, env, inputs: { 'gateway-url': gateway.url } }));
  show(await runJob(github, { event: 'pull_request', config: CHAT, env, inputs: { 'gateway-url': gateway.url } }));
  show(await runJob(github, { event: 'pull_request', config: CHAT, env, inputs: { 'gateway-url': slow.url } }));
  console.log(github.state.comments, github.state.requests, github.state.violations);
});
