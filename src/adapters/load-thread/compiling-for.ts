import { setFlagsFromString } from 'node:v8';
import type { Arrival } from '../../model/arrival.ts';
import type { Plan } from '../../model/plan.ts';

/**
 * Tells V8 how hot a function has to be for its last optimizing compiler while a plan is run, in this whole process. That compiler works in threads
 * of its own, which take a busy core away from the load for some ms at a time until all of the engine has been through it: thousands
 * of requests. A load that is paced does without it, since the code of the compiler before it keeps up. Users who send again
 * without a pause are to be as fast as can be, and have it. docs/performance.md says what that gains. An older V8
 * than Node 24's does not know the flag, and is left alone.
 */
export const compilingFor = async <Result>(plan: Plan, run: () => Promise<Result>): Promise<Result> => {
  setCalls(callsFor(plan));
  try {
    return await run();
  } finally {
    setCalls(V8_DEFAULT);
  }
};

const setCalls = (calls: number): void => {
  if (majorOf(process.versions.v8) >= KNOWN_SINCE) setFlagsFromString(`${FLAG}=${calls}`);
};

/** Calls of a function before the last compiler takes it on. */
export const callsFor = ({ loads }: Pick<Plan, 'loads'>): number =>
  loads.some(({ arrival }) => isUnpaced(arrival)) ? V8_DEFAULT : NEVER;

export const FLAG = '--invocation-count-for-turbofan';
export const V8_DEFAULT = 3_000;
const NEVER = 1_000_000_000;
const KNOWN_SINCE = 13;

const isUnpaced = (arrival: Arrival): boolean => 'think' in arrival && arrival.think.max === 0;

const majorOf = (version: string): number => Number(version.split('.')[0]);
