import { setFlagsFromString } from 'node:v8';
import type { Arrival } from '../../model/arrival.ts';
import type { Plan } from '../../model/plan.ts';

/** A setting of V8 for as long as a plan runs, and what it is otherwise. */
type Flag = readonly [during: string, after: string];

/**
 * What a paced load goes without: whatever V8 does in threads of its own, which take a busy core away from the load for
 * up to 40 ms at a time. The last optimizing compiler is at it until all of the engine has been through it, which is thousands
 * of requests; the code of the one before it keeps up with a paced load.
 */
const WITHOUT_LAST_COMPILER: Flag = ['--no-turbofan', '--turbofan'];

/**
 * And such threads mark what is garbage in the old generation. That of a new thread is left to grow to that many MB first: 350
 * streams need a quarter of a minute for it, and two to four seconds for V8's own limit.
 */
const LATE_COLLECTION: Flag = ['--initial-old-space-size=64', '--initial-old-space-size=0'];

/** V8 with a compiler between the first and the last: Node 24's. */
const HAS_MIDDLE_COMPILER = Number(process.versions.v8.split('.')[0]) >= 13;

/**
 * Runs a plan with V8, in this whole process, set for it. Users who send again without a pause are to be as fast as can be,
 * and have V8 as it is. docs/performance.md says what each setting gains.
 */
export const withEngineFlags = async <Result>(
  plan: Pick<Plan, 'loads'>,
  run: () => Promise<Result>,
): Promise<Result> => {
  const flags = plan.loads.some(({ arrival }) => isUnpaced(arrival))
    ? []
    : [LATE_COLLECTION, ...(HAS_MIDDLE_COMPILER ? [WITHOUT_LAST_COMPILER] : [])];
  for (const [during] of flags) setFlagsFromString(during);
  try {
    return await run();
  } finally {
    for (const [, after] of flags) setFlagsFromString(after);
  }
};

const isUnpaced = (arrival: Arrival): boolean => 'think' in arrival && arrival.think.max === 0;
