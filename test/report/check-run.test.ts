import { describe, expect, it } from 'vitest';
import { renderCheckRun } from '../../src/report/check-run.ts';
import { report, run, scenarioRun, sloFinding, verdict } from '../support/report-builders.ts';

describe('the texts of a check run', () => {
  it('name the gate by its key', () => {
    expect(renderCheckRun(report()).name).toBe('Gatemark');
    expect(renderCheckRun(report({ key: 'eu' })).name).toBe('Gatemark eu');
  });

  it('have the verdict and its number in one plain line', () => {
    const slo = sloFinding({ status: 'fail', scenario: 'a\n|b|', observed: 3_000_000 });
    const { title } = renderCheckRun(report({ verdict: verdict({ status: 'fail', slos: [slo] }) }));
    expect(title).toMatch(/^fail: /);
    expect(title).not.toMatch(/\n/);
    expect(title.length).toBeLessThanOrEqual(150);
  });

  it('stay below the limit in bytes by leaving out whole sections', () => {
    const scenarios = Array.from({ length: 60 }, (_, index) =>
      scenarioRun({
        name: `日本語のとても長い名前のシナリオ ${index} ${'語'.repeat(40)}`,
        failures: Array.from({ length: 20 }, () => ({
          errorClass: 'gateway' as const,
          status: 500,
          detail: '障'.repeat(190),
          count: 3,
          requestId: undefined,
        })),
      }),
    );
    const { summary } = renderCheckRun(report({ run: run({ scenarios }) }));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(10_000);
    expect(summary).toContain('_Left out to fit: ');
    expect(summary.match(/<details/g)?.length).toBe(summary.match(/<\/details>/g)?.length);
  });
});
