import type { LoadPlan, Plan } from '../model/plan.ts';
import type { GeneratorHealth, ScenarioRun } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';
import { addGeneratorBlocks, NO_HEALTH } from '../stats/generator.ts';
import { partsOf, pooled } from '../stats/measurement.ts';
import { whySaturated } from './generator-health.ts';
import type { HealthRecorder } from './health-recorder.ts';
import { judgedTimes } from './judged-times.ts';

/** A load, and when it was measured. */
export interface MeasuredLoad {
  readonly plan: LoadPlan;
  readonly measuredFrom: Micros;
  readonly measuredFor: Micros;
}

export interface GeneratorInputs {
  readonly plan: Plan;
  readonly loads: readonly MeasuredLoad[];
  /** By scenario. */
  readonly results: ReadonlyMap<string, ScenarioRun>;
  /** Ended. */
  readonly health: HealthRecorder;
}

/** How the generator fared, and which scenarios it spoilt: each is judged by the blocks of the time in which it was measured. */
export const judgeGenerator = ({ plan, loads, results, health }: GeneratorInputs): GeneratorHealth => {
  const blocks = health.blocks();
  const problemOf = (load: MeasuredLoad, { name, slices }: ScenarioRun): string | undefined =>
    whySaturated({
      scenario: name,
      lag: pooled(partsOf(slices, undefined), 'lag'),
      times: judgedTimes(plan.scenarios.find((each) => each.name === name)?.slos ?? [], slices),
      blocks: health.between(load.measuredFrom, micros(load.measuredFrom + load.measuredFor)),
    });
  const scenarioProblems = loads.flatMap((load) =>
    load.plan.members.flatMap(({ scenario }) => {
      const run = results.get(scenario);
      const text = run === undefined ? undefined : problemOf(load, run);
      return text === undefined ? [] : [{ scenario, text }];
    }),
  );
  return { ...NO_HEALTH, ...addGeneratorBlocks(blocks), blocks, scenarioProblems };
};
