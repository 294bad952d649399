import { describe, expect, it } from 'vitest';
import { resolveDialect } from '../../src/dialects/resolve-dialect.ts';
import { dialectTable } from '../../src/plan/dialect-table.ts';
import { planRun } from '../../src/plan/plan-run.ts';
import { unmeasurableSlos } from '../../src/plan/unmeasurable-slos.ts';
import { configOf } from '../config/load-config.ts';

const tableOf = (name: string): string => {
  const resolution = resolveDialect(name);
  return resolution.ok ? dialectTable(resolution.dialect) : '';
};

describe('what a dialect tells', () => {
  it('is a line for each signal, with its places in order', () => {
    expect(tableOf('kong')).toBe(`What the dialect kong tells of a response:
  cache status   header x-cache-status
  provider       header x-kong-llm-model
  model          header x-kong-llm-model, body model
  request id     header x-kong-request-id, header x-request-id, header request-id, body id
  attempts       unsupported
  fallback       unsupported
  gateway time   header x-kong-proxy-latency, header x-kong-response-latency
  upstream time  header x-kong-upstream-latency
  own limits     header ratelimit-limit, header x-ai-ratelimit-limit-*
  retry after    header retry-after-ms, header retry-after, header x-ai-ratelimit-retry-after
`);
  });

  it('says what is never said', () => {
    expect(tableOf('envoy')).toContain('  cache status   unsupported\n');
    expect(tableOf('generic')).toContain(
      'own limits     header x-ratelimit-limit, header ratelimit, header ratelimit-limit',
    );
    expect(tableOf('tensorzero')).toContain('  cache status   body usage.total_tokens\n');
  });
});

const warningsOf = (dialect: string, slos: string, hasProviders = false): readonly string[] => {
  const load = `{endpoint: models, load: {rate: 1/s}, slo: [${slos}]}`;
  const text = `version: 1\ngateway: {url: "http://h", dialect: ${dialect}}\nscenarios: {s: ${load}}\n`;
  return warningsIn(text, hasProviders);
};

const warningsIn = (text: string, hasProviders: boolean): readonly string[] => {
  const result = planRun(configOf(text), { seed: '1' });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return unmeasurableSlos(result.plan, hasProviders);
};

describe('SLOs that a dialect cannot serve', () => {
  it.each<readonly [slo: string, missing: string, key: string]>([
    ['cache.hit_rate >= 90%', 'cache status', 'cache'],
    ['hit.p95 < 1s', 'cache status', 'cache'],
    ['miss.p50 < 1s', 'cache status', 'cache'],
    ['cache.delta.p50 > 100ms', 'cache status', 'cache'],
    ['provider.share.openai > 40%', 'provider', 'provider'],
  ])('%s needs the %s', (slo, missing, key) => {
    const sentence = `s: ${slo} cannot be measured: the dialect envoy has no ${missing}. Say where your gateway states it (gateway.dialect.${key}).`;
    expect(warningsOf('envoy', slo)).toEqual([sentence]);
    expect(warningsOf('envoy', slo, true)).toEqual([sentence]);
    expect(warningsOf('generic', slo)).toEqual([]);
  });

  it('only providers tell the time of the gateway, and only where a request has its nonce', () => {
    for (const dialect of ['envoy', 'kong'])
      expect(warningsOf(dialect, 'overhead.p95 < 10ms')).toEqual([
        's: overhead.p95 < 10ms cannot be measured: it needs simulated providers behind the gateway (providers).',
      ]);
    expect(warningsOf('kong', 'overhead.p95 < 10ms', true)).toEqual([
      's: overhead.p95 < 10ms cannot be measured: it needs ${nonce} in the body, by which a provider knows the request.',
    ]);
    const body = '{model: m, messages: [{role: user, content: "hello ${nonce}"}]}';
    const load = `{load: {rate: 1/s}, endpoint: chat, body: ${body}, slo: [overhead.p95 < 10ms]}`;
    const text = `version: 1\ngateway: {url: "http://h", dialect: envoy}\nscenarios: {s: ${load}}\n`;
    expect(warningsIn(text, true)).toEqual([]);
  });

  it('asks less of a probe that has providers behind it', () => {
    const probe =
      '{probe: cache, endpoint: chat, body: {model: m, messages: ["${nonce}"]}, slo: [cache.false_hits == 0]}';
    const text = `version: 1\ngateway: {url: "http://h", dialect: envoy}\nscenarios: {s: ${probe}}\n`;
    expect(warningsIn(text, false)).toEqual([expect.stringContaining('or put simulated providers behind it')]);
    expect(warningsIn(text, true)).toEqual([]);
  });

  it('knows that nobody but the gateway says when to retry', () => {
    const probe =
      '{probe: rate-limit, limit: 5, window: 5s, endpoint: models, slo: [limit.retry_after_error < 1s, limit.admitted == 5]}';
    const text = `version: 1\ngateway: {url: "http://h", dialect: apisix}\nscenarios: {s: ${probe}}\n`;
    expect(warningsIn(text, true)).toEqual([
      expect.stringMatching(/^s: limit\.retry_after_error < 1s .*\(gateway\.dialect\.retry_after\)\.$/),
    ]);
  });

  it('is silent about everything else', () => {
    expect(warningsOf('envoy', 'p95 < 1s, error_rate < 1%, status.502 == 0, throughput > 1/s')).toEqual([]);
    expect(warningsOf('azure-apim', 'model.share.m == 100%')).toEqual([]);
  });
});
