import { describe, expect, it } from 'vitest';
import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import type { LimitAlgorithm } from '../../src/adapters/provider/limiter.ts';
import { fromSeconds } from '../../src/model/units.ts';
import type { ProbedWorld } from '../support/probe-gateway.ts';
import { probeWorld } from '../support/probe-world.ts';

const CONFIG = `
tenants: {free: {headers: {x-tenant-id: free}}}
scenarios:
  quota:
    probe: rate-limit
    tenant: free
    limit: 12
    window: 4s
    endpoint: chat
    body: {model: m, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:
      - limit.admitted in 11..13
      - limit.unexpected_status == 0
      - limit.retry_after_error < 1s
      - limit.missing_retry_after == 0
      - limit.headers_wrong == 0
      - limit.rejection.p95 < 3s
`;

const probe = (algorithm: LimitAlgorithm, fault?: GatewayFaultName): Promise<ProbedWorld> =>
  probeWorld(CONFIG, {
    fault,
    gateway: { tenants: [{ id: 'free', limit: { requests: 12, window: fromSeconds(4), algorithm } }] },
  });

const notMet = ({ verdicts }: ProbedWorld): readonly string[] =>
  Object.entries(verdicts).flatMap(([text, status]) => (status === 'pass' ? [] : [`${text}: ${status}`]));

describe('the rate-limit probe on the reference gateway', () => {
  it.concurrent.each<LimitAlgorithm>(['fixed-window', 'sliding-window', 'token-bucket'])(
    'a healthy %s keeps every promise',
    async (algorithm) => {
      const world = await probe(algorithm);
      expect(notMet(world)).toEqual([]);
      expect(world.values['limit.admitted']).toBe(12);
    },
  );

  it.concurrent.each<[GatewayFaultName, LimitAlgorithm, readonly string[]]>([
    ['bad-429', 'fixed-window', ['limit.unexpected_status == 0: fail']],
    ['loose-limit', 'token-bucket', ['limit.admitted in 11..13: fail']],
    ['lying-retry-after', 'fixed-window', ['limit.retry_after_error < 1s: fail']],
    ['truncate', 'token-bucket', []],
  ])('%s trips its own promise only', async (fault, algorithm, tripped) => {
    expect(notMet(await probe(algorithm, fault))).toEqual(tripped);
  });
});
