import { describe, expect, it } from 'vitest';
import { probeSchema } from '../../src/archive/probe-schema.ts';
import type { ProbeSpec } from '../../src/model/probe.ts';
import { micros } from '../../src/model/units.ts';
import { aCall, anUpstreamCall, aProbeRun } from '../support/probe-builders.ts';

const SPECS: readonly ProbeSpec[] = [
  {
    kind: 'cache',
    prompts: 20,
    crowd: 10,
    settle: micros(1_000),
    ttl: micros(2_000),
    changes: ['model', 'bypass'],
    otherModel: 'other',
    bypass: [
      { header: 'x-no-cache', value: '1' },
      { body: 'cache.no-cache', value: true },
    ],
  },
  {
    kind: 'cache',
    prompts: 1,
    crowd: 2,
    settle: micros(1),
    ttl: undefined,
    changes: ['stream'],
    otherModel: undefined,
    bypass: [],
  },
  { kind: 'isolation', tenants: 2, prompts: 3, mixed: 60, settle: micros(1_000) },
  {
    kind: 'semantic-cache',
    pairs: [
      { topic: 'orders', prompt: 'a', paraphrase: 'b', nearMiss: undefined },
      { topic: undefined, prompt: 'a', paraphrase: undefined, nearMiss: 'c' },
    ],
    settle: micros(1),
  },
];

describe('a stored probe', () => {
  it.each(SPECS.map((spec) => [spec.kind, spec] as const))('comes back as it was: %s', (_, spec) => {
    const call = aCall({ step: 'prime', tenant: 'a', cache: 'hit' });
    const run = aProbeRun({ spec, calls: [call], upstream: [anUpstreamCall(call)] });
    expect(probeSchema.parse(JSON.parse(JSON.stringify(run)))).toEqual(run);
  });
});
