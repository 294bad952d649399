import { describe, expect, it } from 'vitest';
import { summarize } from '../../src/adapters/github/outputs.ts';
import { annotationsOf } from '../../src/report/annotations.ts';
import { renderCheckRun } from '../../src/report/check-run.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderReportPage } from '../../src/report/page/report-page.ts';
import { renderReportJson } from '../../src/report/report-json.ts';
import { reportJsonSchema } from '../../src/report/report-json-schema.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { report, sloFinding, verdict } from '../support/report-builders.ts';

const failed = report({
  verdict: verdict({
    status: 'fail',
    reasons: [{ status: 'fail', scenario: 'chat', text: 'chat: p95 < 2.5s is not met' }],
    slos: [sloFinding({ status: 'fail', observed: 3_000_000 })],
  }),
});
const override = { label: 'perf | ok', by: 'octo-cat', at: '2026-11-02T10:05:00Z' };
const overridden = { ...failed, override };

describe('a failure that somebody overrode', () => {
  it.each([
    ['comment', renderComment(overridden)],
    ['summary', renderSummary(overridden)],
    ['check run', renderCheckRun(overridden).summary],
  ])('is told with the true verdict in the %s, and by whom and when', (_, markdown) => {
    const text = markdown.replaceAll('\u00a0', ' ');
    expect(text).toContain('🔶 **Gatemark: fail, overridden** — chat p95 3 s, limit 2.5 s');
    expect(text).toContain('> ⚠️ octo-cat overrode this failure by the label perf &#124; ok (2026-11-02 10:05 UTC)');
  });

  it('is in the terminal, the page and the title of the check run', () => {
    const page = renderReportPage(overridden, (text) => text);
    expect(renderTerminal(overridden, { color: false, width: 120 })).toContain('Gatemark: fail, overridden');
    expect(page).toContain('<title>Gatemark: fail, overridden</title>');
    expect(page).toContain('octo-cat overrode this failure');
    expect(renderCheckRun(overridden).title).toBe('fail, overridden: chat p95 3 s, limit 2.5 s');
  });

  it('is in report.json and the outputs, beside the verdict', () => {
    const json: unknown = JSON.parse(renderReportJson(overridden));
    expect(reportJsonSchema.parse(json)).toMatchObject({ verdict: 'fail', override });
    expect(summarize(overridden)).toMatchObject({ verdict: 'fail', override });
  });

  it('is annotated as a warning', () => {
    expect(annotationsOf(failed).map(({ level }) => level)).toEqual(['error']);
    expect(annotationsOf(overridden).map(({ level }) => level)).toEqual(['warning']);
  });
});

describe('any other verdict', () => {
  it('has nothing of it', () => {
    expect(renderComment(failed)).toContain('❌ **Gatemark: fail** —');
    expect(JSON.parse(renderReportJson(failed))).not.toHaveProperty('override');
    expect(summarize(failed)).not.toHaveProperty('override');
  });
});
