import type { Plan } from '../model/plan.ts';
import type { Comparison, Environment, Origin, Run, ScenarioRun } from '../model/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoadResult } from '../ports/load-runner.ts';

/** What a run says of itself beside what was measured. */
export interface RunPorts {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly environment: Environment;
  readonly origin: Origin;
  readonly toolVersion: string;
}

/** One run a gateway: that under test, and the one that it was compared with side by side. */
export interface AssembledRuns {
  readonly run: Run;
  /** Undefined where one gateway alone was measured, or nothing was. */
  readonly baseline: Run | undefined;
}

/** Makes runs of what a burst measured. Bounds, what was used of them, the ending and the generator are those of both sides. */
export const assembleRuns = (plan: Plan, load: LoadResult, ports: RunPorts): AssembledRuns => {
  const run: Run = {
    id: ports.newId(),
    createdAt: ports.clock.date().toISOString(),
    toolVersion: ports.toolVersion,
    origin: ports.origin,
    environment: ports.environment,
    configDigest: plan.digest,
    seed: plan.seed,
    gateway: new URL(plan.target.url).origin,
    dialect: plan.dialect.name,
    bounds: plan.bounds,
    used: load.used,
    ending: load.ending,
    scenarios: load.scenarios,
    probes: load.probes,
    generator: load.generator,
  };
  if (plan.baseline === undefined || load.baseline === undefined) return { run, baseline: undefined };
  const sideOf = (side: Comparison['side']): Comparison => ({ ...common, side });
  const common = { id: ports.newId(), pairs: wholePairs(load.baseline.scenarios) };
  const baseline: Run = {
    ...run,
    ...load.baseline,
    id: ports.newId(),
    gateway: new URL(plan.baseline.target.url).origin,
    comparison: sideOf('baseline'),
  };
  return { run: { ...run, comparison: sideOf('candidate') }, baseline };
};

/** The baseline holds nothing but whole pairs: those of the scenario that has the fewest. */
const wholePairs = (scenarios: readonly ScenarioRun[]): number =>
  scenarios.length === 0
    ? 0
    : Math.min(
        ...scenarios.map(
          ({ slices }) => new Set(slices.flatMap(({ blocks }) => blocks.map(({ index }) => index))).size,
        ),
      );
