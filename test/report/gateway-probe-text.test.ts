import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SIGNALS } from '../../src/model/dialect.ts';
import { type GatewayProbeView, gatewayProbeText } from '../../src/report/gateway-probe-text.ts';
import type { SignalState } from '../../src/wire/signal-states.ts';

const statesOf = (said: Readonly<Record<string, SignalState>>) =>
  Object.fromEntries(
    SIGNALS.map((signal) => [signal, said[signal] ?? { kind: 'missing' }]),
  ) as GatewayProbeView['states'][number]['states'];

const view = (overrides: Partial<GatewayProbeView> = {}): GatewayProbeView => ({
  url: 'https://gateway.example',
  asked: [
    { title: 'models', request: 'GET /v1/models', status: 200 },
    { title: 'chat', request: 'POST /v1/chat/completions', silence: 'it closed the connection' },
  ],
  candidates: [
    { dialect: 'kong', evidence: [{ what: 'header x-kong-request-id', sure: true, responses: 2 }] },
    { dialect: 'litellm', evidence: [{ what: 'header x-litellm-version', sure: true, responses: 1 }] },
    { dialect: 'generic', evidence: [{ what: 'header x-cache', sure: false, responses: 1 }] },
  ],
  dialect: 'kong',
  states: [
    {
      title: 'models',
      states: statesOf({
        cache: { kind: 'said', value: 'miss' },
        attempts: { kind: 'unsupported' },
        fallback: { kind: 'said', value: 0 },
        gatewayTime: { kind: 'said', value: 3_000 },
        limits: { kind: 'said', value: 500 },
        retryAfter: { kind: 'said', value: 9_000_000 },
      }),
    },
  ],
  headers: [],
  apiKeyEnv: undefined,
  ...overrides,
});

const configOf = (text: string) => parse(text.slice(text.indexOf('\ngateway:')));

describe('the text of a probe', () => {
  it('says what was asked, which dialect it is and why, what it reads, and what to configure', () => {
    expect(gatewayProbeText(view())).toBe(`Asked https://gateway.example:
  models  GET /v1/models             200
  chat    POST /v1/chat/completions  no answer: it closed the connection

It speaks kong:
  header x-kong-request-id  in 2 of 2
There are signs of litellm, too:
  header x-litellm-version  in 1 of 2

What kong reads of these answers (missing: it has a place for it, and nothing stood there):
                 models
  cache status   miss
  provider       missing
  model          missing
  request id     missing
  attempts       unsupported
  fallback       0
  gateway time   3 ms
  upstream time  missing
  own limits     500
  retry after    9 s

For the configuration:

gateway:
  url: https://gateway.example
  dialect: kong
`);
  });

  it('writes headers that the configuration reads back, and no secret', () => {
    const text = gatewayProbeText(
      view({
        apiKeyEnv: 'GATEWAY_KEY',
        headers: [
          ['x-tenant-id', 'pro "${tier}"'],
          ['x-api-key', 'sk-secret'],
          ['x-portkey-config', '{"api_key": "sk-secret"}'],
          ['x-customer', 'c1f0a526c3f4e319a51'],
        ],
      }),
    );
    expect(configOf(text).gateway.headers).toEqual({
      authorization: 'Bearer ${env.GATEWAY_KEY}',
      'x-tenant-id': 'pro "$${tier}"',
      'x-api-key': '${env.X_API_KEY}',
      'x-portkey-config': '${env.X_PORTKEY_CONFIG}',
      'x-customer': '${env.X_CUSTOMER}',
    });
    expect(text).not.toMatch(/sk-secret|c1f0a526c3f4e319a51/);
  });

  it.each([
    [
      'hints',
      [{ what: 'header server: envoy', sure: false, responses: 1 }],
      'envoy',
      'Perhaps it speaks envoy; these are hints only:\n',
    ],
    [
      'common names',
      [{ what: 'header x-cache', sure: false, responses: 1 }],
      'generic',
      'reads the names that most use:\n',
    ],
    ['nothing', [], 'generic', 'reads the names that most use.\n'],
  ])('is not surer than its evidence: %s', (_name, evidence, dialect, sentence) => {
    expect(gatewayProbeText(view({ candidates: [{ dialect, evidence }], dialect }))).toContain(sentence);
  });

  it('asks for a key where every request was refused', () => {
    const asked = [401, 403].map((status) => ({ title: 'chat', request: 'POST /', status }));
    expect(gatewayProbeText(view({ asked }))).toContain('--api-key-env');
    expect(gatewayProbeText(view())).not.toContain('--api-key-env');
  });

  it('shows at most eight pieces of evidence, and nothing that a terminal obeys', () => {
    const evidence = Array.from({ length: 11 }, (_, index) => ({
      what: `header h${index}\u001b[2J`,
      sure: true,
      responses: 1,
    }));
    const text = gatewayProbeText(view({ candidates: [{ dialect: 'kong', evidence }] }));
    expect(text).toContain('  header h7');
    expect(text).not.toContain('header h8');
    expect(text).toContain('and 3 more');
    expect(text).not.toContain('\u001b');
  });
});
