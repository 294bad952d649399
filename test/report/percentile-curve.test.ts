import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { curvesBody } from '../../src/report/percentile-curve.ts';
import { viewReport } from '../../src/report/report-view.ts';
import { block, regressionFinding, report, run, scenarioRun, slice, verdict } from '../support/report-builders.ts';
import { STATES } from './states.ts';

const of = (name: string, p50Ms: number) => scenarioRun({ name, slices: [slice([block(300, p50Ms)])] });

const body = (overrides: Partial<Report>): string => curvesBody(viewReport(report(overrides)));

describe('the percentile curve', () => {
  it('has its numbers in a table first, then this run as a line before the baseline as bars', () => {
    const text = body({ run: run({ scenarios: [of('chat', 100)] }), compared: [run({ scenarios: [of('chat', 50)] })] });
    expect(text).toMatch(/^\*\*chat\*\* · response time\n\n\| {2}\| Now \| Baseline \|[^`]*\| p75 \|[^`]*```mermaid\n/);
    expect(text).toContain('title "chat: response time (line: now, bars: baseline)"\nx-axis [p50, p75, p90, p95, p99]');
    const [bar, line] = ['bar', 'line'].map((kind) => JSON.parse(new RegExp(`^${kind} (.*)$`, 'm').exec(text)![1]!));
    expect(line).toHaveLength(5);
    for (const [index, value] of line.entries()) expect(value / bar[index]).toBeCloseTo(2, 1);
    expect(line).toEqual([...line].sort((a, b) => a - b));
    const top = Number(/y-axis "ms" 0 --> (\S+)$/m.exec(text)![1]);
    expect(top).toBeGreaterThan(line[4]);
  });

  it('is a line alone where nothing was compared, in seconds where it is long, and nothing where nothing was measured', () => {
    const alone = body({ run: run({ scenarios: [of('chat', 6_000)] }) });
    expect(alone).toContain('title "chat: response time"');
    expect(alone).toContain('y-axis "s" 0 --> ');
    expect(alone).not.toMatch(/^bar|Baseline/m);
    expect(curvesBody(viewReport(STATES.nothing!))).toBe('');
  });

  it('is that of what failed, two scenarios at most, and of the first token where that alone got worse', () => {
    const names = ['a', 'b', 'c', 'd'];
    const drawn = (regressions: Report['verdict']['regressions']): readonly string[] =>
      [
        ...body({
          run: run({ scenarios: names.map((name) => of(name, 100)) }),
          verdict: verdict({ regressions }),
        }).matchAll(/title "(.*?)"/g),
      ].map(([, title]) => title!);
    const failed = (scenario: string) => regressionFinding({ scenario, status: 'fail', change: 0.5 });
    expect(drawn([])).toEqual(['a: response time']);
    expect(drawn(['d', 'b', 'c'].map(failed))).toEqual(['d: response time', 'b: response time']);
    const { fail } = STATES;
    const slowStart = fail!.verdict.regressions.filter(({ metric }) => metric === 'ttft.p95');
    const state = report({ ...fail!, verdict: { ...fail!.verdict, slos: [], regressions: slowStart } });
    expect(curvesBody(viewReport(state))).toContain('title "chat: time to first token (line: now, bars: baseline)"');
  });

  it.each([
    ['a "quoted" name', 'a quoted name'],
    ['x"\nline [1]\n```', 'x line 1'],
    ['%%{init: {}}%%', 'init'],
    ['`**b**` #35; <b>', 'b 35 b'],
    ['漢字 é_1.2/3', '漢字 é_1.2/3'],
    ['"" $;', 'scenario'],
    ['a'.repeat(50), `${'a'.repeat(29)}…`],
  ])('keeps of the name %j only what Mermaid takes literally', (name, kept) => {
    const text = body({ run: run({ scenarios: [of(name, 100)] }) });
    expect(/^title "(.*)"$/m.exec(text)![1]).toBe(`${kept}: response time`);
    expect(text.match(/^```/gm)).toHaveLength(2);
  });
});
