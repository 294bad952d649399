import { seedOf } from '../config/random.ts';
import type { Block } from '../model/measurement.ts';
import type { LoadPlan, Plan } from '../model/plan.ts';
import type { ScenarioRun } from '../model/run.ts';
import { type Micros, micros } from '../model/units.ts';
import type { PairSegment, SegmentLoad } from '../plan/pair-schedule.ts';
import { type BlockGrid, createSchedule, isOpen } from '../plan/schedule.ts';
import { ClosedDriver } from './closed-driver.ts';
import type { Driver, DriverParts } from './driver.ts';
import { Load } from './load.ts';
import { OpenDriver } from './open-driver.ts';
import type { OverheadRecorder } from './overhead-recorder.ts';
import { ScheduleCursor } from './schedule-cursor.ts';

export interface SideLoadParts {
  readonly grid: BlockGrid;
  readonly overhead: OverheadRecorder | undefined;
}

/** One load on one of two gateways, sent segment by segment. */
export class SideLoad {
  readonly load: Load;
  readonly #plan: Plan;
  readonly #grid: BlockGrid;
  /** Undefined for users, who have no schedule. */
  readonly #cursor: ScheduleCursor | undefined;
  /** When each block was begun. */
  readonly #begun = new Map<number, Micros>();
  /** End of the last measured segment that was begun; 0 before the first. */
  measuredUntil = micros(0);

  constructor(plan: Plan, load: LoadPlan, { grid, overhead }: SideLoadParts) {
    this.#plan = plan;
    this.#grid = grid;
    this.load = new Load(plan, load, { grid, overhead });
    const { arrival, warmup, name } = load;
    // Seeded by the load alone: both sides have the same arrivals.
    this.#cursor = isOpen(arrival)
      ? new ScheduleCursor(createSchedule({ arrival, warmup, seed: seedOf(plan.seed, `arrivals ${name}`) }))
      : undefined;
  }

  /** When the first measured block was begun; undefined before. */
  get measuredFrom(): Micros | undefined {
    return this.#begun.values().next().value;
  }

  /** A driver for one segment, which begins at `at`; not started. */
  begin(
    { offset }: SegmentLoad,
    { start, duration }: PairSegment,
    at: Micros,
    parts: Omit<DriverParts, 'load'>,
  ): Driver {
    const { load } = this;
    const { arrival, warmup } = load.plan;
    load.start(at, { offset, duration });
    const block = this.#grid.indexAt(offset - warmup);
    if (block >= 0) {
      if (!this.#begun.has(block)) this.#begun.set(block, at);
      this.measuredUntil = micros(at + duration);
    }
    return isOpen(arrival)
      ? new OpenDriver({ ...parts, load }, this.#cursor!.until(offset + duration))
      : new ClosedDriver({ ...parts, load }, arrival, seedOf(this.#plan.seed, `from ${start}`));
  }

  /** Counts as dropped for a bound what the schedule still held. Users have none: who was not released was never there. */
  countRemaining(): void {
    const rest = this.#cursor?.until(Number.POSITIVE_INFINITY);
    for (let offset = rest?.next(); offset !== undefined; offset = rest?.next())
      this.load.countUnreleased(offset, 'bound');
  }

  /**
   * What was measured; the start of a block is when it was begun, from `origin` on. `until`, µs from the start of the measured
   * phase in the load's own time: only blocks that end by then.
   */
  results(origin: Micros, until = Number.POSITIVE_INFINITY): readonly ScenarioRun[] {
    const endOf = (index: number): number => this.#grid.startOf(index) + this.#grid.durationOf(index);
    const ends = Array.from({ length: this.#grid.count }, (_, index) => endOf(index));
    const duration = Math.max(0, ...ends.filter((end) => end <= until));
    return [...this.load.results().values()].map((run) => ({
      ...run,
      duration: micros(Math.min(run.duration, duration)),
      slices: run.slices.map(({ tenant, blocks }) => ({
        tenant,
        blocks: blocks
          .filter(({ index }) => endOf(index) <= until)
          .map((block) => ({ ...block, start: this.#startOf(block, origin) })),
      })),
    }));
  }

  /** A block that was never begun holds nothing but dropped arrivals: it keeps its place in the plan. */
  #startOf({ index, start }: Block, origin: Micros): Micros {
    const begun = this.#begun.get(index);
    return begun === undefined ? start : micros(begun - origin);
  }
}
