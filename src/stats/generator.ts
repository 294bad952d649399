import type { GeneratorBlock, GeneratorHealth, GeneratorVitals } from '../model/run.ts';
import { addHistograms, EMPTY_HISTOGRAM } from './histogram.ts';

/** Nothing is known of the generator, and nothing stands against it. */
export const NO_HEALTH: GeneratorHealth = {
  lag: EMPTY_HISTOGRAM,
  loopDelay: EMPTY_HISTOGRAM,
  gc: EMPTY_HISTOGRAM,
  cpu: undefined,
  steal: undefined,
  blocks: [],
  floor: undefined,
  problems: [],
  scenarioProblems: [],
  warnings: [],
};

/** Every reason not to trust a measurement, those of the whole run first; empty = the generator was healthy. */
export const generatorProblems = ({
  problems,
  scenarioProblems,
}: Pick<GeneratorHealth, 'problems' | 'scenarioProblems'>): readonly string[] => [
  ...problems,
  ...scenarioProblems.map(({ text }) => text),
];

/**
 * The blocks of one thread, one after the other, as one: histograms are added, shares weighted by the time of the blocks
 * that know them. No block → empty histograms, no share.
 */
export const addGeneratorBlocks = (blocks: readonly GeneratorBlock[]): GeneratorVitals => ({
  lag: addHistograms(blocks.map((block) => block.lag)),
  loopDelay: addHistograms(blocks.map((block) => block.loopDelay)),
  gc: addHistograms(blocks.map((block) => block.gc)),
  cpu: meanOverTime(blocks, 'cpu'),
  steal: meanOverTime(blocks, 'steal'),
});

const meanOverTime = (blocks: readonly GeneratorBlock[], key: 'cpu' | 'steal'): number | undefined => {
  const known = blocks.filter((block) => block[key] !== undefined && block.duration > 0);
  const time = known.reduce((sum, block) => sum + block.duration, 0);
  return time === 0 ? undefined : known.reduce((sum, block) => sum + block[key]! * block.duration, 0) / time;
};
