import { describe, expect, it } from 'vitest';
import { fromMillis } from '../../src/model/units.ts';
import { renderComment } from '../../src/report/comment.ts';
import { viewReport } from '../../src/report/report-view.ts';
import { scenarioComparison } from '../../src/report/scenario-comparison.ts';
import { block, regressionFinding, report, run, scenarioRun, slice, verdict } from '../support/report-builders.ts';

const chat = (p50Ms: number) => scenarioRun({ slices: [slice([block(300, p50Ms)])] });

const table = (
  regressions: readonly ReturnType<typeof regressionFinding>[],
  compared = [run({ scenarios: [chat(50)] })],
) => {
  const view = viewReport(
    report({ run: run({ scenarios: [chat(100)] }), compared, verdict: verdict({ regressions }) }),
  );
  return scenarioComparison(view.scenarios[0]!, view);
};

const rowOf = (text: string, head: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(`| ${head} |`));

describe('a scenario against its baseline', () => {
  it('takes the numbers of a comparison, and those of the pooled runs where nothing was compared', () => {
    const text = table([regressionFinding({ baseline: fromMillis(80), candidate: fromMillis(111), change: 0.39 })]);
    expect(rowOf(text, 'p95')?.replaceAll('\u00a0', ' ')).toBe('| p95 | 111 ms | 80 ms | +39 % |');
    expect(rowOf(text, 'p50')?.replaceAll('\u00a0', ' ')).toBe('| p50 | 99.8 ms | 49.9 ms |  |');
    expect(rowOf(text, 'OK/s')).toBe('| OK/s | 10/s | 10/s |  |');
    expect(text).not.toContain('TTFT');
  });

  it('has a dash where the baseline has no such scenario', () => {
    expect(rowOf(table([regressionFinding({ metric: 'p99' })], []), 'p50')).toContain('| – |');
  });

  it.each([
    ['a regression', { status: 'fail', change: 0.39 }, '❌ **+39 %**'],
    ['one that does not gate', { status: 'fail', change: 0.39, gating: false }, '🔶 **+39 %**'],
    ['an undecided one', { status: 'inconclusive', change: 0.1 }, '⚪ +10 %'],
    ['one that cannot be compared', { status: 'invalid', change: undefined }, '⚠️ –'],
    ['an improvement', { change: -0.3, interval: [-0.4, -0.2] }, '💚 −30 %'],
    ['nothing', { change: 0.02 }, '+2 %'],
  ] as const)('marks %s', (_, finding, cell) => {
    expect(rowOf(table([regressionFinding(finding)]), 'p95')?.replaceAll('\u00a0', ' ')).toMatch(`| ${cell} |`);
  });

  it('has a table of its own where few were compared; of many, only what needs a reader', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const comment = (compared: readonly string[], failing: readonly string[]): string =>
      renderComment(
        report({
          run: run({ scenarios: names.map((name) => ({ ...chat(100), name })) }),
          verdict: verdict({
            regressions: compared.map((scenario) =>
              regressionFinding({ scenario, status: failing.includes(scenario) ? 'fail' : 'pass' }),
            ),
          }),
        }),
      );
    const own = (text: string): readonly string[] =>
      [...text.matchAll(/^\*\*(\w)\*\*\s· \d/gm)].map(([, name]) => name!);
    const rows = (text: string): readonly string[] =>
      [...text.split('<details>')[0]!.matchAll(/^\| (\w) \|/gm)].map(([, name]) => name!);
    expect([own, rows].map((of) => of(comment(['b', 'c'], [])))).toEqual([
      ['b', 'c'],
      ['a', 'd', 'e'],
    ]);
    expect([own, rows].map((of) => of(comment(names, ['d'])))).toEqual([['d'], ['a', 'b', 'c', 'e']]);
    expect([own, rows].map((of) => of(comment(names, names)))).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });
});
