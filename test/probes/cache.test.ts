import { describe, expect, it } from 'vitest';
import type { GatewayFaultName } from '../../src/adapters/provider/gateway-faults.ts';
import { fromMillis } from '../../src/model/units.ts';
import { probeNeeds } from '../../src/plan/probe-needs.ts';
import { type ProbeWorld, probeWorld } from '../support/probe-world.ts';

const SLOS = [
  'cache.hit_rate >= 95%',
  'cache.delta.p50 > 20ms',
  'cache.false_hits == 0',
  'cache.changed_hits == 0',
  'cache.stale_hits == 0',
  'cache.cached_errors == 0',
  'cache.amplification <= 2',
  'cache.wrong_status == 0',
];

const CHAT = 'body: {model: small, temperature: 0, messages: [{role: user, content: "What is new? ${nonce}"}]}';

const probed = (world: ProbeWorld = {}, keys = 'ttl: 2500ms', request = `endpoint: chat, ${CHAT}`) =>
  probeWorld(
    `scenarios: {faq: {probe: cache, crowd: 10, prompts: 16, ${keys}, ${request}, slo: [${SLOS.join(', ')}]}}`,
    {
      ...world,
      gateway: { cache: { enabled: true, ttl: fromMillis(2_500) }, ...world.gateway },
    },
  );

const broken = (verdicts: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(verdicts).flatMap(([text, status]) => (status === 'pass' ? [] : [`${status} ${text}`]));

describe.concurrent('the cache probe', () => {
  it.each([true, false])('passes a healthy gateway; with instruments: %s', async (instrumented) => {
    const { verdicts, run, reading, sights } = await probed({ instrumented });
    expect(broken(verdicts)).toEqual(
      instrumented ? [] : ['inconclusive cache.cached_errors == 0', 'inconclusive cache.wrong_status == 0'],
    );
    expect(sights.filter((sight) => !sight.startsWith('good'))).toEqual([]);
    expect(run.calls.length).toBeLessThanOrEqual(probeNeeds(run.spec).requests);
    expect(reading.times).toMatchObject({ miss: { length: 16 }, hit: { length: 16 } });
  });

  const FAULTS: readonly (readonly [GatewayFaultName, readonly string[], string])[] = [
    [
      'stampede',
      ['fail cache.amplification <= 2'],
      'bad: 10 identical cold requests released together became 10 upstream calls',
    ],
    ['model-blind', ['fail cache.false_hits == 0'], 'bad: 3 repeats with a changed model came from the cache'],
    [
      'temperature-blind',
      ['fail cache.false_hits == 0'],
      'bad: 3 repeats with a changed temperature came from the cache',
    ],
    ['system-blind', ['fail cache.false_hits == 0'], 'bad: 3 repeats with a changed system prompt came from the cache'],
    ['stream-blind', ['fail cache.false_hits == 0'], 'bad: 3 repeats with a changed stream flag came from the cache'],
    [
      'ignored-bypass',
      ['fail cache.false_hits == 0'],
      'bad: 3 repeats with a request to pass the cache by came from the cache',
    ],
    ['stale-cache', ['fail cache.stale_hits == 0'], 'bad: 3 of 3 repeats after the time to live came from the cache'],
    [
      'cached-errors',
      ['fail cache.cached_errors == 0'],
      'bad: 3 errors of 3 came again after the providers were healed, without a call to one',
    ],
  ];
  it.each(FAULTS)('finds %s, and nothing else', async (fault, wrong, sight) => {
    const { verdicts, sights } = await probed({ fault });
    expect(broken(verdicts)).toEqual(wrong);
    expect(sights.filter((text) => text.startsWith('bad'))).toEqual([sight]);
  });

  it('finds without instruments what the gateway itself gives away', async () => {
    const { verdicts } = await probed({ fault: 'stampede', instrumented: false });
    expect(verdicts['cache.amplification <= 2']).toBe('fail');
  });

  it('finds answers that belong to another prompt', async () => {
    const { values, sights } = await probed({ fault: 'crossed-answers' }, 'changes: [model]');
    expect(values['cache.false_hits']).toBeGreaterThan(0);
    expect(sights[0]).toMatch(/^bad: \d+ (new prompts? came from the cache|answers? speak of another prompt)/);
  });

  it('calls no gateway without a cache good', async () => {
    const { values, verdicts } = await probed({ gateway: { cache: undefined } }, 'settle: 100ms');
    expect(values).toMatchObject({
      'cache.hit_rate': 0,
      'cache.false_hits': 'no repeat came from the cache; check that caching is on',
      'cache.amplification': 10,
    });
    expect(verdicts['cache.delta.p50 > 20ms']).toBe('inconclusive');
  });

  it.each([
    ['responses', 'endpoint: responses, body: {model: small, input: "${nonce}"}', []],
    [
      'messages',
      'endpoint: messages, body: {model: small, max_tokens: 50, messages: [{role: user, content: "${nonce}"}]}',
      [],
    ],
    [
      'embeddings',
      'endpoint: embeddings, body: {model: small, input: "${nonce}"}',
      ['changed temperature', 'changed system prompt', 'changed stream flag'],
    ],
    [
      'a path of its own',
      'endpoint: {method: POST, path: /v1/chat/completions}, body: {model: small, messages: ["${nonce}"]}',
      ['changed temperature', 'changed system prompt', 'changed stream flag'],
    ],
  ])('speaks %s', async (_, request, skipped) => {
    const { values, run } = await probed({}, 'settle: 2s', request);
    expect(values).toMatchObject({ 'cache.hit_rate': 1, 'cache.false_hits': 0, 'cache.amplification': 1 });
    expect(run.skipped.map(({ part }) => part)).toEqual(skipped);
  });
});
