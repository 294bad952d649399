import { describe, expect, it } from 'vitest';
import { secondBurst } from '../../src/app/second-burst.ts';
import type { Plan } from '../../src/model/plan.ts';
import { fromSeconds } from '../../src/model/units.ts';
import type { RegressionFinding } from '../../src/model/verdict.ts';
import { buildRun } from '../support/build-run.ts';
import { aPlan, someBounds } from '../support/plan-builders.ts';
import { regressionFinding, verdict } from '../support/report-builders.ts';

const FAILED = regressionFinding({ scenario: 'main', status: 'fail' });
const run = buildRun();

const burst = async (findings: readonly RegressionFinding[], plan: Plan = aPlan(), ending = run.ending) => {
  const asked: Plan[] = [];
  const used = { requests: 50, duration: fromSeconds(5), concurrency: 9, tokens: 7 };
  const second = await secondBurst(
    { plan, run: { ...run, ending }, verdict: verdict({ regressions: findings }) },
    async (again) => {
      asked.push(again);
      return buildRun({ id: 'second', used, generator: { ...run.generator, warnings: ['no floor'] } });
    },
  );
  return { ...second, asked };
};

describe('secondBurst', () => {
  it('measures again what failed, and adds up what both used', async () => {
    const { confirmation, used, warnings, asked } = await burst([FAILED]);
    expect(confirmation?.id).toBe('second');
    expect(asked.map(({ seed }) => seed)).toEqual(['seed/confirmation']);
    // The first one: 200 requests, 10 s, 4 at once, no tokens.
    expect(used).toEqual({ requests: 250, duration: fromSeconds(15), concurrency: 9, tokens: 7 });
    expect(warnings).toEqual(['no floor']);
  });

  it.each([
    ['nothing failed', [regressionFinding()]],
    ['it failed in a live comparison', [{ ...FAILED, against: 'live' as const }]],
    ['what failed does not gate', [{ ...FAILED, gating: false }]],
  ])('does not where %s', async (_name, findings) => {
    const { confirmation, used, warnings, asked } = await burst(findings);
    expect([confirmation, used, warnings, asked]).toEqual([undefined, run.used, [], []]);
  });

  it('says so where the limits leave no room', async () => {
    const { confirmation, warnings, asked } = await burst([FAILED], aPlan({ bounds: someBounds({ requests: 250 }) }));
    expect([confirmation, asked]).toEqual([undefined, []]);
    expect(warnings[0]).toMatch(/not measured a second time.*limits leave no room/);
  });

  it('does not after a burst that was cut off', async () => {
    const { asked } = await burst([FAILED], aPlan(), { kind: 'cancelled', signal: 'SIGINT' });
    expect(asked).toEqual([]);
  });
});
