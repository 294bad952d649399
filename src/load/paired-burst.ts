import { GateError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import type { Ending } from '../model/run.ts';
import { fromSeconds, type Micros, micros } from '../model/units.ts';
import type { Budget } from '../plan/budget.ts';
import {
  createPairSchedule,
  otherSide,
  type PairSchedule,
  type PairSegment,
  type Side,
} from '../plan/pair-schedule.ts';
import { comparisonLength } from '../plan/plan-comparison.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import type { Bound } from './dispatcher.ts';
import { GatewaySide } from './gateway-side.ts';
import { ofBaseline } from './of-baseline.ts';
import { pairedResult } from './paired-result.ts';
import { PairedWatch } from './paired-watch.ts';
import type { BurstPorts } from './run-load.ts';
import { Timers } from './timers.ts';

/** How long requests in flight may go on past the bound of duration, if their own timeout does not come first. */
const GRACE = fromSeconds(10);

/** A segment under way on one side. */
interface Stretch {
  readonly side: GatewaySide;
  readonly segment: PairSegment;
  readonly end: Micros;
  /** False once an arrival of it was kept back. */
  isWhole: boolean;
  readonly done: () => void;
}

/**
 * One run of a plan on two gateways: each segment of the plan is sent to one side and drained, then to the other. Both sides
 * draw on the same bounds. What ends the run in the middle of a pair leaves the pairs before it.
 */
export class PairedBurst {
  readonly #plan: Plan;
  readonly #ports: BurstPorts;
  readonly #onProgress: (progress: Progress) => void;
  readonly #budget: Budget;
  readonly #schedule: PairSchedule;
  readonly #sides: Readonly<Record<Side, GatewaySide>>;
  readonly #timers: Timers;
  readonly #watch: PairedWatch;
  readonly #over = Promise.withResolvers<void>();
  #ending: Ending = { kind: 'complete' };
  /** The side whose breaker ended the run. */
  #broken: Side | undefined;
  #stretch: Stretch | undefined;
  /** Segments that both sides went through. */
  #whole = 0;
  /** A bound was met or the run was ended: no arrival is released any more. */
  #isStopped = false;

  /** Throws `GateError` `internal` without a baseline and its transport. */
  constructor(plan: Plan, ports: BurstPorts, onProgress: (progress: Progress) => void) {
    const { clock, vitals } = ports;
    this.#plan = plan;
    this.#ports = ports;
    this.#onProgress = onProgress;
    this.#budget = ports.budget;
    this.#schedule = createPairSchedule(plan);
    this.#timers = new Timers(clock);
    const expected = micros(Math.min(plan.bounds.duration, comparisonLength(plan)));
    const onFirst = (): void => this.#boundDuration();
    this.#watch = new PairedWatch({ clock, timers: this.#timers, vitals, expected, onProgress, onFirst });
    this.#sides = { candidate: this.#createSide('candidate'), baseline: this.#createSide('baseline') };
  }

  /** Once. The signal ends the run at once; the result is then partial. */
  async run(signal: AbortSignal): Promise<LoadResult> {
    const onAbort = (): void => this.#halt({ kind: 'cancelled', signal: String(signal.reason) });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      // Not awaited beyond an abort: opening connections may take seconds.
      await Promise.race([this.#conduct(), this.#over.promise]);
      return await this.#finish();
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#timers.close();
    }
  }

  #createSide(side: Side): GatewaySide {
    const { transport, baselineTransport } = this.#ports;
    const own =
      side === 'candidate'
        ? { plan: this.#plan, transport }
        : { plan: this.#plan.baseline, transport: baselineTransport };
    if (own.plan === undefined || own.transport === undefined)
      throw new GateError('internal', 'a comparison of two gateways was planned without the second one');
    return new GatewaySide({
      side,
      plan: { ...this.#plan, ...own.plan },
      schedule: this.#schedule,
      clock: this.#ports.clock,
      transport: own.transport,
      budget: this.#budget,
      overhead: this.#ports.overhead,
      observer: this.#watch,
      onBound: (bound) => this.#meetBound(bound),
    });
  }

  async #conduct(): Promise<void> {
    const { segments } = this.#schedule;
    if (segments[0] !== undefined && !this.#isStopped) await this.#open(segments[0]);
    if (!this.#isStopped) this.#watch.tick((now) => this.#checkBreakers(now));
    for (const segment of segments) if (!(await this.#runPair(segment))) return;
  }

  /** Before anything is sent: the first gateway that takes no connection ends the run, unless it has answered before. */
  async #open(segment: PairSegment): Promise<void> {
    const { candidate, baseline } = this.#sides;
    if (this.#plan.baseline?.haveAnswered) {
      await reopen(candidate, segment);
      return reopen(baseline, segment);
    }
    await candidate.warm(segment);
    try {
      await baseline.warm(segment);
    } catch (error) {
      throw ofBaseline(error);
    }
  }

  /** Resolves with whether both sides went through all of the segment. */
  async #runPair(segment: PairSegment): Promise<boolean> {
    for (const name of [segment.first, otherSide(segment.first)]) {
      const side = this.#sides[name];
      // The peer may have closed connections that rested while the other side had its turn.
      if (this.#watch.hasSent && !this.#isStopped) await reopen(side, segment);
      if (this.#isStopped || !(await this.#runStretch(side, segment))) return false;
    }
    this.#whole += 1;
    this.#alignSides();
    return true;
  }

  /** Sends a segment to one side, and resolves when nothing is in flight any more, with whether all of it was sent. */
  async #runStretch(side: GatewaySide, segment: PairSegment): Promise<boolean> {
    const now = this.#ports.clock.now();
    const end = micros(now + segment.duration);
    const { promise, resolve } = Promise.withResolvers<void>();
    const stretch: Stretch = { side, segment, end, isWhole: true, done: resolve };
    this.#stretch = stretch;
    this.#watch.begin(segment);
    this.#timers.at(end, () => this.#checkStretch());
    side.start(segment, now, () => this.#checkStretch());
    await promise;
    side.rest();
    return stretch.isWhole;
  }

  #checkStretch(): void {
    const { side, end, done } = this.#stretch!;
    if (side.isIdle && (this.#isStopped || this.#ports.clock.now() >= end)) done();
  }

  /** Users of the faster gateway sent more: the next pair begins with the same request on both sides all the same. */
  #alignSides(): void {
    const { candidate, baseline } = this.#sides;
    candidate.loads.forEach(({ load: one }, index) => {
      const { load: other } = baseline.loads[index]!;
      one.skipTo(other.turns);
      other.skipTo(one.turns);
    });
  }

  #checkBreakers(now: Micros): void {
    for (const { side, breaker } of Object.values(this.#sides)) {
      const reason = breaker.tripped(now);
      if (reason === undefined || this.#isStopped) continue;
      this.#broken = side;
      this.#halt({ kind: 'aborted', reason: side === 'baseline' ? `the baseline gateway: ${reason}` : reason });
    }
  }

  #boundDuration(): void {
    const bound = micros(this.#budget.startedAt! + this.#plan.bounds.duration);
    this.#timers.at(bound, () => this.#meetBound('duration'));
    this.#timers.at(micros(bound + GRACE), () => this.#cutOff());
  }

  /** Nothing more is sent; what is in flight may finish. */
  #meetBound(bound: Bound): void {
    if (this.#isStopped) return;
    const stretch = this.#stretch!;
    const isCut = bound !== 'duration' || stretch.side.isPending;
    if (isCut) stretch.isWhole = false;
    if (isCut || !this.#isLast(stretch)) this.#ending = { kind: 'bounded', bound };
    this.#stop('bound');
    this.#checkStretch();
  }

  #isLast({ side, segment }: Stretch): boolean {
    return segment === this.#schedule.segments.at(-1) && side.side !== segment.first;
  }

  /** Ends the run here and now. */
  #halt(ending: Ending): void {
    this.#ending = ending;
    if (this.#stretch !== undefined) this.#stretch.isWhole = false;
    this.#stop('cancelled');
    this.#cutOff();
    this.#over.resolve();
  }

  #stop(reason: 'bound' | 'cancelled'): void {
    this.#isStopped = true;
    for (const side of Object.values(this.#sides)) side.stop(reason);
  }

  #cutOff(): void {
    for (const side of Object.values(this.#sides)) side.cutOff();
  }

  async #finish(): Promise<LoadResult> {
    const { health, tokens } = this.#watch;
    health.end(this.#ports.clock.now());
    for (const side of Object.values(this.#sides)) side.close();
    this.#timers.close();
    if (this.#ending.kind !== 'cancelled') await this.#ports.overhead?.finish();
    this.#onProgress(this.#watch.progress());
    const { bounds } = this.#plan;
    const { used } = this.#budget;
    return {
      ...pairedResult({
        plan: this.#plan,
        segments: this.#schedule.segments.slice(0, this.#whole),
        sides: this.#sides,
        health,
        broken: this.#broken,
      }),
      used: {
        ...used,
        duration: micros(Math.min(used.duration, bounds.duration)),
        tokens: bounds.tokens === undefined ? tokens : used.tokens,
      },
      ending: this.#ending,
    };
  }
}

const reopen = async (side: GatewaySide, segment: PairSegment): Promise<void> => {
  try {
    await side.warm(segment);
  } catch {
    // The gateway was reachable before: from here on its refusals are results, counted request by request.
  }
};
