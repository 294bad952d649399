import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { policyOf } from '../../src/plan/policy-of.ts';
import { configOf, PRODUCT, PRODUCT_WORLD, readSound } from '../config/load-config.ts';

const planOf = (text: string, world = {}): Plan => {
  const result = planRun(configOf(text, world), { seed: 'chosen' });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.plan;
};

/** One scenario of the kind, against a URL. */
const ONE = (scenario: string, url = 'http://127.0.0.1:8080', rest = ''): string => `version: 1
gateway: {url: "${url}", headers: {X-Key: key, x-both: gateway}}
tenants: {small: {vars: {most: 50}}, large: {vars: {most: 90}}}
scenarios:
  a: {load: {rate: 1/s}, ${scenario}}
${rest}`;

const scenarioOf = (scenario: string, url?: string) => planOf(ONE(scenario, url)).scenarios[0]!;

describe('a plan', () => {
  it('of the documentation has its load and its probes', () => {
    const plan = planOf(PRODUCT, PRODUCT_WORLD);
    expect(plan.scenarios.map(({ name }) => name)).toEqual(['chat']);
    expect(plan.probes.map(({ scenario, spec }) => [scenario.name, spec.kind, scenario.slos.length])).toEqual([
      ['faq-cache', 'cache', 4],
      ['quota', 'rate-limit', 3],
    ]);
    expect(plan.target).toEqual({ url: 'https://gateway.example/v1', ca: undefined, http2: false });
    expect(plan.dialect.name).toBe('generic');
  });

  it('asks a cache to be passed by as the dialect has it, unless the probe says how', () => {
    const bypassOf = (dialect: string, keys = '') => {
      const [probe] = planOf(`version: 1
gateway: {url: "http://h", dialect: ${dialect}}
scenarios: {p: {probe: cache, endpoint: chat, body: {q: "\${nonce}"}${keys}}}
`).probes;
      return probe?.spec.kind === 'cache' ? probe.spec.bypass : undefined;
    };
    expect(bypassOf('litellm')).toEqual([{ body: 'cache.no-cache', value: true }]);
    expect(bypassOf('litellm', ', bypass: {X-No: 1}')).toEqual([{ header: 'x-no', value: '1' }]);
    expect(bypassOf('envoy')).toEqual([]);
  });

  it('is plain data', () => {
    const plan = planOf(PRODUCT, PRODUCT_WORLD);
    expect(structuredClone(plan)).toEqual(plan);
  });

  it('takes the seed of the configuration, else the one handed in', () => {
    expect(planOf(ONE('endpoint: models')).seed).toBe('chosen');
    expect(planOf(ONE('endpoint: models', undefined, 'seed: 42\n')).seed).toBe('42');
  });

  it('knows the tenants in the order in which the scenario names them', () => {
    const tenants = scenarioOf('endpoint: models, tenants: [large, small]').tenants;
    expect(tenants.map(({ id }) => id)).toEqual(['large', 'small']);
  });

  it('reports an unknown dialect where nobody did before', () => {
    const config = {
      ...configOf(ONE('endpoint: models')),
      gateway: { ...configOf(ONE('endpoint: models')).gateway, dialect: 'nope' },
    };
    const result = planRun(config, { seed: '1' });
    expect(result.ok ? [] : result.problems).toMatchObject([
      { file: 'gatemark.yml', line: 2, path: 'gateway.dialect', received: '"nope"' },
    ]);
  });
});

describe('what goes without saying', () => {
  it.each([
    ['chat, body: {}', 'POST', '/v1/chat/completions'],
    ['responses, body: {}', 'POST', '/v1/responses'],
    ['messages, body: {}', 'POST', '/v1/messages'],
    ['embeddings, body: {}', 'POST', '/v1/embeddings'],
    ['models', 'GET', '/v1/models'],
    ['{method: delete, path: /v1/x?y=1}', 'DELETE', '/v1/x?y=1'],
  ])('endpoint: %s', (endpoint, method, path) => {
    expect(scenarioOf(`endpoint: ${endpoint}`)).toMatchObject({ method, path });
  });

  it.each([
    ['http://h/v1', 'models', '/models'],
    ['http://h/api/v1/', 'models', '/models'],
    ['http://h/api', 'models', '/v1/models'],
    ['http://h/v1', '{method: GET, path: /v1/x}', '/x'],
    ['http://h/v1', '{method: GET, path: /health}', '/health'],
    ['http://h/v1', '{method: GET, path: /v1beta/x}', '/v1beta/x'],
    ['http://h/xv1', 'models', '/v1/models'],
  ])('below %s, endpoint %s', (url, endpoint, path) => {
    expect(scenarioOf(`endpoint: ${endpoint}`, url).path).toBe(path);
  });

  it('headers: the scenario over the gateway over the content type, in lower case', () => {
    const headers = 'headers: {X-Both: scenario, Content-Type: application/x-json}';
    expect(scenarioOf(`endpoint: chat, body: {}, ${headers}`).headers).toEqual([
      ['content-type', ['application/x-json']],
      ['x-key', ['key']],
      ['x-both', ['scenario']],
    ]);
    expect(scenarioOf('endpoint: models').headers.map(([name]) => name)).toEqual(['x-key', 'x-both']);
    expect(scenarioOf('endpoint: chat, body: {}').headers[0]).toEqual(['content-type', ['application/json']]);
  });

  it.each([
    [
      'chat',
      '{}',
      [
        ['stream', true],
        ['stream_options', { object: [['include_usage', true]] }],
      ],
    ],
    [
      'chat',
      '{stream_options: {a: 1}}',
      [
        ['stream_options', { object: [['a', 1]] }],
        ['stream', true],
      ],
    ],
    ['messages', '{stream: true}', [['stream', true]]],
    ['responses', '{}', [['stream', true]]],
  ])('a stream of %s with the body %s', (endpoint, body, members) => {
    expect(scenarioOf(`endpoint: ${endpoint}, stream: true, body: ${body}`).body).toEqual({ object: members });
  });

  it.each([
    ['chat', '{}', 1_024],
    ['chat', '{max_tokens: 180}', 180],
    ['chat', '{max_tokens: 180, max_completion_tokens: 200}', 200],
    ['chat', '{max_tokens: 180, n: 3}', 540],
    ['responses', '{max_output_tokens: 7}', 7],
    ['chat', '{max_tokens: "${int 10 99}"}', 99],
    ['chat', '{max_tokens: "${tenant.most}"}', 90],
    ['messages', '{max_tokens: "many"}', 1_024],
    ['embeddings', '{}', 0],
  ])('completion tokens of %s with the body %s', (endpoint, body, tokens) => {
    const scenario = `endpoint: ${endpoint}, tenants: [small, large], body: ${body}`;
    expect(scenarioOf(scenario).maxCompletionTokens).toBe(tokens);
  });
});

describe('the policy', () => {
  it('has the SLOs of all scenarios, probes included, and the defaults of the method', () => {
    const policy = policyOf(readSound(PRODUCT, PRODUCT_WORLD).config, ['slo']);
    expect(policy.scenarios.map(({ name, slos }) => [name, slos.length])).toEqual([
      ['chat', 5],
      ['faq-cache', 4],
      ['quota', 3],
    ]);
    expect(policy.failOn).toEqual(['slo']);
    const samples = new Map(policy.minSamples.map(({ quantile, samples: count }) => [quantile, count]));
    expect([samples.get(0.95), samples.get(0.99)]).toEqual([100, 500]);
    const bare = policyOf(configOf(ONE('endpoint: models')), []);
    expect(bare.regression).toMatchObject({
      minChange: 0.1,
      minChangeMs: 10,
      minChangeShare: 0.005,
      confidence: 0.99,
      requireBaseline: false,
      window: 10,
    });
    expect(bare.regression.metrics.map(({ text }) => text)).toEqual(['p95', 'ttft.p95', 'error_rate']);
  });
});
