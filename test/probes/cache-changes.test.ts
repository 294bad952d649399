import { describe, expect, it } from 'vitest';
import type { EndpointKind } from '../../src/model/plan.ts';
import { CACHE_CHANGES, type CacheChange, type ProbeSpec } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import { planChanges } from '../../src/probes/cache-changes.ts';
import type { JsonObject } from '../../src/wire/json.ts';
import { aScenario } from '../support/plan-builders.ts';

const specOf = (overrides: Partial<Extract<ProbeSpec, { kind: 'cache' }>> = {}) => ({
  kind: 'cache' as const,
  prompts: 1,
  crowd: 2,
  settle: micros(1),
  ttl: undefined,
  changes: CACHE_CHANGES,
  otherModel: undefined,
  bypass: [],
  ...overrides,
});

const MODEL = { object: [['model', { template: ['small'] }]] } as const;

/** The variant of one change; a reason where it cannot be made. */
const changeOf = (change: CacheChange, endpoint: EndpointKind, overrides: Parameters<typeof specOf>[0] = {}) => {
  const scenario = aScenario({ endpoint, body: MODEL });
  const [planned] = planChanges(specOf({ changes: [change], ...overrides }), scenario);
  return planned!;
};

const bodyOf = (planned: ReturnType<typeof changeOf>, body: JsonObject): JsonObject | undefined =>
  'variant' in planned ? planned.variant.body?.(body) : undefined;

const TEXT = 'Answer as if you had never been asked this before.';

describe('a changed repeat', () => {
  it.each<[CacheChange, EndpointKind, JsonObject, JsonObject]>([
    ['model', 'chat', { model: 'small' }, { model: 'small-other' }],
    ['temperature', 'chat', {}, { temperature: 1 }],
    ['temperature', 'messages', { temperature: 1 }, { temperature: 0.5 }],
    ['system', 'chat', { messages: ['x'] }, { messages: [{ role: 'system', content: TEXT }, 'x'] }],
    ['system', 'responses', { input: 'x' }, { input: 'x', instructions: TEXT }],
    ['system', 'messages', { system: 'Be brief.' }, { system: `${TEXT} Be brief.` }],
    ['system', 'messages', { system: ['x'] }, { system: [{ type: 'text', text: TEXT }, 'x'] }],
  ])('with another %s of %s: %j', (change, endpoint, body, expected) => {
    expect(bodyOf(changeOf(change, endpoint), body)).toEqual(expected);
  });

  it('takes the other model that it is given', () => {
    expect(bodyOf(changeOf('model', 'chat', { otherModel: 'large' }), { model: 'small' })).toEqual({ model: 'large' });
  });

  it('asks for a stream where there was none', () => {
    expect(changeOf('stream', 'chat')).toMatchObject({ variant: { stream: true } });
  });

  it('passes the cache by with headers and with parts of the body', () => {
    const bypass = [
      { header: 'cache-control', value: 'no-cache' },
      { body: 'cache.no-cache', value: true },
    ];
    const planned = changeOf('bypass', 'custom', { bypass });
    expect(planned).toMatchObject({ variant: { headers: [['cache-control', 'no-cache']] } });
    expect(bodyOf(planned, { cache: { ttl: 1 } })).toEqual({ cache: { ttl: 1, 'no-cache': true } });
    expect(bodyOf(planned, { cache: 'off' })).toEqual({ cache: { 'no-cache': true } });
  });

  it.each<[CacheChange, EndpointKind]>([
    ['temperature', 'embeddings'],
    ['system', 'custom'],
    ['stream', 'embeddings'],
    ['bypass', 'chat'],
  ])('is left out where there is no way: %s of %s', (change, endpoint) => {
    expect(changeOf(change, endpoint)).toHaveProperty('reason');
  });

  it('is left out where the body names no model', () => {
    const [planned] = planChanges(
      specOf({ changes: ['model'] }),
      aScenario({ endpoint: 'chat', body: { object: [] } }),
    );
    expect(planned).toEqual({ name: 'changed model', reason: 'the body names no model' });
  });
});
