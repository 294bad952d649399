import { describe, expect, it } from 'vitest';
import { mergeShares } from '../../src/archive/merge-shares.ts';
import type { FleetPolicy } from '../../src/model/policy.ts';
import type { Run } from '../../src/model/run.ts';
import { fromSeconds } from '../../src/model/units.ts';
import { judge } from '../../src/verdict/judge.ts';
import { allShares, aShare, shareRun } from '../support/build-fleet.ts';
import { buildRun } from '../support/build-run.ts';
import { buildPolicy } from './build-policy.ts';

const INVALID: FleetPolicy = { missing: 'invalid', late: fromSeconds(5) };
const SCALE: FleetPolicy = { ...INVALID, missing: 'scale' };
const NO_BASELINE = { kind: 'none', reason: 'no baseline was named' } as const;

const verdictOn = (run: Run, slos: readonly string[], fleet: FleetPolicy = INVALID) =>
  judge({ run, baseline: NO_BASELINE, policy: buildPolicy(slos, { fleet }) });

/** Twenty requests a second of each share, for 10 s. */
const four = allShares(4);
const late = four.with(1, shareRun(aShare(1, { count: 4, startedAt: '2026-01-02T03:00:12.300Z' })));

describe('a run of a fleet', () => {
  it('is judged as any other with all its shares', () => {
    const { status, slos } = verdictOn(mergeShares(four), ['throughput > 79/s', 'p95 < 1s']);
    expect([status, slos.map((each) => each.text)]).toEqual(['pass', ['throughput > 79/s', 'p95 < 1s']]);
  });

  it.each<[string, readonly Run[], string]>([
    ['a share is missing', four.slice(1), 'Share 1 of 4 is missing, so that 3/4 of the load was made'],
    ['shares are missing', four.slice(2), 'Shares 1, 2 of 4 are missing, so that 2/4 of the load was made'],
    ['a share was late', late, 'Share 2 of 4 began 12.3 s after the common start (fleet.late allows 5 s)'],
  ])('is invalid where %s', (_, runs, text) => {
    const { status, reasons } = verdictOn(mergeShares(runs), ['p95 < 1s']);
    expect([status, reasons[0]!.text]).toEqual(['invalid', expect.stringContaining(text)]);
  });

  it('is not invalid for a share that was late by less', () => {
    expect(verdictOn(mergeShares(late), ['p95 < 1s'], { ...INVALID, late: fromSeconds(13) }).status).toBe('pass');
  });

  it('is invalid for a late share that was added up, also where it is to scale', () => {
    expect(verdictOn(mergeShares(late), ['p95 < 1s'], SCALE).status).toBe('invalid');
  });
});

describe('scaled', () => {
  it.each<[string, string]>([
    ['throughput > 79/s', 'throughput > 79/s (2/4 of it)'],
    ['throughput in 70/s..90/s', 'throughput in 70/s..90/s (2/4 of it)'],
    ['p95 < 1s', 'p95 < 1s'],
    ['error_rate < 1%', 'error_rate < 1%'],
  ])('%s is judged by the load that was there', (text, shown) => {
    const [finding] = verdictOn(mergeShares(four.slice(0, 2), SCALE), [text], SCALE).slos;
    expect([finding!.text, finding!.status]).toEqual([shown, 'pass']);
  });

  it('a limit that the part that was there missed is missed', () => {
    const { status, slos } = verdictOn(mergeShares(four.slice(0, 2), SCALE), ['throughput > 90/s'], SCALE);
    expect([status, slos[0]!.relation, slos[0]!.observed]).toEqual(['fail', { operator: '>', limit: 45 }, 40]);
  });

  it('with a late share left out, the others are judged', () => {
    const { status, slos } = verdictOn(mergeShares(late, SCALE), ['throughput > 79/s'], SCALE);
    expect([status, slos[0]!.text, slos[0]!.observed]).toEqual(['pass', 'throughput > 79/s (3/4 of it)', 60]);
  });

  it('nothing is compared with runs of the whole load', () => {
    const run = mergeShares(four.slice(0, 2), SCALE);
    const baseline = { kind: 'runs', runs: [buildRun({ id: 'earlier' })] } as const;
    const { baseline: state } = judge({
      run,
      baseline,
      policy: buildPolicy(['p95 < 1s'], { fleet: SCALE }),
    });
    expect(state).toMatchObject({ kind: 'not-comparable', reason: expect.stringContaining('only 2/4 of the load') });
  });
});

describe('one share alone', () => {
  it('is not judged, whatever it saw', () => {
    const verdict = verdictOn(shareRun(aShare(1)), ['p95 < 1ms']);
    expect(verdict).toMatchObject({ status: 'inconclusive', slos: [], regressions: [], baseline: { kind: 'none' } });
    expect(verdict.reasons[0]!.text).toMatch(/^This is share 2 of 8 of a load/);
  });

  it('is invalid where it could not be measured', () => {
    const run = shareRun(aShare(1), { ending: { kind: 'unreachable', reason: 'no route' } });
    expect(verdictOn(run, []).reasons.map(({ status, text }) => [status, text.slice(0, 10)])).toEqual([
      ['invalid', 'no route'],
      ['inconclusive', 'This is sh'],
    ]);
  });
});
