import { describe, expect, it } from 'vitest';
import { resolveDialect } from '../../src/dialects/resolve-dialect.ts';
import { micros } from '../../src/model/units.ts';
import { headerLookup } from '../../src/wire/headers.ts';
import type { Json } from '../../src/wire/json.ts';
import { readSignals, type Signals } from '../../src/wire/signals.ts';

describe('what each gateway says of a response', () => {
  it.each<readonly [dialect: string, headers: string, body: Json, signals: Partial<Signals>]>([
    [
      'generic',
      'x-cache: MISS | x-upstream-provider: openai | x-request-id: r1',
      { id: 'c1', model: 'm' },
      { cache: 'miss', provider: 'openai', model: 'm', requestId: 'r1' },
    ],
    ['generic', 'x-cache: EXPIRED', { id: 'c1' }, { cache: 'miss', requestId: 'c1' }],
    ['generic', 'x-cache: STALE | x-provider: azure', {}, { cache: 'hit', provider: 'azure' }],
    ['generic', 'x-cache: bypass', {}, { cache: 'bypass' }],
    [
      'litellm',
      'x-cache: HIT | x-litellm-cache-key: k | x-litellm-model-id: gpt-4o-eu',
      { model: 'gpt-4o' },
      { provider: 'gpt-4o-eu', model: 'gpt-4o' },
    ],
    [
      'portkey',
      'x-portkey-cache-status: SEMANTIC HIT | x-portkey-provider: anthropic | x-portkey-trace-id: t1',
      { id: 'c1' },
      { cache: 'hit', provider: 'anthropic', requestId: 't1' },
    ],
    ['portkey', 'x-portkey-cache-status: SEMANTIC MISS', {}, { cache: 'miss' }],
    ['portkey', 'x-portkey-cache-status: REFRESH', {}, { cache: 'bypass' }],
    ['portkey', 'x-portkey-cache-status: DISABLED', {}, { cache: 'bypass' }],
    [
      'cloudflare',
      'cf-aig-cache-status: HIT | cf-aig-log-id: l1 | cf-cache-status: DYNAMIC',
      { model: 'm' },
      { cache: 'hit', model: 'm', requestId: 'l1' },
    ],
    [
      'kong',
      'x-cache-status: Refresh | x-kong-llm-model: openai/gpt-4o',
      { model: 'alias' },
      { cache: 'miss', provider: 'openai', model: 'gpt-4o' },
    ],
    ['kong', 'x-cache-status: Bypass', { model: 'm' }, { cache: 'bypass', model: 'm' }],
    [
      'envoy',
      'x-cache: HIT | x-envoy-upstream-service-time: 12',
      { model: 'm' },
      { model: 'm', upstreamTime: micros(12_000) },
    ],
    [
      'apisix',
      'x-ai-cache-status: BYPASS | x-ai-semantic-picked-instance: openai-1',
      {},
      { cache: 'bypass', provider: 'openai-1' },
    ],
    [
      'helicone',
      'helicone-cache: MISS | helicone-provider: OPENAI | helicone-id: h1',
      {},
      { cache: 'miss', provider: 'OPENAI', requestId: 'h1' },
    ],
    [
      'openrouter',
      'x-openrouter-cache-status: HIT',
      { provider: 'Together', model: 'meta/llama' },
      { cache: 'hit', provider: 'Together', model: 'meta/llama' },
    ],
  ])('%s: %s', (name, headers, body, signals) => {
    const resolution = resolveDialect(name);
    const flat = headers.split(' | ').flatMap((header) => header.split(': '));
    expect(resolution.ok && readSignals(resolution.dialect, headerLookup(flat), [body])).toEqual({
      cache: undefined,
      provider: undefined,
      model: undefined,
      requestId: undefined,
      attempts: undefined,
      fallback: undefined,
      gatewayTime: undefined,
      upstreamTime: undefined,
      ...signals,
    });
  });
});
