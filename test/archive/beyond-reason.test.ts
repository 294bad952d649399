import { describe, expect, it } from 'vitest';
import { whyBeyondReason } from '../../src/archive/beyond-reason.ts';
import type { Run } from '../../src/model/run.ts';
import { micros } from '../../src/model/units.ts';
import { buildBlock, buildRun, buildScenario } from '../support/build-run.ts';

const withBlock = (overrides: object): Run =>
  buildRun({ scenarios: [buildScenario({ blocks: [{ ...buildBlock(0, { ms: { latency: [5] } }), ...overrides }] })] });

describe('a run from an untrusted place', () => {
  it('is within reason as runs are', () => {
    expect(whyBeyondReason(buildRun())).toBeUndefined();
  });

  it.each<[string, Run]>([
    ['a count', withBlock({ counts: { ...buildBlock(0).counts, ok: 2e15 } })],
    ['a duration', withBlock({ duration: micros(2e15) })],
    [
      'a bucket of a histogram',
      withBlock({ histograms: { latency: { indexes: Uint32Array.of(7), counts: Float64Array.of(2e15) } } }),
    ],
    ['a rate', buildRun({ scenarios: [buildScenario({ stepRates: [1e300] })] })],
    ['a negative number', withBlock({ start: -2e15 })],
  ])('is not with %s that nothing can have measured', (_, run) => {
    expect(whyBeyondReason(run)).toContain('nothing can have measured');
  });

  const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  const failure = { errorClass: 'auth', status: 401, detail: 'bad key', count: 1, requestId: undefined } as const;
  const { generator } = buildRun();

  it.each<[string, Run]>([
    [
      '2001 parts by tenant',
      buildRun({ scenarios: [buildScenario({ slices: many(2_001, (i) => ({ tenant: `${i}`, blocks: [] })) })] }),
    ],
    [
      '50010 blocks',
      buildRun({
        scenarios: many(10, (i) => buildScenario({ name: `${i}`, blocks: many(5_001, (at) => buildBlock(at)) })),
      }),
    ],
    [
      '250001 names',
      withBlock({
        counts: { ...buildBlock(0).counts, models: Object.fromEntries(many(250_001, (i) => [`m${i}`, 1])) },
      }),
    ],
    ['2001 kinds of failures', buildRun({ scenarios: [buildScenario({ failures: many(2_001, () => failure) })] })],
    ['1001 remarks', buildRun({ generator: { ...generator, warnings: many(1_001, () => 'x') } })],
  ])('is not with %s', (said, run) => {
    expect(whyBeyondReason(run)).toContain(said);
  });
});
