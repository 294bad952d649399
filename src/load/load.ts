import { seedOf } from '../config/random.ts';
import { GateError } from '../model/errors.ts';
import type { DropReason } from '../model/outcome.ts';
import type { LoadPlan, Plan, ScenarioPlan, Share } from '../model/plan.ts';
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

const WHOLE: Share = { index: 0, count: 1 };

export interface LoadParts {
  /** The load's own by default. */
  readonly grid?: BlockGrid;
  readonly overhead?: OverheadRecorder | undefined;
}

/** One load of the plan under way: whose turn it is, where in time an arrival lies, what is still open. */
export class Load {
  readonly plan: LoadPlan;
  /** Of the measured phase. */
  readonly duration: Micros;
  /** Released and not yet settled. */
  open = 0;
  readonly #grid: BlockGrid;
  readonly #isOpen: boolean;
  readonly #share: Share;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #turn: () => string;
  /** Arrivals so far, of all members. */
  turns = 0;
  /** Undefined before the start. */
  startedAt: Micros | undefined;
  /** End of the warm-up. */
  measuredFrom = micros(0);
  /** No arrival is intended then or later. */
  end = micros(0);
  #cutAt: Micros | undefined;

  constructor(plan: Plan, load: LoadPlan, { grid = createBlockGrid(load), overhead }: LoadParts = {}) {
    this.plan = load;
    this.duration = arrivalDuration(load.arrival);
    this.#grid = grid;
    this.#isOpen = isOpen(load.arrival);
    this.#share = plan.share ?? WHOLE;
    this.#turn = createMix(load.members, seedOf(plan.seed, `mix ${load.name}`));
    this.#members = new Map(
      load.members.map(({ scenario: name }) => {
        const scenario = scenarioOf(plan, name);
        const recorder = new ScenarioRecorder(scenario, this.#grid, overhead);
        return [name, { scenario, factory: createRequestFactory(plan, scenario), recorder, count: 0 }];
      }),
    );
  }

  /** Begins: all of it, or only a stretch from `offset` (warm-up included) on. Stretches are started in their order. */
  start(at: Micros, stretch?: { readonly offset: Micros; readonly duration: Micros }): void {
    const { offset, duration } = stretch ?? { offset: 0, duration: this.plan.warmup + this.duration };
    this.startedAt = micros(at - offset);
    this.measuredFrom = micros(this.startedAt + this.plan.warmup);
    this.end = micros(at + duration);
  }

  /**
   * Whether the next arrival of the schedule belongs to this share; ask once for each. One that does not has had its turn:
   * requests are numbered over all shares.
   */
  isNextOurs(): boolean {
    const { index, count } = this.#share;
    if (this.turns % count === index) return true;
    this.#takeTurn();
    return false;
  }

  /** Whether the user of that number belongs to this share. */
  isOurUser(number: number): boolean {
    return number % this.#share.count === this.#share.index;
  }

  /** The next arrival, rendered, so that nothing stands between its release and its being sent. */
  createFlight(owner: FlightOwner, intended: Micros): Flight {
    const { member, request } = this.#takeTurn();
    const { scenario, recorder, factory } = member;
    const block = this.#grid.indexAt(intended - this.measuredFrom);
    return new Flight({ owner, scenario, recorder, request: factory(request), intended, block });
  }

  /** Counts an arrival of the schedule that never was released, without rendering it. `offset`: from the start of the load. */
  countUnreleased(offset: Micros, reason: DropReason): void {
    const { member, request } = this.#takeTurn();
    const block = this.#grid.indexAt(offset - this.plan.warmup);
    const tenants = Math.max(1, member.scenario.tenants.length);
    if (block >= 0) member.recorder.unreleased(request % tenants, block, reason);
  }

  /** Passes over requests until that many have had their turn. */
  skipTo(turns: number): void {
    while (this.turns < turns) this.#takeTurn();
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
    const duration = this.measuredFor;
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

  /** Length of the measured phase as far as it was run; call it after the end. */
  get measuredFor(): Micros {
    if (this.startedAt === undefined) return micros(0);
    if (this.#cutAt === undefined) return this.duration;
    return micros(Math.min(this.duration, Math.max(0, this.#cutAt - this.measuredFrom)));
  }

  /** Whose turn it is, and the number of its request. Users of different shares do not know of each other's: they count in steps. */
  #takeTurn(): { readonly member: Member; readonly request: number } {
    this.turns += 1;
    const member = this.#members.get(this.#turn())!;
    const { index, count } = this.#share;
    const number = member.count++;
    return { member, request: this.#isOpen ? number : number * count + index };
  }
}

const scenarioOf = (plan: Plan, name: string): ScenarioPlan => {
  const scenario = plan.scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new GateError('internal', `a load names the scenario ${name}, which is not there`);
  return scenario;
};
