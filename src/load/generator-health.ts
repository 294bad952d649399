import type { Histogram } from '../model/histogram.ts';
import type { GeneratorHealth } from '../model/run.ts';
import { type Micros, toMillis } from '../model/units.ts';
import { EMPTY_HISTOGRAM, quantile } from '../stats/histogram.ts';

/** The load thread's own signs of strain, as only the platform knows them. */
export interface Vitals {
  /** Begins anew: what was before is forgotten. */
  restart(): void;
  /** Since the last `restart`. `loopDelay`: how late timers ran, µs; `cpu`: CPU time over wall time, 0–1 a core. */
  read(): { readonly loopDelay: Histogram; readonly cpu: number | undefined };
}

/** A run without vitals: nothing is known about the thread. */
export const NO_VITALS: Vitals = {
  restart: () => {},
  read: () => ({ loopDelay: EMPTY_HISTOGRAM, cpu: undefined }),
};

/**
 * Release lag (p99) beyond which the load was not the one that was asked for: arrivals bunch. The lag itself is in no response
 * time, which runs from the release. A quiet machine stays near 1 ms, and one with both cores busy within 20 ms.
 */
const LAG_LIMIT_MS = 50;

/** Delay of the event loop (p99) beyond which the timestamps of answers are too late for what a gateway adds to be seen. */
const LOOP_DELAY_LIMIT_MS = 50;

/** CPU use of the load thread beyond which it has no room left, so that its queueing shows up as the gateway's latency. */
const CPU_LIMIT = 0.95;

export interface HealthInputs {
  /** Of the measured phases. */
  readonly lag: Histogram;
  readonly loopDelay: Histogram;
  readonly cpu: number | undefined;
}

/** Judges the generator. Each problem is a sentence with its numbers. */
export const judgeHealth = ({ lag, loopDelay, cpu }: HealthInputs): GeneratorHealth => {
  const problems = [lagProblem(lag), loopProblem(loopDelay), cpuProblem(cpu)];
  return { lag, loopDelay, cpu, problems: problems.filter((problem) => problem !== undefined) };
};

const lagProblem = (lag: Histogram): string | undefined => {
  const p99 = quantile(lag, 0.99);
  if (p99 === undefined || toMillis(p99) <= LAG_LIMIT_MS) return undefined;
  return `The load generator was late: 1 % of the requests were released ${ms(p99)} or more after their time (limit ${LAG_LIMIT_MS} ms). Lower the rate, or use a faster or quieter machine.`;
};

const loopProblem = (loopDelay: Histogram): string | undefined => {
  const p99 = quantile(loopDelay, 0.99);
  if (p99 === undefined || toMillis(p99) <= LOOP_DELAY_LIMIT_MS) return undefined;
  return `The load generator's event loop was blocked: its delay reached ${ms(p99)} at p99 (limit ${LOOP_DELAY_LIMIT_MS} ms), so measured times are too long. Lower the rate, or use a faster or quieter machine.`;
};

const cpuProblem = (cpu: number | undefined): string | undefined => {
  if (cpu === undefined || cpu <= CPU_LIMIT) return undefined;
  return `The load generator used ${Math.round(cpu * 100)} % of its core (limit ${CPU_LIMIT * 100} %): it was saturated, and its own queueing is in the measured times. Lower the rate or the number of users.`;
};

const ms = (duration: Micros): string => `${toMillis(duration).toFixed(1)} ms`;
