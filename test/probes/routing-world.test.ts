import { describe, expect, it } from 'vitest';
import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import { fromMillis } from '../../src/model/units.ts';
import { type ProbeWorld, probeWorld } from '../support/probe-world.ts';

const SLOS = `
      - routing.max_deviation < 12%
      - routing.p_value > 0.01%
      - routing.misattributed == 0
      - routing.wrong_model == 0
      - routing.wrong_usage == 0
      - routing.forbidden_reached == 0
      - routing.forbidden_not_refused == 0`;

const probe = (fault?: GatewayFaultName, more: ProbeWorld = {}) =>
  probeWorld(
    `
tenants:
  pro: {headers: {x-tenant-id: pro}}
  free: {headers: {x-tenant-id: free}}
scenarios:
  routing:
    probe: routing
    tenants: [pro, free]
    weights: {one: 60, two: 40}
    requests: 200
    forbidden: {tenant: free, model: large}
    endpoint: chat
    body: {model: gpt-4o-mini, messages: [{role: user, content: "hello \${nonce}"}]}
    slo:${SLOS}
`,
    {
      fault,
      gateway: {
        providers: [
          { name: 'one', weight: 60 },
          { name: 'two', weight: 40 },
        ],
        models: ['gpt-4o-mini', 'large'],
        tenants: [{ id: 'pro' }, { id: 'free', allowedModels: ['gpt-4o-mini'] }],
      },
      provider: { latency: { p50: fromMillis(5), p95: fromMillis(5) } },
      ...more,
    },
  );

const notMet = (verdicts: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(verdicts).flatMap(([text, status]) => (status === 'pass' ? [] : [`${text.split(' ')[0]} ${status}`]));

describe('the routing probe on the reference gateway', () => {
  it('a healthy one keeps every promise', async () => {
    const { verdicts, run, values } = await probe();
    expect(notMet(verdicts)).toEqual([]);
    expect(run.calls).toHaveLength(203);
    expect(Number(values['provider.share.one']) + Number(values['provider.share.two'])).toBeCloseTo(1, 9);
  });

  it.each<[GatewayFaultName, readonly string[]]>([
    ['skewed-routing', ['routing.max_deviation fail', 'routing.p_value fail']],
    ['wrong-attribution', ['routing.misattributed fail']],
    ['wrong-model', ['routing.wrong_model fail']],
    ['forbidden-model', ['routing.forbidden_reached fail', 'routing.forbidden_not_refused fail']],
  ])('%s trips what it should, and nothing else', async (fault, tripped) => {
    expect(notMet((await probe(fault)).verdicts)).toEqual(tripped);
  });

  it('without instruments goes by what the answers say, and does not judge that itself', async () => {
    const { verdicts, values } = await probe(undefined, { instrumented: false });
    expect(notMet(verdicts)).toEqual(['routing.misattributed inconclusive', 'routing.wrong_usage inconclusive']);
    expect(values['routing.misattributed']).toContain('no simulated provider');
  });
});
