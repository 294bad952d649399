import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import type { BaselineState } from '../../src/model/verdict.ts';
import { renderComment } from '../../src/report/comment.ts';
import { commentMarker } from '../../src/report/markdown-escape.ts';
import { renderSummary } from '../../src/report/summary.ts';
import {
  errorRate,
  regressionFinding,
  report,
  run,
  scenarioRun,
  sloFinding,
  stored,
  verdict,
} from '../support/report-builders.ts';
import { livingReferences, structureProblems } from './markdown-check.ts';
import { HOSTILE, STATES } from './states.ts';

const states = Object.entries(STATES);

/** The one that is read, its no-break spaces as others. */
const firstLine = (state: Report): string => renderComment(state).split('\n')[1]!.replaceAll('\u00a0', ' ');

describe('the comment', () => {
  it.each(states)('of %s is as it was looked at', async (name, state) => {
    await expect(renderComment(state)).toMatchFileSnapshot(`../fixtures/report/comment-${name}.md.txt`);
  });

  it.each(states)('of %s is well-formed, as is the summary', (_, state) => {
    for (const text of [renderComment(state), renderSummary(state)]) {
      expect(structureProblems(text)).toEqual([]);
      expect(text.startsWith(`${commentMarker(state.key)}\n`)).toBe(true);
      expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
    }
  });

  it.each<[string, string]>([
    ['fail', '❌ **Gatemark: fail** — chat p95 3.1 s, limit 2.5 s'],
    ['regression', '❌ **Gatemark: fail** — chat TTFT p95 +42 % &#91;+30 %, +55 %&#93;, 560 ms → 796 ms'],
    ['pass', '✅ **Gatemark: pass** — 4 of 4 SLOs met, closest chat error rate 0.68 %, limit 1 %'],
    ['inconclusive', '⚪ **Gatemark: inconclusive** — chat: p99 &lt; 4s needs 500 samples'],
    ['invalid', '⚠️ **Gatemark: invalid** — chat: generator saturated'],
    ['nothing', '⚠️ **Gatemark: invalid** — The gateway could not be reached'],
    ['warnings', '✅ **Gatemark nightly: pass** — 2 of 2 SLOs met, closest chat p95 1.24 s, limit 2.5 s'],
    ['no-slos', '✅ **Gatemark: pass** — 700 requests sent, no SLO to judge'],
  ])('of %s says so in one line', (name, line) => {
    expect(firstLine(STATES[name]!)).toContain(line);
  });

  it('lets what the verdict puts first speak: the end of the burst before a number, and only what counts as failing', () => {
    expect(firstLine(STATES.aborted!)).toContain('stopped early to spare the gateway');
    const { fail } = STATES;
    const reasons = fail!.verdict.reasons.slice(1);
    const sloLeftOut = {
      status: 'inconclusive',
      scenario: 'chat',
      text: 'chat: p95 < 2.5s is not met (left out)',
    } as const;
    const state = report({ ...fail!, verdict: { ...fail!.verdict, reasons: [...reasons, sloLeftOut] } });
    expect(firstLine(state)).toContain('chat TTFT p95 +42 %');
    expect(renderComment(state)).toContain('p95 &lt; 2.5s is not met (left out)');
  });

  it('gives each kind of nothing to compare with its own words', () => {
    const kinds: readonly BaselineState[] = [
      ...(['none', 'absent', 'untrusted', 'unreadable', 'not-comparable'] as const).map((kind) => ({
        kind,
        reason: 'Because.',
      })),
      stored(3),
      stored(10),
    ];
    const texts = kinds.map((baseline) => renderComment(report({ verdict: verdict({ baseline }) })));
    expect(new Set(texts).size).toBe(kinds.length);
    for (const text of texts.slice(0, 5)) expect(text).toContain('Because.');
    expect(texts[1]).toContain('First run');
    expect(texts[2]).toContain('none of them is trusted');
    expect(texts[2]).not.toContain('First run');
    expect(texts[5]).toContain('only from 5 runs on');
    expect(texts[6]).not.toContain('only from 5 runs on');
  });

  it('tells comparisons that found nothing one by one where they are few, else in a line', () => {
    const of = (count: number): string =>
      renderComment(
        report({
          verdict: verdict({
            regressions: Array.from({ length: count }, () => regressionFinding()),
            baseline: stored(10),
          }),
        }),
      );
    expect(of(4).match(/^- ✅ chat p95: not seen/gm)).toHaveLength(4);
    expect(of(5)).not.toContain('- ✅ chat p95');
    expect(of(5)).toContain('- ✅ 5 comparisons found nothing that matters');
  });

  it('names what is broken with one call each, and of much of it the first', () => {
    const broken = renderComment(STATES['bad-probes']!).split('<details>')[0]!;
    expect(broken).toContain('- ❌ **flow**: 2 of 10 streams broke off before their end (`call 8`)');
    const { probes } = STATES['bad-probes']!.run;
    const many = report({ run: run({ probes: Array.from({ length: 5 }, () => probes).flat() }) });
    expect(
      renderComment(many)
        .split('<details>')[0]!
        .match(/^- ❌ .*call|^- ❌ .*request/gm),
    ).toHaveLength(8);
    expect(renderComment(many)).toContain('- … and 2 more');
  });

  it('lets nothing from outside come to life', () => {
    for (const whole of [renderComment(STATES.hostile!), renderSummary(STATES.hostile!)]) {
      const text = whole.replace(/^\[Full report\]\(\S+\)$/m, '');
      expect(livingReferences(text)).toEqual([]);
      const markup = text
        .split('\n')
        .slice(1)
        .join('\n')
        .replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
      expect(markup).not.toMatch(/<(?!\/?(?:details|summary|sub|br)\b)|\]\(/);
    }
  });

  it('is whole whatever names, details and sentences are', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(HOSTILE), fc.constant(''));
    fc.assert(
      fc.property(hostile, hostile, (name, text) => {
        const state = report({
          key: name,
          reproduce: text,
          warnings: [text],
          run: run({ scenarios: [scenarioRun({ name })] }),
          verdict: verdict({
            status: 'inconclusive',
            reasons: [{ status: 'inconclusive', scenario: name, text }],
            slos: [sloFinding({ scenario: name, text }), errorRate(undefined, { reason: text })],
            baseline: { kind: 'absent', reason: text },
          }),
        });
        expect(structureProblems(renderComment(state))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('under a limit', () => {
  it.each(states)('%s stays under the default', (_, state) => {
    expect(renderComment(state).length).toBeLessThanOrEqual(64_000);
    expect(Buffer.byteLength(renderSummary(state))).toBeLessThanOrEqual(1024 * 1024);
  });

  it('gives up whole sections, the least important first, and names them', () => {
    const at = (limit: number): string => renderComment(STATES.fail!, limit);
    const whole = at(64_000);
    expect(whole).not.toContain('Left out');
    const less = at(whole.length - 1);
    expect(less).toContain('_Left out to fit: percentile curve. They are in report.json and behind the link._');
    expect(less).not.toContain('<summary>Percentile curve');
    expect(less).toContain('<summary>Environment');
    const least = at(1_500);
    expect(least).toContain('### SLOs');
    expect(least).toContain('Left out to fit: ');
    expect(least).not.toContain('<details>');
  });

  it.each(states)('%s holds any limit, stays well-formed, and keeps marker and verdict', (_, state: Report) => {
    const least = renderComment(state, 0).length;
    const [marker, verdictLine] = renderComment(state).split('\n');
    for (const limit of [1_800, 2_500, 4_000, 6_000, 9_000, 20_000, 40_000]) {
      const text = renderComment(state, limit);
      if (marker!.length + verdictLine!.length + 400 > limit) continue;
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(structureProblems(text)).toEqual([]);
      expect(text.startsWith(`${marker}\n${verdictLine}\n`)).toBe(true);
    }
    expect(least).toBeGreaterThan(0);
  });

  it('counts the bytes of a summary, not its characters', () => {
    const wide = report({
      run: run({ scenarios: Array.from({ length: 30 }, (_, i) => scenarioRun({ name: `${'漢'.repeat(50)}${i}` })) }),
    });
    const bytes = Buffer.byteLength(renderSummary(wide));
    const shrunk = renderSummary(wide, bytes - 1);
    expect(Buffer.byteLength(shrunk)).toBeLessThan(bytes);
    expect(shrunk).toContain('Left out');
  });
});

describe('the summary', () => {
  it('holds what the comment holds, with the main details open', () => {
    const [comment, summary] = [renderComment(STATES.fail!), renderSummary(STATES.fail!)];
    expect(summary.replaceAll('<details open>', '<details>')).toBe(comment);
    expect(summary).toContain('<details open><summary>Failures');
    expect(summary).toContain('<details><summary>Environment');
  });
});
