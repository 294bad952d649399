import { describe, expect, it } from 'vitest';
import { annotationsOf } from '../../src/report/annotations.ts';
import { report, verdict } from '../support/report-builders.ts';
import { STATES } from './states.ts';

describe('annotations', () => {
  it('name what failed, the furthest past its limit first', () => {
    expect(annotationsOf(STATES.fail!)).toEqual([
      { level: 'error', title: 'SLO missed: chat p95 < 2.5s', message: 'chat p95 3.1 s, limit 2.5 s' },
      {
        level: 'error',
        title: 'Regression: chat ttft.p95',
        message: 'chat TTFT p95 +42 % [+30 %, +55 %], 560 ms → 796 ms',
      },
      { level: 'error', title: 'Regression: chat p95', message: 'chat p95 +25 % [+16 %, +34 %], 2.48 s → 3.1 s' },
    ]);
  });

  it('are none for a pass', () => expect(annotationsOf(STATES.pass!)).toEqual([]));

  it('only warn of a missed SLO that does not fail the gate', () => {
    const state = report({ ...STATES.fail!, verdict: { ...STATES.fail!.verdict, status: 'pass' } });
    expect(annotationsOf(state).map(({ level }) => level)).toEqual(['warning', 'warning', 'warning']);
  });

  it.each([
    ['invalid', 'error'],
    ['inconclusive', 'notice'],
    ['fail', 'error'],
  ] as const)('say why, when a verdict of %s has no row to point at', (status, level) => {
    const state = report({
      verdict: verdict({ status, slos: [], reasons: [{ status, scenario: undefined, text: 'Because.' }] }),
    });
    expect(annotationsOf(state)).toEqual([{ level, title: `Gatemark: ${status}`, message: 'Because.' }]);
  });

  it('are at most so many, and count the rest', () => {
    const some = annotationsOf(STATES.many!, 5);
    expect(some).toHaveLength(5);
    expect(some.at(-1)).toEqual({ level: 'notice', title: 'Gatemark', message: '… and 4 more' });
    expect(annotationsOf(STATES.many!)).toHaveLength(8);
    expect(annotationsOf(STATES.many!, 0)).toEqual([]);
  });

  it('are one clean line each', () => {
    for (const { title, message } of annotationsOf(STATES.hostile!))
      expect(`${title}${message}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
