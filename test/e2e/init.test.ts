import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newOutDir,
  type ReferenceGateway,
  readReport,
  runCli,
  startReferenceGateway,
} from '../support/bundle-process.ts';

let gateway: ReferenceGateway;
beforeAll(async () => {
  gateway = await startReferenceGateway();
});
afterAll(() => gateway.stop());

describe('gatemark init', () => {
  it('writes files that pass validate and run', async () => {
    const folder = newOutDir();
    const env = { GATEWAY_KEY: gateway.key };
    const flags = [
      '--gateway-url',
      gateway.url,
      '--api-key-env',
      'GATEWAY_KEY',
      '--tenants',
      'pro-tier,enterprise-tier',
    ];
    const init = await runCli(['init', ...flags, '--out', folder], { env });
    expect([init.status, init.stderr]).toEqual([0, '']);
    expect(init.stdout).toMatch(
      /Asked the gateway 6 requests[\s\S]*\nchat +10\/s for 30s[\s\S]*gh secret set GATEWAY_KEY/,
    );
    expect(init.stdout).not.toContain(gateway.key);

    const config = join(folder, '.github/gatemark.yml');
    const text = readFileSync(config, 'utf8');
    const validate = await runCli(['validate', '--config', config], { env });
    expect([validate.status, validate.stderr]).toEqual([0, '']);

    const run = await runCli(['run', '--config', config, '--out', folder], { env });
    const report = readReport(folder);
    expect(report.slos.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    // A machine that is busy with something else is a finding about the machine, not about the files.
    const expected = report.generator.healthy ? [0, 'pass'] : [3, 'invalid'];
    expect([run.status, report.verdict, report.reasons]).toEqual([...expected, report.reasons]);
    expect(report.scenarios.map(({ name }) => name)).toEqual(['chat', 'models', 'embeddings', 'cache']);

    const again = await runCli(['init', ...flags, '--out', folder], { env });
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('are there already')]);
    expect(readFileSync(config, 'utf8')).toBe(text);
  }, 180_000);

  it('names the flag of a missing answer where there is no terminal', async () => {
    const { status, stderr } = await runCli(['init']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--gateway-url is missing')]);
  });
});
