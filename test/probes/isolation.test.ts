import { describe, expect, it } from 'vitest';
import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import { probeNeeds } from '../../src/plan/probe-needs.ts';
import { type ProbeWorld, probeWorld } from '../support/probe-world.ts';

const TENANTS = ['a', 'b', 'c'];
const SLOS = ['isolation.leaks == 0', 'isolation.cross_hits == 0', 'isolation.auth_errors == 0'];

const probed = (world: ProbeWorld = {}, keys = '') =>
  probeWorld(
    `tenants: {${TENANTS.map((id) => `${id}: {headers: {x-tenant-id: ${id}}}`).join(', ')}}
scenarios:
  apart:
    probe: isolation
    tenants: [${TENANTS.join(', ')}]
    endpoint: chat
    body: {model: small, messages: [{role: user, content: "What do I owe? \${nonce}"}]}
    ${keys}
    slo: [${SLOS.join(', ')}]
`,
    world,
  );

const broken = (verdicts: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(verdicts).flatMap(([text, status]) => (status === 'pass' ? [] : [`${status} ${text}`]));

describe.concurrent('the isolation probe', () => {
  it.each([true, false])('passes a healthy gateway; with instruments: %s', async (instrumented) => {
    const { verdicts, run, sights } = await probed({ instrumented });
    expect(broken(verdicts)).toEqual([]);
    expect(sights.filter((sight) => !sight.startsWith('good'))).toEqual([]);
    expect(run.calls.length).toBeLessThanOrEqual(probeNeeds(run.spec).requests);
    const pairs = run.calls
      .filter(({ step }) => step === 'other')
      .map(({ group, tenant }) => {
        const owner = run.calls.find((call) => call.step === 'prime' && call.group === group)?.tenant;
        return `${owner}${tenant}`;
      });
    expect([...new Set(pairs)].sort()).toEqual(['ab', 'ac', 'ba', 'bc', 'ca', 'cb']);
  });

  it.each([true, false])('finds a cache that all tenants share; with instruments: %s', async (instrumented) => {
    const { values, verdicts, sights } = await probed({ fault: 'leak', instrumented });
    // 18 repeats of another tenant's prompt, and 6 of 9 that three tenants sent together.
    expect(values).toMatchObject({ 'isolation.cross_hits': 24, 'isolation.leaks': 18, 'isolation.auth_errors': 0 });
    expect(broken(verdicts)).toEqual(['fail isolation.leaks == 0', 'fail isolation.cross_hits == 0']);
    expect(sights).toContain('bad: b got from the cache what a had asked for, 3 of 3 times');
  });

  it('finds answers that went to another tenant under load', async () => {
    const { values, sights } = await probed({ fault: 'crossed-answers' });
    expect(values['isolation.leaks']).toBeGreaterThan(10);
    expect(sights.join('\n')).toMatch(/bad: \d+ answers hold what only another tenant had sent/);
  });

  it('finds a tenant that is refused', async () => {
    const { values, sights } = await probed({ gateway: { tenants: [{ id: 'a' }, { id: 'b' }] } }, 'mixed: 6');
    // c: 3 first requests, 6 repeats of others, 3 of its own, 3 together, 2 of the mix.
    expect(values).toMatchObject({ 'isolation.auth_errors': 17, 'isolation.cross_hits': 0 });
    expect(sights).toContain('bad: 17 requests of c were refused as unauthorized');
  });

  it('does not call a gateway without a cache safe from sharing one', async () => {
    const { verdicts } = await probed({ gateway: { cache: undefined } }, 'settle: 100ms');
    expect(broken(verdicts)).toEqual(['inconclusive isolation.cross_hits == 0']);
  });

  const OTHERS: readonly GatewayFaultName[] = ['stampede', 'temperature-blind', 'cached-errors', 'wrong-attribution'];
  it.each(OTHERS)('is not disturbed by %s', async (fault) => {
    expect(broken((await probed({ fault }, 'mixed: 12')).verdicts)).toEqual([]);
  });
});
