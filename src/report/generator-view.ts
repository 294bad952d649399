import type { GeneratorBlock, GeneratorHealth } from '../model/run.ts';
import { toSeconds } from '../model/units.ts';
import { generatorProblems } from '../stats/generator.ts';
import { type Quantiles, quantilesOf } from './slice-view.ts';

/** One of the generator's blocks. */
export interface GeneratorBlockView {
  /** From the end of the first warm-up, seconds. */
  readonly start: number;
  readonly seconds: number;
  /** Requests released a second; undefined in a block without length. */
  readonly rate: number | undefined;
  readonly lag: Quantiles | undefined;
  readonly loopDelay: Quantiles | undefined;
  readonly gc: Quantiles | undefined;
  readonly cpu: number | undefined;
  readonly steal: number | undefined;
}

/** The generator as reports show it. */
export interface GeneratorView {
  readonly lag: Quantiles | undefined;
  readonly loopDelay: Quantiles | undefined;
  readonly gc: Quantiles | undefined;
  readonly cpu: number | undefined;
  readonly steal: number | undefined;
  readonly floor: { readonly latency: Quantiles | undefined; readonly lag: Quantiles | undefined } | undefined;
  readonly blocks: readonly GeneratorBlockView[];
  /** The block with the longest delay of the event loop; undefined where there is but one, or nothing is known. */
  readonly worst: GeneratorBlockView | undefined;
  /** Of the whole run, then of single scenarios; empty = healthy. */
  readonly problems: readonly string[];
}

/** Computes what the renderers show of the generator. Total: nothing known gives nothing to show. */
export const viewGenerator = (health: GeneratorHealth): GeneratorView => {
  const blocks = health.blocks.map(viewBlock);
  const late = blocks.filter((block) => block.loopDelay !== undefined);
  return {
    lag: quantilesOf(health.lag),
    loopDelay: quantilesOf(health.loopDelay),
    gc: quantilesOf(health.gc),
    cpu: health.cpu,
    steal: health.steal,
    floor: health.floor && { latency: quantilesOf(health.floor.latency), lag: quantilesOf(health.floor.lag) },
    blocks,
    worst: late.length < 2 ? undefined : late.toSorted((a, b) => b.loopDelay!.p99 - a.loopDelay!.p99)[0],
    problems: generatorProblems(health),
  };
};

const viewBlock = (block: GeneratorBlock): GeneratorBlockView => {
  const seconds = toSeconds(block.duration);
  return {
    start: toSeconds(block.start),
    seconds,
    rate: seconds > 0 ? block.released / seconds : undefined,
    lag: quantilesOf(block.lag),
    loopDelay: quantilesOf(block.loopDelay),
    gc: quantilesOf(block.gc),
    cpu: block.cpu,
    steal: block.steal,
  };
};
