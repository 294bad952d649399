import { setFlagsFromString } from 'node:v8';
import type { Arrival } from '../../model/arrival.ts';
import type { Plan } from '../../model/plan.ts';

/** A setting of V8 for as long as a plan runs, and what it is otherwise. */
type Flag = readonly [during: string, after: string];

/**
 * MB that the old generation of a new thread may grow to before it is collected for the first time: with V8's own limit that
 * happens every few seconds of a burst, and the threads that mark take a busy core away from the load for 20 to 40 ms.
 */
const OLD_GENERATION: Flag = ['--initial-old-space-size=64', '--initial-old-space-size=0'];

/**
 * V8's last optimizing compiler works in threads of its own too, until all of the engine has been through it: thousands of
 * requests.
 */
const WITHOUT_LAST_COMPILER: Flag = ['--no-turbofan', '--turbofan'];

/** V8 with a compiler between the first and the last: Node 24's. */
const HAS_MIDDLE_COMPILER = Number(process.versions.v8.split('.')[0]) >= 13;

/**
 * Runs a plan with V8, in this whole process, set for it. A load that is paced does without the last compiler, since the
 * code of the one before it keeps up; users who send again without a pause are to be as fast as can be, and have it.
 * docs/performance.md says what each setting gains.
 */
export const withEngineFlags = async <Result>(
  plan: Pick<Plan, 'loads'>,
  run: () => Promise<Result>,
): Promise<Result> => {
  const isPaced = !plan.loads.some(({ arrival }) => isUnpaced(arrival));
  const flags = isPaced && HAS_MIDDLE_COMPILER ? [OLD_GENERATION, WITHOUT_LAST_COMPILER] : [OLD_GENERATION];
  for (const [during] of flags) setFlagsFromString(during);
  try {
    return await run();
  } finally {
    for (const [, after] of flags) setFlagsFromString(after);
  }
};

const isUnpaced = (arrival: Arrival): boolean => 'think' in arrival && arrival.think.max === 0;
