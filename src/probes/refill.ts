import type { ProbeCall } from '../model/probe.ts';
import { type Micros, micros } from '../model/units.ts';
import type { Prober } from './prober.ts';
import { releaseTogether } from './release.ts';

/**
 * How much a bucket brings back in half a window: once that has passed since the emptiest moment of `measured`, as many
 * requests as a whole window admits, released together. Step `refill`.
 */
export const measureRefill = async (
  prober: Prober,
  { limit, window }: { readonly limit: number; readonly window: Micros },
  measured: readonly ProbeCall[],
): Promise<void> => {
  await prober.sleepUntil(micros(Math.max(...measured.map(({ end }) => end)) + window / 2));
  await Promise.all(releaseTogether(prober, limit, { step: 'refill', group: 4 }));
};
