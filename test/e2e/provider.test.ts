import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUNDLES, newOutDir, readReport, runCli, startBundle } from '../support/bundle-process.ts';

const CONFIG = `version: 1
gateway: {url: "\${env.GATEWAY_URL}", headers: {authorization: Bearer sk-demo}}
providers:
  openai-sim: {url: "\${env.OPENAI_SIM_URL}"}
  anthropic-sim: {url: "\${env.ANTHROPIC_SIM_URL}"}
scenarios:
  chat:
    load: {rate: 20/s, duration: 4s, warmup: 500ms}
    endpoint: chat
    stream: true
    body:
      model: gpt-4o-mini
      messages: [{role: user, content: "Where is my parcel? (\${nonce})"}]
      max_tokens: 20
    slo: [overhead.p50 < 100ms, overhead.ttft.p50 < 100ms]
`;

describe('simulated providers in another process', () => {
  it("tell a run the gateway's own time, and a run that cannot reach one sends no load", async () => {
    const out = newOutDir();
    const config = join(out, 'gatemark.yml');
    writeFileSync(config, CONFIG);
    const servers = startBundle(BUNDLES.cli, ['provider', '--gateway', '127.0.0.1:0']);
    try {
      let stdout = '';
      servers.child.stdout!.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
      });
      await servers.saw('gateway: http');
      const urlOf = (what: string): string => new RegExp(`^${what}: (\\S+)$`, 'm').exec(stdout)![1]!;
      const env = {
        GATEWAY_URL: urlOf('gateway'),
        OPENAI_SIM_URL: urlOf('provider openai-sim'),
        ANTHROPIC_SIM_URL: urlOf('provider anthropic-sim'),
      };
      const { stderr } = await runCli(['run', '--config', config, '--out', out], { env });
      const report = readReport(out);
      const chat = report.scenarios[0]!;
      expect([chat.upstream, stderr.includes('Error')]).toEqual([
        { hasNonce: true, joined: chat.ok, hits: 0, unseen: 0 },
        false,
      ]);
      expect(chat.ok).toBeGreaterThan(70);
      // 100 ms to the first token at least, and 10 ms for each one after it: none of it is the gateway's.
      expect(chat.overheadMs!.p50!).toBeLessThan(chat.latencyMs.p50! / 2);
      expect(report.slos.map(({ verdict }) => verdict)).not.toContain('inconclusive');

      const lost = await runCli(['run', '--config', config, '--out', newOutDir()], {
        env: { ...env, ANTHROPIC_SIM_URL: env.GATEWAY_URL },
      });
      expect([lost.status, lost.stderr]).toEqual([
        3,
        expect.stringContaining('anthropic-sim is no simulated provider'),
      ]);
    } finally {
      servers.child.kill('SIGTERM');
      await servers.finished;
    }
  });
});
