import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendMeasured, type MeasuredSides } from '../../src/archive/append-measured.ts';
import type { Block } from '../../src/model/measurement.ts';
import { fromSeconds, micros } from '../../src/model/units.ts';
import { NO_HEALTH } from '../../src/stats/generator.ts';
import { buildBlock, buildRun, buildScenario, histogramOfMs } from '../support/build-run.ts';

const USED = { requests: 10, duration: fromSeconds(4), concurrency: 3, tokens: 5 };

const generatorOf = (seconds: number, cpu: number) => ({
  ...NO_HEALTH,
  lag: histogramOfMs([seconds]),
  cpu,
  warnings: [`${seconds} s`],
  blocks: [{ ...NO_HEALTH, start: micros(0), duration: fromSeconds(seconds), released: seconds }],
});

const sides = (candidate: readonly Block[], baseline: readonly Block[], overrides: Partial<MeasuredSides> = {}) => ({
  ...buildRun({ used: USED, scenarios: [buildScenario({ blocks: candidate })] }),
  baseline: { scenarios: [buildScenario({ blocks: baseline })], probes: [] },
  ...overrides,
});

const blocksOf = ({ scenarios }: Pick<MeasuredSides, 'scenarios'>): readonly Block[] => scenarios[0]!.slices[0]!.blocks;

/** Blocks of a pair lie one behind the other, the candidate's first where its number is even. */
const pairOf = (latency: readonly number[], index: number, after: number) => {
  const made = buildBlock(index, { ms: { latency } });
  const at = (place: number): Block => ({ ...made, start: fromSeconds(2 * (index - after) + place) });
  return { candidate: at(index % 2), baseline: at((index + 1) % 2) };
};

describe('appendMeasured', () => {
  it('makes of the parts of a run what the run in one piece is', () => {
    const values = fc.array(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(values, fc.nat(100), (latencies, at) => {
        const cut = 1 + (at % (latencies.length - 1));
        const part = (from: number, to: number) => {
          const pairs = latencies.slice(from, to).map((latency, i) => ({ ...pairOf(latency, from + i, from) }));
          const renumbered = (block: Block): Block => ({ ...block, index: block.index - from });
          return sides(
            pairs.map(({ candidate }) => renumbered(candidate)),
            pairs.map(({ baseline }) => renumbered(baseline)),
          );
        };
        const whole = part(0, latencies.length);
        const joined = appendMeasured(part(0, cut), part(cut, latencies.length));
        expect(blocksOf(joined)).toEqual(blocksOf(whole));
        expect(blocksOf(joined.baseline!)).toEqual(blocksOf(whole.baseline));
        expect(joined.scenarios[0]!.duration).toBe(whole.scenarios[0]!.duration);
      }),
      { seed: 20260104 },
    );
  });

  it('begins behind both sides, though one has more blocks than the other', () => {
    const [one, two] = [pairOf([5], 0, 0), pairOf([6], 1, 0)];
    const first = sides([one.candidate, two.candidate], [one.baseline]);
    const joined = appendMeasured(first, sides([one.candidate], [one.baseline]));
    expect(blocksOf(joined).map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(blocksOf(joined.baseline!).map(({ index }) => index)).toEqual([0, 2]);
    expect(blocksOf(joined).at(-1)!.start).toBeLessThan(blocksOf(joined.baseline!).at(-1)!.start);
  });

  it('adds up what was used, and what the generator did', () => {
    const { candidate, baseline } = pairOf([5], 0, 0);
    const first = sides([candidate], [baseline], { generator: generatorOf(3, 0.5) });
    const used = { requests: 1, duration: fromSeconds(12), concurrency: 2, tokens: 1 };
    const second = sides([candidate], [baseline], { generator: generatorOf(2, 0.1), used });
    const joined = appendMeasured(first, second);
    expect(joined.used).toEqual({ requests: 11, duration: fromSeconds(16), concurrency: 3, tokens: 6 });
    expect(joined.generator.lag).toEqual(histogramOfMs([2, 3]));
    expect(joined.generator.cpu).toBeCloseTo((0.5 * 4 + 0.1 * 12) / 16, 12);
    expect(joined.generator.warnings).toEqual(['2 s', '3 s']);
    expect(joined.generator.blocks.map(({ start, released }) => [start, released])).toEqual([
      [0, 3],
      [fromSeconds(3), 2],
    ]);
    expect(joined.scenarios[0]!.load).toBe('20/s for 10 s, then 20/s for 10 s');
  });

  it('keeps probes and scenarios that only the first part has', () => {
    const { candidate, baseline } = pairOf([5], 0, 0);
    const first = sides([candidate], [baseline]);
    expect(appendMeasured(first, { ...first, scenarios: [], baseline: undefined! }).scenarios).toEqual(first.scenarios);
  });
});
