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

  it('is not with more blocks than any run has', () => {
    const blocks = Array.from({ length: 5_001 }, (_, index) => buildBlock(index));
    const scenarios = Array.from({ length: 10 }, (_, index) => buildScenario({ name: `s${index}`, blocks }));
    expect(whyBeyondReason(buildRun({ scenarios }))).toContain('50010 blocks');
  });
});
