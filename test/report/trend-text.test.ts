import { describe, expect, it } from 'vitest';
import type { Trend, TrendChange } from '../../src/model/trend.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderReportJson } from '../../src/report/report-json.ts';
import { type ReportJson, reportJsonSchema } from '../../src/report/report-json-schema.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { historySentence, isWorse, trendSentence } from '../../src/report/trend-text.ts';
import { buildPoint } from '../support/build-history.ts';
import { report } from '../support/report-builders.ts';
import { STATES } from './states.ts';

const change = (overrides: Partial<TrendChange> = {}): TrendChange => ({
  scenario: 'chat',
  metric: 'p95',
  unit: 'us',
  point: buildPoint(3),
  until: undefined,
  before: 200_000,
  after: 224_000,
  change: 0.12,
  runs: [30, 15],
  ...overrides,
});

const trend = (overrides: Partial<Trend> = {}): Trend => ({
  points: [buildPoint(1), buildPoint(20)],
  now: undefined,
  changes: [change()],
  ...overrides,
});

describe('a change of the trend in a sentence', () => {
  it.each<[Partial<TrendChange>, Partial<Trend>, string]>([
    [{}, {}, 'p95 of chat rose by 12 % on 2026-11-03 (commit 0003abc) and stayed: 200 ms before, 224 ms since'],
    [
      { change: -0.12, after: 176_000, until: buildPoint(9) },
      {},
      'p95 of chat fell by 12 % on 2026-11-03 (commit 0003abc) until 2026-11-09: 200 ms before, 176 ms then',
    ],
    [
      { metric: 'error_rate', unit: 'ratio', before: 0, after: 0.012, change: 0.012 },
      {},
      'error rate of chat rose by 1.2 points on 2026-11-03 (commit 0003abc) and stayed: 0 % before, 1.2 % since',
    ],
    [
      { metric: 'throughput', unit: 'per-second', before: 20, after: 15, change: -0.25 },
      {},
      'throughput of chat fell by 25 % on 2026-11-03 (commit 0003abc) and stayed: 20/s before, 15/s since',
    ],
    [
      { point: buildPoint(3, { commit: undefined }) },
      {},
      'p95 of chat rose by 12 % on 2026-11-03 (run run-3) and stayed: 200 ms before, 224 ms since',
    ],
    [
      {},
      { points: [buildPoint(1), buildPoint(2, { machine: 'other' })] },
      'p95 of chat rose by 12 % on 2026-11-03 (commit 0003abc) and stayed: 200 ms before, 224 ms since; on Test CPU, 4 cores, 15 GiB, ubuntu24',
    ],
  ])('%#: it says what, when, by which commit and for how long', (each, all, expected) => {
    expect(trendSentence(change(each), trend(all))).toBe(expected);
  });

  it.each<[Partial<TrendChange>, boolean]>([
    [{ change: 0.1 }, true],
    [{ change: -0.1 }, false],
    [{ metric: 'throughput', unit: 'per-second', change: 0.1 }, false],
    [{ metric: 'throughput', unit: 'per-second', change: -0.1 }, true],
    [{ metric: 'error_rate', unit: 'ratio', change: 0.01 }, true],
  ])('%j is worse: %s', (each, expected) => {
    expect(isWorse(change(each))).toBe(expected);
  });

  it('says how far the history reaches', () => {
    expect(historySentence(trend())).toBe('2 earlier runs are remembered, from 2026-11-01 to 2026-11-20');
    expect(historySentence(trend({ points: [buildPoint(1)] }))).toBe('One earlier run is remembered, of 2026-11-01');
    expect(historySentence(trend({ points: [] }))).toBe('No earlier run is remembered');
  });
});

describe('the trend in reports', () => {
  const many = report({ trend: trend({ changes: Array.from({ length: 8 }, () => change()) }) });

  it('is in the comment only where something was found, and of much the newest', () => {
    expect(renderComment(report({ trend: trend({ changes: [] }) }))).not.toContain('Trend');
    expect(renderComment(report())).not.toContain('Trend');
    const text = renderComment(STATES.trend!);
    expect(text).toContain('<details><summary>Trend</summary>');
    expect(text).toContain('xychart-beta\ntitle "chat: p95"');
    expect(renderComment(many).match(/^- 🔶 p95 of chat rose/gm)).toHaveLength(5);
    expect(renderComment(many)).toContain('- … and 3 more in report.html');
  });

  it('is on the terminal in a few lines', () => {
    const text = renderTerminal(many, { color: false, width: 100 });
    expect(text.match(/• p95 of chat rose/g)).toHaveLength(3);
    expect(renderTerminal(report(), { color: false, width: 100 })).not.toContain('Trend');
  });

  it('is in report.json by its contract', () => {
    const json = JSON.parse(renderReportJson(report({ trend: trend() }))) as ReportJson;
    expect(reportJsonSchema.safeParse(json).error).toBeUndefined();
    expect(json.trend).toEqual({
      runs: 2,
      from: buildPoint(1).at,
      to: buildPoint(20).at,
      changes: [
        {
          scenario: 'chat',
          metric: 'p95',
          unit: 'ms',
          at: buildPoint(3).at,
          runId: 'run-3',
          commit: buildPoint(3).commit,
          machine: buildPoint(3).machine,
          before: 200,
          after: 224,
          change: 0.12,
          runs: [30, 15],
          worse: true,
          text: expect.stringContaining('p95 of chat rose by 12 %'),
        },
      ],
    });
    expect(JSON.parse(renderReportJson(report()))).not.toHaveProperty('trend');
  });
});
