import { seedOf } from '../config/random.ts';
import { GateError } from '../model/errors.ts';
import type { DropReason } from '../model/outcome.ts';
import type { LoadPlan, Plan, ScenarioPlan } from '../model/plan.ts';
import type { ScenarioRun } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';
import { describeArrival } from '../plan/describe-arrival.ts';
import { createMix } from '../plan/mix.ts';
import { arrivalDuration, type BlockGrid, createBlockGrid, isOpen, stepRates } from '../plan/schedule.ts';
import { Flight, type FlightOwner } from './flight.ts';
import type { OverheadRecorder } from './overhead-recorder.ts';
import { createRequestFactory, type RequestFactory } from './request-factory.ts';
import { ScenarioRecorder } from './scenario-recorder.ts';

interface Member {
  readonly scenario: ScenarioPlan;
  readonly factory: RequestFactory;
  readonly recorder: ScenarioRecorder;
  /** Arrivals so far: the next request's index. */
  count: number;
}

/** One load of the plan under way: whose turn it is, where in time an arrival lies, what is still open. */
export class Load {
  readonly plan: LoadPlan;
  /** Of the measured phase. */
  readonly duration: Micros;
  /** Released and not yet settled. */
  open = 0;
  readonly #grid: BlockGrid;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #turn: () => string;
  /** Undefined before the start. */
  startedAt: Micros | undefined;
  /** End of the warm-up. */
  measuredFrom = micros(0);
  /** No arrival is intended then or later. */
  end = micros(0);
  #cutAt: Micros | undefined;

  constructor(plan: Plan, load: LoadPlan, overhead?: OverheadRecorder) {
    this.plan = load;
    this.duration = arrivalDuration(load.arrival);
    this.#grid = createBlockGrid(load);
    this.#turn = createMix(load.members, seedOf(plan.seed, `mix ${load.name}`));
    this.#members = new Map(
      load.members.map(({ scenario: name }) => {
        const scenario = scenarioOf(plan, name);
        const recorder = new ScenarioRecorder(scenario, this.#grid, overhead);
        return [name, { scenario, factory: createRequestFactory(plan, scenario), recorder, count: 0 }];
      }),
    );
  }

  start(at: Micros): void {
    this.startedAt = at;
    this.measuredFrom = micros(at + this.plan.warmup);
    this.end = micros(this.measuredFrom + this.duration);
  }

  /** The next arrival, rendered, so that nothing stands between its release and its being sent. */
  createFlight(owner: FlightOwner, intended: Micros): Flight {
    const member = this.#members.get(this.#turn())!;
    const { scenario, recorder } = member;
    const block = this.#grid.indexAt(intended - this.measuredFrom);
    return new Flight({ owner, scenario, recorder, request: member.factory(member.count++), intended, block });
  }

  /** Counts an arrival of the schedule that never was released, without rendering it. `offset`: from the start of the load. */
  countUnreleased(offset: Micros, reason: DropReason): void {
    const member = this.#members.get(this.#turn())!;
    const tenant = member.count++ % Math.max(1, member.scenario.tenants.length);
    const block = this.#grid.indexAt(offset - this.plan.warmup);
    if (block >= 0) member.recorder.unreleased(tenant, block, reason);
  }

  /** The measured phase ends here and not as planned. The first cut counts. */
  cut(at: Micros): void {
    this.#cutAt ??= at;
  }

  connections(took: readonly Micros[]): void {
    this.#members.values().next().value?.recorder.connections(took);
  }

  results(): ReadonlyMap<string, ScenarioRun> {
    const { arrival } = this.plan;
    const duration = this.#measured();
    const cutAt = duration < this.duration ? duration : undefined;
    const common = {
      load: describeArrival(arrival),
      closed: !isOpen(arrival),
      duration,
      stepRates: arrival.kind === 'steps' ? stepRates(arrival) : [],
    };
    return new Map(
      [...this.#members].map(([name, { scenario, recorder }]) => [
        name,
        {
          ...common,
          name,
          endpoint: scenario.endpoint,
          stream: scenario.stream,
          warmupRequests: recorder.warmupRequests,
          slices: recorder.slices(cutAt),
          failures: recorder.failures(),
          upstream: recorder.upstreamTally,
        },
      ]),
    );
  }

  #measured(): Micros {
    if (this.startedAt === undefined) return micros(0);
    if (this.#cutAt === undefined) return this.duration;
    return micros(Math.min(this.duration, Math.max(0, this.#cutAt - this.measuredFrom)));
  }
}

const scenarioOf = (plan: Plan, name: string): ScenarioPlan => {
  const scenario = plan.scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new GateError('internal', `a load names the scenario ${name}, which is not there`);
  return scenario;
};
