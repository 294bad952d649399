import { formatDuration, formatRate } from '../config/quantities.ts';
import type { Arrival, ThinkTime } from '../model/arrival.ts';

/** An arrival in words, such as `20/s for 30s`, for reports. */
export const describeArrival = (arrival: Arrival): string => {
  switch (arrival.kind) {
    case 'constant-rate':
      return `${formatRate(arrival.rate)}${processOf(arrival)} for ${formatDuration(arrival.duration)}`;
    case 'ramping-rate':
      return `ramp to ${arrival.stages.map(({ to, over }) => `${formatRate(to)} over ${formatDuration(over)}`).join(', then ')}${processOf(arrival)}`;
    case 'constant-users':
      return `${usersOf(arrival.users)}${thinkOf(arrival.think)} for ${formatDuration(arrival.duration)}`;
    case 'ramping-users':
      return `ramp to ${arrival.stages.map(({ to, over }) => `${usersOf(to)} over ${formatDuration(over)}`).join(', then ')}${thinkOf(arrival.think)}`;
    case 'steps':
      return `steps from ${formatRate(arrival.from)} to ${formatRate(arrival.to)} by ${formatRate(arrival.by)}, ${formatDuration(arrival.hold)} each`;
  }
};

const processOf = ({ process }: { readonly process: 'uniform' | 'poisson' }): string =>
  process === 'poisson' ? ' (Poisson)' : '';

const usersOf = (count: number): string => `${count} user${count === 1 ? '' : 's'}`;

const thinkOf = ({ min, max }: ThinkTime): string => {
  if (max === 0) return ' without think time';
  const range = min === max ? formatDuration(min) : `${formatDuration(min)} to ${formatDuration(max)}`;
  return ` thinking ${range}`;
};
