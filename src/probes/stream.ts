import { inLanes } from './in-lanes.ts';
import type { Choreography } from './prober.ts';
import { specOf } from './spec-of.ts';

/** Streams at one time: few, so that the generator reads each event when it comes. */
const LANES = 5;

/** Asks for one stream after another, a few at a time. Step: `stream`. */
export const probeStream: Choreography = async (prober) => {
  const { requests } = specOf(prober, 'stream');
  await prober.warm(LANES);
  await inLanes(requests, LANES, async (index) => {
    await prober.call({ step: 'stream', group: index, request: prober.fresh() });
  });
};
