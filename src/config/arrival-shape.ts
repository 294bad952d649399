import type { Arrival } from '../model/arrival.ts';
import { type Micros, micros } from '../model/units.ts';

/** How many rates an arrival in steps offers: from `from` by `by`, none above `to`. */
export const stepCount = ({
  from,
  to,
  by,
}: {
  readonly from: number;
  readonly to: number;
  readonly by: number;
}): number =>
  // A trace of slack: without it 0.1 to 0.3 by 0.1 would lose its last step to rounding.
  Math.max(0, Math.floor((to - from) / by + 1e-9)) + 1;

/** Length of the measured phase as planned, µs. */
export const plannedDuration = (arrival: Arrival): Micros => {
  switch (arrival.kind) {
    case 'constant-rate':
    case 'constant-users':
      return arrival.duration;
    case 'ramping-rate':
    case 'ramping-users':
      return micros(arrival.stages.reduce((sum, stage) => sum + stage.over, 0));
    case 'steps':
      return micros(stepCount(arrival) * arrival.hold);
  }
};

/** The most users that there are at one moment; undefined for an open model. */
export const peakUsers = (arrival: Arrival): number | undefined => {
  if (arrival.kind === 'constant-users') return arrival.users;
  if (arrival.kind === 'ramping-users') return Math.max(...arrival.stages.map((stage) => stage.to));
  return undefined;
};

/** When a load ends at the earliest, µs from the start of the run: its warm-up, its measured phase and all that it waits for. */
export const plannedEnd = (load: TimedLoad, loads: readonly TimedLoad[], waiting: readonly string[] = []): number => {
  // A circle of `after` is reported elsewhere; here it must only end.
  const isCircle = waiting.includes(load.name);
  const before = isCircle ? undefined : loads.find((other) => other.name === load.after);
  const start = before === undefined ? 0 : plannedEnd(before, loads, [...waiting, load.name]);
  return start + load.warmup + plannedDuration(load.arrival);
};

/** What of a load tells when it ends. */
interface TimedLoad {
  readonly name: string;
  readonly arrival: Arrival;
  readonly warmup: Micros;
  readonly after: string | undefined;
}
