import type { LoadPlan, Plan } from '../model/plan.ts';
import type { GeneratorHealth, ScenarioRun } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';
import type { PairSegment, Side } from '../plan/pair-schedule.ts';
import { isOpen } from '../plan/schedule.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import type { GatewaySide } from './gateway-side.ts';
import type { HealthRecorder } from './health-recorder.ts';
import { judgeGenerator, type MeasuredLoad } from './judge-generator.ts';

export interface PairedInputs {
  readonly plan: Plan;
  /** Those that both sides went through. */
  readonly segments: readonly PairSegment[];
  readonly sides: Readonly<Record<Side, GatewaySide>>;
  /** Ended. */
  readonly health: HealthRecorder;
  /** The side whose breaker ended the run. */
  readonly broken: Side | undefined;
}

/** Both sides as they were measured. The baseline's blocks are those of whole pairs; the candidate has all it was sent. */
export const pairedResult = (
  inputs: PairedInputs,
): Pick<LoadResult, 'scenarios' | 'probes' | 'baseline' | 'generator'> => {
  const { plan, segments, sides } = inputs;
  const spans = plan.loads.map((load, index) => spanOf(load, index, sides));
  const scenariosOf = (side: GatewaySide, until: (load: LoadPlan) => number | undefined): readonly ScenarioRun[] => {
    const runs = side.loads.flatMap((each, index) => each.results(spans[index]!.measuredFrom, until(each.load.plan)));
    return plan.scenarios.flatMap(({ name }) => runs.filter((run) => run.name === name));
  };
  const scenarios = scenariosOf(sides.candidate, () => undefined);
  const baseline = { scenarios: scenariosOf(sides.baseline, (load) => wholeUntil(load, segments)), probes: [] };
  return { scenarios, probes: [], baseline, generator: generatorOf(inputs, spans, [scenarios, baseline.scenarios]) };
};

/** From the first measured block of either side to the end of the last. */
const spanOf = (plan: LoadPlan, index: number, sides: PairedInputs['sides']): MeasuredLoad => {
  const loads = Object.values(sides).map((side) => side.loads[index]!);
  const from = loads.flatMap((load) => load.measuredFrom ?? []);
  const until = Math.max(0, ...loads.map((load) => load.measuredUntil));
  const measuredFrom = micros(from.length === 0 ? 0 : Math.min(...from));
  return { plan, measuredFrom, measuredFor: micros(Math.max(0, until - measuredFrom)) };
};

/** How far into its measured phase both sides came, in the load's own time. */
const wholeUntil = (load: LoadPlan, segments: readonly PairSegment[]): Micros => {
  const ends = segments.flatMap(({ loads, duration }) =>
    loads.flatMap((part) => (part.load === load ? [part.offset + duration - load.warmup] : [])),
  );
  return micros(Math.max(0, ...ends));
};

const generatorOf = (
  inputs: PairedInputs,
  loads: readonly MeasuredLoad[],
  sides: readonly (readonly ScenarioRun[])[],
): GeneratorHealth => {
  const { plan, health, broken } = inputs;
  const [candidate, baseline] = sides.map((runs) =>
    judgeGenerator({ plan, loads, results: new Map(runs.map((run) => [run.name, run])), health }),
  );
  const known = new Set(candidate!.scenarioProblems.map(({ scenario }) => scenario));
  const others = baseline!.scenarioProblems.filter(({ scenario }) => !known.has(scenario));
  return {
    ...candidate!,
    problems: broken === 'baseline' ? [BASELINE_FAILED] : [],
    scenarioProblems: [...candidate!.scenarioProblems, ...others],
    warnings: plan.loads.filter(hasSteadyRate).flatMap((load) => queueWarnings(load, inputs.sides)),
  };
};

const BASELINE_FAILED =
  'The baseline gateway failed so often that limits.abort ended the run: there is nothing to compare with; check that it is up, and run it again';

/** Steps are there to find the queue, and users make none that grows. */
const hasSteadyRate = ({ arrival }: LoadPlan): boolean => isOpen(arrival) && arrival.kind !== 'steps';

/** A larger part of the response time than this, and a comparison is one of queues as much as of gateways. */
const MAX_WAITING = 0.25;

const queueWarnings = ({ members }: LoadPlan, sides: PairedInputs['sides']): readonly string[] =>
  members.flatMap(({ scenario }) => {
    const waiting = SIDES.flatMap(([side, name]) => {
      const found = sides[side].queueing.get(scenario)?.share();
      const isSure = found !== undefined && found.share - 2 * found.error > MAX_WAITING;
      return isSure ? [`${Math.round(found.share * 100)} % on the ${name}`] : [];
    });
    if (waiting.length === 0) return [];
    return [
      `${scenario}: requests wait behind one another (about ${waiting.join(' and ')} of the response time). A comparison is sharpest at no more than half of a gateway's capacity: a queue makes intervals wider, and a difference larger than that of the gateways' own work. A lower rate tells more.`,
    ];
  });

const SIDES: readonly (readonly [side: Side, name: string])[] = [
  ['candidate', 'gateway under test'],
  ['baseline', 'baseline gateway'],
];
