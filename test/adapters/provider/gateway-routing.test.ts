import { describe, expect, it } from 'vitest';
import type { GatewayUpstream } from '../../../src/adapters/provider/gateway-options.ts';
import { chooseRoute, createRoutingDraw } from '../../../src/adapters/provider/gateway-routing.ts';

const upstream = (name: string, weight: number): GatewayUpstream => ({ name, weight, url: `http://${name}` });
const three = [upstream('a', 3), upstream('b', 1), upstream('spare', 0)];

describe('chooseRoute', () => {
  const rows: readonly [string, { policy?: string; preference?: string; draw: number }, string, string][] = [
    ['weights, low draw', { draw: 0 }, 'a b spare', 'weighted'],
    ['weights, just inside the first', { draw: 0.74 }, 'a b spare', 'weighted'],
    ['weights, just past the first', { draw: 0.76 }, 'b a spare', 'weighted'],
    ['a weight of 0 is never drawn', { draw: 0.9999 }, 'b a spare', 'weighted'],
    ['primary has no successor', { policy: 'primary', draw: 0.9 }, 'a', 'primary'],
    ['failover keeps the configured order', { policy: 'failover', draw: 0.9 }, 'a b spare', 'primary'],
    ['a preference comes first', { preference: 'spare', draw: 0 }, 'spare a b', 'preference'],
    ['an unknown preference is none', { preference: 'nobody', draw: 0.8 }, 'b a spare', 'weighted'],
  ];
  it.each(rows)('%s', (_, { policy, preference, draw }, order, decision) => {
    const route = chooseRoute(three, { policy, preference, draw });
    expect([route.order.map(({ name }) => name).join(' '), route.decision]).toEqual([order, decision]);
  });
});

describe('routing draw', () => {
  it('is the same in every gateway with the seed, and new for each repeat of a body', () => {
    const [one, other] = [createRoutingDraw('seed'), createRoutingDraw('seed')];
    const first = [one('body'), one('body'), one('other body')];
    expect([other('body'), other('body'), other('other body')]).toEqual(first);
    expect(new Set(first).size).toBe(3);
  });

  it('spreads a single body over the providers by weight', () => {
    const draw = createRoutingDraw('seed');
    const served = Array.from(
      { length: 2_000 },
      () => chooseRoute(three, { policy: undefined, preference: undefined, draw: draw('same') }).order[0]!.name,
    );
    expect(served.filter((name) => name === 'a').length / served.length).toBeCloseTo(0.75, 1);
  });
});
