import { describe, expect, it } from 'vitest';
import { createRequestFactory } from '../../src/load/request-factory.ts';
import type { ScenarioPlan } from '../../src/model/plan.ts';
import { aPlan, aScenario, aTenant } from '../support/plan-builders.ts';

const factoryOf = (scenario: Partial<ScenarioPlan>, url = 'http://gateway') =>
  createRequestFactory(aPlan({ target: { url, ca: undefined }, lists: { q: ['a', 'b'] } }), aScenario(scenario));

const NONCE = { template: [{ kind: 'nonce' }] } as const;

describe('a request', () => {
  it.each([
    ['http://gateway', '/v1/chat', '/v1/chat'],
    ['http://gateway/base', '/v1/chat', '/base/v1/chat'],
    ['http://gateway/base/', 'v1?x=1', '/base/v1?x=1'],
  ])('to %s with path %s goes to %s', (url, path, expected) => {
    expect(factoryOf({ path }, url)(0).outgoing.path).toBe(expected);
  });

  it("has the scenario's headers, and the tenant's where both name one", () => {
    const scenario = {
      headers: [
        ['x-a', ['1']],
        ['x-b', ['shared']],
      ] as const,
      tenants: [
        aTenant({ id: 'free', headers: [['x-b', [{ kind: 'tenant', variable: 'id' }]]] }),
        aTenant({ id: 'pro' }),
      ],
    };
    const factory = factoryOf(scenario);
    expect(factory(0).outgoing.headers).toEqual(['x-a', '1', 'x-b', 'free']);
    expect(factory(1).outgoing.headers).toEqual(['x-a', '1', 'x-b', 'shared']);
    expect([0, 1, 2, 3].map((index) => factory(index).tenant)).toEqual([0, 1, 0, 1]);
    expect(factory(2).outgoing.headers).toBe(factory(0).outgoing.headers);
  });

  it('names its JSON body unless the configuration does', () => {
    const body = { object: [] };
    expect(factoryOf({ body })(0).outgoing).toMatchObject({
      headers: ['content-type', 'application/json'],
      body: '{}',
    });
    expect(factoryOf({ body, headers: [['content-type', ['text/x']]] })(0).outgoing.headers).toEqual([
      'content-type',
      'text/x',
    ]);
    expect(factoryOf({})(0).outgoing).toMatchObject({ headers: [], body: undefined });
  });

  it('is the same for the same index, whatever was rendered before', () => {
    const scenario: Partial<ScenarioPlan> = {
      headers: [['x-id', [{ kind: 'uuid' }]]],
      body: {
        object: [
          ['n', NONCE],
          ['q', { template: [{ kind: 'pick', list: 'q' }, ' ', { kind: 'int', min: 1, max: 9 }] }],
        ],
      },
    };
    const [one, two] = [factoryOf(scenario), factoryOf(scenario)];
    const seven = one(7);
    for (let index = 0; index < 7; index++) two(index);
    expect(two(7)).toEqual(seven);
    expect(one(8).outgoing).not.toEqual(seven.outgoing);
  });

  it('renders what is expected of its response with the same nonce', () => {
    const expectation = {
      status: [200],
      headers: [{ name: 'x-nonce', matcher: { kind: 'equals', value: NONCE } }],
      body: [{ path: 'model', matcher: { kind: 'oneOf', values: [{ template: ['m'] }, 7] } }],
    } as const;
    const factory = factoryOf({ body: NONCE, expect: expectation });
    const { outgoing, reader } = factory(3);
    expect(reader.expected).toEqual({
      status: [200],
      headers: [{ name: 'x-nonce', matcher: { kind: 'equals', value: JSON.parse(outgoing.body!) } }],
      body: [{ path: 'model', matcher: { kind: 'oneOf', values: ['m', 7] } }],
    });
    expect(factory(4).reader.expected).not.toEqual(reader.expected);
  });

  it('shares an expectation that is the same for every request of a tenant', () => {
    const value = { template: [{ kind: 'tenant', variable: 'model' }] } as const;
    const factory = factoryOf({
      tenants: [aTenant({ id: 'a', vars: { model: 'x' } }), aTenant({ id: 'b', vars: { model: 'y' } })],
      expect: { status: [200], headers: [], body: [{ path: 'model', matcher: { kind: 'equals', value } }] },
    });
    expect(factory(2).reader).toBe(factory(0).reader);
    expect(factory(1).reader.expected.body).toEqual([{ path: 'model', matcher: { kind: 'equals', value: 'y' } }]);
  });

  it.each([
    ['chat', 3 + 50],
    ['custom', 50],
  ] as const)('of %s can cost at most %d tokens', (endpoint, worst) => {
    const body = { template: ['12345678'] };
    expect(factoryOf({ endpoint, body, maxCompletionTokens: 50 })(0).worstTokens).toBe(worst);
  });
});
