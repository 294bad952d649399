import { describe, expect, it } from 'vitest';
import type { ProbeRun } from '../../src/model/probe.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { judgeProbe } from '../../src/verdict/judge-probe.ts';
import { aProbeRun } from '../support/probe-builders.ts';
import { MIN_SAMPLES, slo } from './build-policy.ts';

const judged = (text: string, run: ProbeRun) => judgeProbe(run, { slos: [slo(text)], minSamples: MIN_SAMPLES })[0]!;

describe('a probe that did not measure it', () => {
  it('is inconclusive, and says what it does measure', () => {
    expect(judged('cache.false_hits == 0', aProbeRun({ spec: { kind: 'stream', requests: 40 } }))).toMatchObject({
      status: 'inconclusive',
      observed: undefined,
      reason: expect.stringMatching(/^the stream probe does not measure cache\.false_hits/),
    });
  });

  it('counted nothing where it sent nothing', () => {
    const spec = { kind: 'rate-limit', limit: 9, window: fromSeconds(2) } as const;
    const run = aProbeRun({ spec, incomplete: 'it was not begun: limits.requests was reached; raise it' });
    expect(judged('limit.unexpected_status == 0', run)).toMatchObject({
      status: 'inconclusive',
      reason: 'it was not begun: limits.requests was reached; raise it',
    });
  });

  it('names the reason for which it did not come to its end', () => {
    const run = aProbeRun({ incomplete: 'limits.requests was reached' });
    expect(judged('p95 < 1s', run)).toMatchObject({
      status: 'inconclusive',
      reason: 'limits.requests was reached',
    });
  });
});
