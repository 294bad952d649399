import type { Arrival } from '../model/arrival.ts';
import { type Micros, micros } from '../model/units.ts';
import type { LoadScale } from './read-settings.ts';

/** The arrival made longer or heavier by these factors. Users come whole, and a load that had some keeps at least one. */
export const scaleArrival = (arrival: Arrival, scale: LoadScale): Arrival => {
  const longer = (duration: Micros): Micros => micros(duration * scale.duration);
  const crowd = (users: number): number => (users === 0 ? 0 : Math.max(1, Math.round(users * scale.rate)));
  const faster = (rate: number): number => rate * scale.rate;
  switch (arrival.kind) {
    case 'constant-rate':
      return { ...arrival, rate: faster(arrival.rate), duration: longer(arrival.duration) };
    case 'constant-users':
      return { ...arrival, users: crowd(arrival.users), duration: longer(arrival.duration) };
    case 'ramping-rate':
      return { ...arrival, stages: arrival.stages.map(({ to, over }) => ({ to: faster(to), over: longer(over) })) };
    case 'ramping-users':
      return { ...arrival, stages: arrival.stages.map(({ to, over }) => ({ to: crowd(to), over: longer(over) })) };
    case 'steps':
      return {
        ...arrival,
        from: faster(arrival.from),
        to: faster(arrival.to),
        by: faster(arrival.by),
        hold: longer(arrival.hold),
      };
  }
};
