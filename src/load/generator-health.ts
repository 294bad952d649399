import type { Histogram } from '../model/histogram.ts';
import type { GeneratorBlock } from '../model/run.ts';
import { type Micros, micros, toMillis, toSeconds } from '../model/units.ts';
import { addGeneratorBlocks } from '../stats/generator.ts';
import { EMPTY_HISTOGRAM, maximum, quantile } from '../stats/histogram.ts';
import { type JudgedTime, mayDecide } from './judged-times.ts';

/** What `Vitals.take` tells. */
export interface VitalsReading {
  /** How late timers ran, µs. */
  readonly loopDelay: Histogram;
  /** Pauses for garbage collection, µs. */
  readonly gc: Histogram;
  /** CPU time over wall time, 0–1 a core. */
  readonly cpu: number | undefined;
  /** Share of the machine's CPU time that went elsewhere, 0–1. */
  readonly steal: number | undefined;
}

/** The load thread's own signs of strain, as only the platform knows them. */
export interface Vitals {
  /** Begins to look; what was before is forgotten. */
  start(): void;
  /** Since `start` or the last `take`. */
  take(): VitalsReading;
  /** Looks no more. */
  stop(): void;
}

/** A run without vitals: nothing is known about the thread. */
export const NO_VITALS: Vitals = {
  start: () => {},
  take: () => ({ loopDelay: EMPTY_HISTOGRAM, gc: EMPTY_HISTOGRAM, cpu: undefined, steal: undefined }),
  stop: () => {},
};

/**
 * The error that the generator may put into a measured time on which an SLO decides: 10 ms or a tenth of it, whichever is more,
 * which is the smallest change of a duration that counts by default (`regression.min_change_ms`, `min_change`).
 */
const ERROR_FLOOR_MS = 10;
const ERROR_SHARE = 0.1;

/** The same where a time is only compared with other runs: they have been on busy machines too, which is part of their spread. */
const COMPARED_FLOOR_MS = 50;

/** How much of the share of requests above a quantile may owe their place there to the generator; see `whySaturated`. */
const BLAMED_SHARE = 0.5;

/**
 * Release lag (p99) beyond which the load was not the one that was asked for: arrivals bunch. The lag itself is in no response
 * time, and an arrival that is late by far less than an answer takes leaves the number in flight as it was: hence the share.
 */
const LAG_FLOOR_MS = 50;
const LAG_SHARE = 0.1;

/** CPU use of the load thread beyond which it has no room left, so that its queueing shows up as the gateway's latency. */
const CPU_LIMIT = 0.95;

/** CPU use up to which a rate is advised: above, the loop's delay grows faster than the rate. */
const CPU_ADVISED = 0.5;

/** CPU use from which on the pauses for garbage collection are a load's own: with less, they are long because the machine is busy. */
const CPU_OF_GARBAGE = 0.3;

/** A rate below this share of another is a lower one. */
const NEARLY = 0.7;

/** Steal from which on it is named as a cause. */
const NOTABLE_STEAL = 0.02;

/** One scenario, as far as the generator can have spoilt it. */
export interface HealthInputs {
  readonly scenario: string;
  /** Release lag of its requests. */
  readonly lag: Histogram;
  /** Its quantiles that are judged. */
  readonly times: readonly JudgedTime[];
  /** Those of the generator in the time in which the scenario was measured. */
  readonly blocks: readonly GeneratorBlock[];
}

/**
 * Why a scenario's measurement is not to be trusted, in one sentence or a few; undefined = the generator was up to it.
 *
 * A measured time is too long by as much as the loop was late when the answer came. By the union bound, the quantile q of true
 * times with delays is at most the sum of both at q + (1 − q)/2: p97.5 for a p95, p99.5 for a p99, p75 for a p50. So that
 * quantile of the delay is held against each judged time that it may have decided. (Measured with loops blocked on purpose and on busy machines, the
 * error of a p95 was from a tenth of it to all of it.)
 */
export const whySaturated = (inputs: HealthInputs): string | undefined => {
  const seen = cpuProblem(inputs) ?? loopProblem(inputs) ?? lagProblem(inputs);
  return seen === undefined ? undefined : `${inputs.scenario}: generator saturated: ${seen} ${advice(inputs)}`;
};

const cpuProblem = ({ blocks }: HealthInputs): string | undefined => {
  const { cpu } = addGeneratorBlocks(blocks);
  if (cpu === undefined || cpu <= CPU_LIMIT) return undefined;
  return `it used ${percent(cpu)} of its core (limit ${percent(CPU_LIMIT)}), so that its own queueing was measured.`;
};

const loopProblem = ({ blocks, times }: HealthInputs): string | undefined => {
  const { loopDelay } = addGeneratorBlocks(blocks);
  const [worst] = times
    .map((time) => ({ time, ...delayBeside(loopDelay, time) }))
    .filter(({ time, seen, limit }) => seen > limit && mayDecide(time, seen))
    .sort((a, b) => b.seen / b.limit - a.seen / a.limit);
  if (worst === undefined) return undefined;
  const { time, seen, limit, at } = worst;
  return `its event loop was late by ${ms(seen)} at p${Number((at * 100).toFixed(2))}, and a ${time.name} of ${ms(time.value)} bears ${ms(limit)}.`;
};

const delayBeside = (loopDelay: Histogram, { quantile: q, value, relation }: JudgedTime) => {
  const floor = relation === undefined ? COMPARED_FLOOR_MS : ERROR_FLOOR_MS;
  const at = 1 - (1 - q) * BLAMED_SHARE;
  return { at, seen: quantile(loopDelay, at) ?? 0, limit: Math.max(floor * 1_000, ERROR_SHARE * value) };
};

const lagProblem = ({ lag, times }: HealthInputs): string | undefined => {
  const p99 = quantile(lag, 0.99);
  const shortest = Math.min(...times.map(({ value }) => value));
  const limit = Math.max(LAG_FLOOR_MS * 1_000, Number.isFinite(shortest) ? LAG_SHARE * shortest : 0);
  if (p99 === undefined || p99 <= limit) return undefined;
  return `1 % of its requests were released ${ms(p99)} or more after their time (limit ${ms(limit)}), so that the load was not the one that was asked for.`;
};

/** What to do: a rate that the machine holds where the generator itself was busy, else what kept the machine from it. */
const advice = ({ blocks }: HealthInputs): string => {
  const { cpu, gc, loopDelay, steal } = addGeneratorBlocks(blocks);
  const rate = rateOf(blocks);
  const quieter = 'Use a quieter machine, and let nothing else run beside the measurement';
  if (cpu !== undefined && cpu > CPU_ADVISED && rate > 0)
    return `The load was ${perSecond(rate)}, and this machine holds about ${perSecond((rate * CPU_ADVISED) / cpu)}: lower the rate or the number of users.`;
  const pause = maximum(gc) ?? 0;
  const late = quantile(loopDelay, 0.99) ?? 0;
  const busy = cpu === undefined ? '' : `It used only ${percent(cpu)} of a core at ${perSecond(rate)}: `;
  if (steal !== undefined && steal >= NOTABLE_STEAL)
    return `${busy}the host gave ${percent(steal)} of this machine's CPU time to others. ${quieter}.`;
  if (cpu !== undefined && cpu >= CPU_OF_GARBAGE && pause > 0 && pause >= late)
    return `${busy}garbage collection paused it for up to ${ms(pause)}. Lower the rate, or the size of requests and answers.`;
  return `${busy}${busy === '' ? 'Something' : 'something'} else took the machine's time. ${quieter}${healthyRate(blocks)}.`;
};

/** The busiest stretch in which the loop was on time, where it was not at higher rates. */
const healthyRate = (blocks: readonly GeneratorBlock[]): string => {
  const onTime = blocks.filter(({ loopDelay }) => (quantile(loopDelay, 0.99) ?? 0) <= ERROR_FLOOR_MS * 1_000);
  const best = Math.max(0, ...onTime.map((block) => rateOf([block])));
  const peak = Math.max(0, ...blocks.map((block) => rateOf([block])));
  return best > 0 && best < NEARLY * peak ? `; it held ${perSecond(best)} when that was the load` : '';
};

/** Requests released a second; 0 for no time. */
const rateOf = (blocks: readonly GeneratorBlock[]): number => {
  const time = toSeconds(micros(blocks.reduce((sum, block) => sum + block.duration, 0)));
  return time > 0 ? blocks.reduce((sum, block) => sum + block.released, 0) / time : 0;
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const ms = (duration: number): string => `${toMillis(duration as Micros).toFixed(1)} ms`;
/** Two digits: it is an estimate. */
const perSecond = (rate: number): string => `${Number(rate.toPrecision(2)).toLocaleString('en-US')}/s`;
