import { describe, expect, it } from 'vitest';
import { forestAxis, forestRow, forestScale } from '../../../src/report/page/forest.ts';
import { writeHtml } from '../../../src/report/page/html.ts';
import { regressionFinding } from '../../support/report-builders.ts';

const drawn = (finding: ReturnType<typeof regressionFinding>, all = [finding]): string =>
  writeHtml(forestRow(finding, forestScale(all)), (text) => text);

describe('forestScale', () => {
  it.each([
    ['small changes get the least scale', [-0.01, 0.02], 0.1],
    ['the widest interval fits', [-0.31, 0.44], 0.5],
    ['one that is wild does not flatten the others', [-0.2, 30], 1],
  ] as const)('%s', (_, interval, edge) => {
    expect(forestScale([regressionFinding({ interval })])('us')).toBeCloseTo(edge);
  });

  it('measures shares in points, apart from relative changes', () => {
    const share = regressionFinding({ unit: 'ratio', change: 0.003, interval: [-0.01, 0.018] });
    const scale = forestScale([share, regressionFinding({ change: 0.4, interval: [0.3, 0.5] })]);
    expect([scale('ratio'), scale('us'), scale('per-second')]).toEqual([0.02, 0.5, 0.5]);
    expect(writeHtml(forestAxis(scale, [share]), (text) => text)).toContain('+2 points');
  });
});

describe('forestRow', () => {
  it('draws the point, the interval and what could not be seen to one scale', () => {
    const row = drawn(regressionFinding({ change: 0.25, interval: [0.1, 0.5], detectable: 0.2, status: 'fail' }));
    expect(row).toContain('class="forest worse"');
    expect(row).toContain('<circle cx="50.0"');
    expect(row).toContain('x1="20.0" x2="100.0"');
    expect(row).toContain('x="-40.0" width="80.0"');
    expect(row).not.toContain('arrow');
  });

  it('ends in an arrow where the interval leaves the plot', () => {
    expect(drawn(regressionFinding({ change: 0.9, interval: [0.4, 12] }))).toContain('class="arrow" d="M98');
  });

  it.each([
    ['a regression that cannot fail the gate', { status: 'fail', gating: false }, 'advisory'],
    ['an improvement', { change: -0.3, interval: [-0.4, -0.2] }, 'better'],
    ['nothing', {}, 'same'],
  ] as const)('paints %s', (_, overrides, kind) => {
    expect(drawn(regressionFinding(overrides))).toContain(`class="forest ${kind}"`);
  });

  it('of a count, or of nothing, is nothing', () => {
    expect(drawn(regressionFinding({ unit: 'count' })) + drawn(regressionFinding({ change: undefined }))).toBe('');
  });
});
