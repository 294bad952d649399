import { describe, expect, it } from 'vitest';
import { whyNoBaseline, whyNotComparable } from '../../src/archive/comparable.ts';
import type { Run } from '../../src/model/run.ts';
import { aShare } from '../support/build-fleet.ts';
import { buildRun, buildScenario } from '../support/build-run.ts';

const candidate = buildRun();
const { environment, generator } = candidate;

describe('whyNotComparable', () => {
  const rows: readonly (readonly [name: string, baseline: Partial<Run>, why: RegExp | undefined])[] = [
    ['the same configuration', {}, undefined],
    [
      'another seed, gateway, commit and processor',
      { seed: 'x', gateway: 'http://other', environment: { ...environment, cpuModel: 'Other' } },
      undefined,
    ],
    ['another configuration', { configDigest: 'other', dialect: 'kong' }, /configuration/],
    ['another dialect', { dialect: 'kong' }, /gateway dialect is "kong", and that of this run "generic"/],
    ['another system', { environment: { ...environment, os: 'darwin' } }, /operating system/],
    ['another architecture', { environment: { ...environment, arch: 'arm64' } }, /architecture/],
    ['a closed model', { scenarios: [buildScenario({ closed: true })] }, /kind of load/],
    ['a cut run', { ending: { kind: 'bounded', bound: 'requests' } }, /cut short by limits\.requests/],
    ['an aborted run', { ending: { kind: 'aborted', reason: 'x' } }, /circuit breaker/],
    ['a cancelled run', { ending: { kind: 'cancelled', signal: 'SIGINT' } }, /cancelled/],
    ['an unreachable gateway', { ending: { kind: 'unreachable', reason: 'x' } }, /unreachable/],
    ['a lagging generator', { generator: { ...generator, problems: ['it lagged'] } }, /it lagged/],
    [
      'a generator that spoilt one scenario',
      { generator: { ...generator, scenarioProblems: [{ scenario: 'chat', text: 'chat: saturated' }] } },
      /chat: saturated/,
    ],
    ['nothing measured', { scenarios: [] }, /nothing was measured/],
    ['a share', { share: aShare(0) }, /one share of a load alone/],
    ['a part of a fleet', { fleet: { count: 2, shares: [aShare(0)], leftOut: [], regions: [] } }, /only 1\/2/],
    ['a whole fleet', { fleet: { count: 1, shares: [aShare(0)], leftOut: [], regions: [] } }, undefined],
  ];
  it.each(rows)('%s', (_name, overrides, why) => {
    const reason = whyNotComparable(candidate, buildRun(overrides));
    if (why === undefined) expect(reason).toBeUndefined();
    else expect(reason).toMatch(why);
  });

  it('takes two runs that the same bound cut', () => {
    const cut = { ending: { kind: 'bounded', bound: 'requests' } } as const;
    expect(whyNotComparable(buildRun(cut), buildRun(cut))).toBeUndefined();
    expect(whyNotComparable(buildRun(cut), buildRun())).toMatch(/its end is "complete"/);
  });
});

it('a whole, healthy run can be a baseline', () => {
  expect(whyNoBaseline(candidate)).toBeUndefined();
});
