import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../src/report/junit.ts';
import { regressionFinding, report, sloFinding, verdict } from '../support/report-builders.ts';
import { HOSTILE, STATES } from './states.ts';
import { type Element, parseXml } from './xml-check.ts';

const casesOf = (root: Element): readonly Element[] => root.children.flatMap((suite) => suite.children);
const named = (root: Element, name: string): Element | undefined =>
  casesOf(root).find((each) => each.attributes.name === name);

describe('junit.xml', () => {
  it.each(Object.entries(STATES))('of %s is well-formed, with right sums', (_, state) => {
    const root = parseXml(renderJunit(state));
    expect(root.name).toBe('testsuites');
    for (const parent of [root, ...root.children]) {
      const cases = parent === root ? casesOf(root) : parent.children;
      const count = (kind: string): string => String(cases.filter((each) => each.children[0]?.name === kind).length);
      expect(parent.attributes).toMatchObject({
        tests: String(cases.length),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      });
    }
  });

  it('has a suite a scenario, and a case an SLO and a comparison that can fail', () => {
    const root = parseXml(renderJunit(STATES.fail!));
    expect(root.children.map((suite) => suite.attributes.name)).toEqual(['chat', 'embeddings']);
    expect(named(root, 'p95 < 2.5s')?.children).toEqual([
      { name: 'failure', attributes: { message: 'chat p95 3.1 s, limit 2.5 s' }, children: [] },
    ]);
    expect(named(root, 'p99 < 200ms')?.children[0]?.name).toBe('skipped');
    expect(named(root, 'p95 against the baseline')?.children[0]?.name).toBe('failure');
    expect(named(root, 'error_rate < 1%')?.children).toEqual([]);
    expect(named(root, 'p50 against the baseline')).toBeUndefined();
  });

  it.each(['pass', 'fail', 'inconclusive', 'invalid'] as const)(
    'shows a verdict of %s that no case shows',
    (status) => {
      const root = parseXml(
        renderJunit(
          report({
            verdict: verdict({ status, slos: [], reasons: [{ status, scenario: undefined, text: 'Because.' }] }),
          }),
        ),
      );
      const element = { pass: undefined, fail: 'failure', inconclusive: 'skipped', invalid: 'error' }[status];
      expect(named(root, 'verdict')?.children[0]?.name).toBe(element);
      if (element !== undefined) expect(named(root, 'verdict')?.children[0]?.attributes.message).toBe('Because.');
    },
  );

  it('is well-formed whatever the names are', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constant(HOSTILE), fc.constant('\u0000\ud800\ufffe"&<\t\n')),
        (text) => {
          const state = report({
            verdict: verdict({
              status: 'fail',
              slos: [sloFinding({ scenario: text, text, status: 'fail' })],
              regressions: [
                regressionFinding({ scenario: text, tenant: text, metric: text, status: 'inconclusive', reason: text }),
              ],
            }),
          });
          const root = parseXml(renderJunit(state));
          // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold
          const kept = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
          expect(casesOf(root)[0]!.attributes.name).toBe(kept);
        },
      ),
    );
  });
});
