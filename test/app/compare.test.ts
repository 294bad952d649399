import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/app/compare.ts';
import { defaultPolicy } from '../../src/plan/policy-of.ts';
import { buildLive } from '../verdict/build-live.ts';

const { run, other } = buildLive({ seed: 5, pairs: 30 });
const sideOf = (side: 'candidate' | 'baseline', id = 'c') => ({ comparison: { id, side, pairs: 30 } });
const [candidate, baseline] = [
  { ...run, ...sideOf('candidate') },
  { ...other, ...sideOf('baseline') },
];

const compare = (last: typeof run, before: typeof run) =>
  compareRuns({
    candidate: last,
    baseline: [before],
    policy: defaultPolicy(['chat'], ['regression']),
    failOn: ['regression'],
    command: 'gatemark compare',
    configPath: 'none',
    outDir: 'out',
    files: { readText: () => Promise.reject(), writeText: async (path) => path },
  });

describe('stored runs of two gateways', () => {
  it('are compared pair by pair where they are two sides of one comparison', async () => {
    const { report } = await compare(candidate, baseline);
    expect(report.verdict.baseline).toMatchObject({ kind: 'live', pairs: 30 });
  });

  it.each<[string, typeof run, typeof run]>([
    ['sides of two comparisons', candidate, { ...other, ...sideOf('baseline', 'd') }],
    ['a side and a run of one gateway', candidate, { ...other, comparison: undefined }],
    ['a run of one gateway and a side', { ...run, comparison: undefined }, baseline],
  ])('are not compared where they are %s', async (_, last, before) => {
    const { report } = await compare(last, before);
    expect(report.verdict.baseline).toMatchObject({
      kind: 'not-comparable',
      reason: expect.stringContaining('side by side'),
    });
  });

  it('have to be given with the candidate last', async () => {
    await expect(compare(baseline, candidate)).rejects.toMatchObject({ code: 'usage' });
  });
});
