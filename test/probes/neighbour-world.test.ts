import { describe, expect, it } from 'vitest';
import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { probeWorld } from '../support/probe-world.ts';

const probe = (fault?: GatewayFaultName, noise = '60/s') =>
  probeWorld(
    `
tenants: {free: {headers: {x-tenant-id: free}}, pro: {headers: {x-tenant-id: pro}}}
scenarios:
  neighbour:
    probe: neighbour
    tenants: [free, pro]
    rate: 20/s
    noise: ${noise}
    duration: 1.5s
    endpoint: chat
    body: {model: m, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - neighbour.success >= 99%
      - neighbour.p95 < 5s
      - neighbour.noise_throttled >= 20%
`,
    {
      fault,
      gateway: { tenants: [{ id: 'free', limit: { requests: 20, window: fromSeconds(2) } }, { id: 'pro' }] },
    },
  );

describe('the neighbour probe on the reference gateway', () => {
  it('a healthy one keeps the tenants apart', async () => {
    const { verdicts, values, run } = await probe();
    expect(Object.values(verdicts)).toEqual(['pass', 'pass', 'pass']);
    expect(values['neighbour.success']).toBe(1);
    expect(run.calls.filter(({ step }) => step === 'alone').length).toBe(30);
    expect(run.calls.filter(({ step }) => step === 'beside').length).toBe(30);
    const [alone, noise, beside] = ['alone', 'noise', 'beside'].map(
      (step) => run.calls.find((call) => call.step === step)!.released,
    );
    expect(alone).toBeLessThan(noise!);
    const throttled = run.calls.find((call) => call.throttled)!;
    expect(throttled.tenant).toBe('free');
    expect(throttled.end).toBeLessThanOrEqual(beside!);
  });

  it('starved-neighbour is found, and only by what it should trip', async () => {
    const { verdicts, sights } = await probe('starved-neighbour');
    const [success, p95, throttled] = Object.values(verdicts);
    expect([success, throttled]).toEqual(['fail', 'pass']);
    // A neighbour that is starved altogether has no latency.
    expect(p95).not.toBe('fail');
    expect(sights[0]).toMatch(/^bad: Beside the noise .* succeeded, alone .* %; failed: \d+ with status 429$/);
  });

  it('says nothing about a tenant that was never over its limit', async () => {
    const { verdicts, values } = await probe(undefined, '2/s');
    expect(Object.values(verdicts)).toEqual(['inconclusive', 'inconclusive', 'fail']);
    expect(values['neighbour.success']).toContain('raise noise');
  });
});

const probeEndpoint = (fault?: GatewayFaultName, model = 'm') =>
  probeWorld(
    `
scenarios:
  endpoints:
    probe: neighbour
    rate: 40/s
    noise: 30/s
    noise_request: {endpoint: embeddings, body: {model: ${model}, input: "text \${nonce}"}}
    duration: 2s
    endpoint: chat
    body: {model: m, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - neighbour.success >= 99%
      - neighbour.p95 < 1s
`,
    { fault, gateway: { providers: PROVIDERS } },
  );

const PROVIDERS = [
  { name: 'one', weight: 1, models: ['m'] },
  { name: 'two', weight: 1, models: ['m'] },
];

describe('the neighbour probe between endpoints', () => {
  it('a healthy gateway keeps them apart, with no tenant and no limit', async () => {
    const { verdicts, values, run, sights } = await probeEndpoint();
    expect(Object.values(verdicts)).toEqual(['pass', 'pass']);
    expect(values['neighbour.noise_throttled']).toBe(0);
    expect(sights.at(-1)).toMatch(/^plain: 0 of \d+ requests of the embeddings endpoint were throttled$/);
    const paths = (step: string) =>
      new Set(
        run.upstream!.flatMap(({ nonces, path }) =>
          run.calls.some((call) => call.step === step && nonces.includes(call.nonce)) ? [path] : [],
        ),
      );
    expect([...paths('noise')]).toEqual(['/v1/embeddings']);
    expect([...paths('beside'), ...paths('alone')]).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
  });

  it('starved-endpoint is found, and only by what it should trip', async () => {
    const { verdicts, sights } = await probeEndpoint('starved-endpoint');
    expect(Object.values(verdicts)).toEqual(['pass', 'fail']);
    expect(sights[0]).toMatch(/^bad: Its p95 was .* beside the noise, .* times as long as alone$/);
  });

  it('says nothing where the noise fails at once', async () => {
    const { verdicts, values } = await probeEndpoint(undefined, 'other');
    expect(Object.values(verdicts)).toEqual(['inconclusive', 'inconclusive']);
    expect(values['neighbour.success']).toMatch(/^the embeddings endpoint answered none of \d+ requests/);
  });
});
