import type { Histogram } from '../model/histogram.ts';
import type { Block, Metric } from '../model/measurement.ts';
import type { ScenarioRun } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';
import type { Knee } from '../model/verdict.ts';
import { blocksOf, pooled } from '../stats/measurement.ts';

/** What an estimate is made from: some blocks of one scenario, of one tenant or all. */
export interface Evidence {
  readonly scenario: ScenarioRun;
  readonly tenant: string | undefined;
  readonly blocks: readonly Block[];
  /** How long the blocks took together, those without a request included, µs. */
  readonly duration: Micros;
  /** For an arrival in steps; undefined elsewhere, and where it is not known. */
  readonly knee: Knee | undefined;
}

/** All of the measured phase. */
export const wholeEvidence = (scenario: ScenarioRun, tenant: string | undefined, knee?: Knee): Evidence => ({
  scenario,
  tenant,
  blocks: knownBlocks(scenario, tenant),
  duration: scenario.duration,
  knee,
});

/** Only the steps with a number from `first` to below `end`. */
export const stepEvidence = (
  scenario: ScenarioRun,
  tenant: string | undefined,
  steps: { readonly first: number; readonly end: number },
): Evidence => {
  const blocks = knownBlocks(scenario, tenant).filter(({ index }) => index >= steps.first && index < steps.end);
  const duration = micros(blocks.reduce((sum, block) => sum + block.duration, 0));
  return { scenario, tenant, blocks, duration, knee: undefined };
};

const pools = new WeakMap<readonly Block[], Map<Metric, Histogram>>();

/** All values of a metric, added up once for all measures that ask. No sample → the empty histogram. */
export const pooledEvidence = ({ blocks }: Evidence, metric: Metric): Histogram => {
  const ofBlocks = pools.get(blocks) ?? new Map<Metric, Histogram>();
  pools.set(blocks, ofBlocks);
  const all = ofBlocks.get(metric) ?? pooled(blocks, metric);
  ofBlocks.set(metric, all);
  return all;
};

const known = new WeakMap<ScenarioRun, Map<string | undefined, readonly Block[]>>();

/** Adding the tenants' histograms up costs more than all that is then made of them, and each measure asks for it again. */
const knownBlocks = (scenario: ScenarioRun, tenant: string | undefined): readonly Block[] => {
  const ofScenario = known.get(scenario) ?? new Map<string | undefined, readonly Block[]>();
  known.set(scenario, ofScenario);
  const blocks = ofScenario.get(tenant) ?? blocksOf(scenario.slices, tenant);
  ofScenario.set(tenant, blocks);
  return blocks;
};
