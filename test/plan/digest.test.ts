import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf } from '../../src/plan/digest.ts';
import { configOf } from '../config/load-config.ts';

const TEXT = `version: 1
gateway:
  url: "http://127.0.0.1:8080"
  headers: {authorization: "Bearer \${env.KEY}", x-mode: fast}
data: {questions: [a, b], unused: [c]}
tenants:
  free: {headers: {x-tenant: free}, vars: {model: small, key: "\${env.TENANT_KEY}"}}
providers:
  sim: {listen: 127.0.0.1:9901, latency: {p50: 100ms, p95: 200ms}}
scenarios:
  chat:
    endpoint: chat
    tenants: [free]
    headers: {x-a: one}
    body: {model: "\${tenant.model}", q: "\${pick questions}", max_tokens: 5}
    load: {rate: 5/s, duration: 10s}
    expect: {status: [200, 429], body: {model: present}}
    slo: [p95 < 1s]
`;
const ENV = { KEY: 'k1', TENANT_KEY: 't1' };
const digest = (text: string, env: Readonly<Record<string, string>> = ENV, world = {}) =>
  digestOf(configOf(text, { env, ...world }));
const changed = (from: string, to: string): string => {
  expect(TEXT).toContain(from);
  return TEXT.replace(from, to);
};

describe('the digest', () => {
  it('is a SHA-256', () => {
    expect(digest(TEXT)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['the URL', ':8080', ':9090'],
    ['SLOs', 'p95 < 1s', 'p95 < 2s'],
    ['limits', 'data:', 'limits: {requests: 7}\ndata:'],
    ['the regression policy', 'data:', 'regression: {window: 3}\ndata:'],
    ['the seed', 'data:', 'seed: 9\ndata:'],
    ['the address of a provider', '127.0.0.1:9901', '127.0.0.1:9902'],
    ['the dialect', 'gateway:\n', 'gateway:\n  dialect: kong\n'],
    ['a list that nobody picks from', 'unused: [c]', 'unused: [d]'],
    ['the value of a tenant header', 'x-tenant: free', 'x-tenant: gratis'],
    [
      'the order of keys',
      '{model: "${tenant.model}", q: "${pick questions}", max_tokens: 5}',
      '{max_tokens: 5, q: "${pick questions}", model: "${tenant.model}"}',
    ],
    ['the order of accepted statuses', '[200, 429]', '[429, 200]'],
    ['a default that is written out', 'duration: 10s}', 'duration: 10s, warmup: 5s, blocks: 40}'],
    ['a probe', 'scenarios:\n', 'scenarios:\n  p: {probe: stream, endpoint: chat, body: {q: "${nonce}"}}\n'],
  ])('is the same with other %s', (_, from, to) => {
    expect(digest(changed(from, to))).toBe(digest(TEXT));
  });

  it('is the same with other keys in the environment', () => {
    expect(digest(TEXT, { KEY: 'k2', TENANT_KEY: 't2' })).toBe(digest(TEXT));
  });

  it.each([
    ['rate', '5/s', '6/s'],
    ['duration', '10s', '11s'],
    ['warm-up', 'duration: 10s', 'duration: 10s, warmup: 1s'],
    ['body', 'max_tokens: 5', 'max_tokens: 6'],
    ['header of the scenario', 'x-a: one', 'x-a: two'],
    ['header of the gateway', 'x-mode: fast', 'x-mode: slow'],
    ['name of a tenant header', 'x-tenant: free', 'x-tenants: free'],
    ['variable', 'model: small', 'model: large'],
    ['text to pick', '[a, b]', '[a, c]'],
    ['latency of a provider', 'p95: 200ms', 'p95: 300ms'],
    ['order of texts to pick', '[a, b]', '[b, a]'],
    ['accepted status', '[200, 429]', '[200]'],
    ['expectation', 'model: present', 'model: nonempty'],
    ['endpoint', 'endpoint: chat', 'endpoint: messages'],
    ['stream', 'tenants: [free]', 'tenants: [free]\n    stream: true'],
    ['timeout', 'tenants: [free]', 'tenants: [free]\n    timeout: 1s'],
  ])('is another with another %s', (_, from, to) => {
    expect(digest(changed(from, to))).not.toBe(digest(TEXT));
  });

  it('knows a load that a profile made longer', () => {
    const nightly = `${TEXT}profiles: {nightly: {load_scale: {duration: 4}}, same: {limits: {requests: 9}}}\n`;
    expect(digest(nightly, ENV, { profile: 'nightly' })).not.toBe(digest(TEXT));
    expect(digest(nightly, ENV, { profile: 'same' })).toBe(digest(TEXT));
  });
});

describe('canonical JSON', () => {
  it('reads back as it was, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });
});

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};
