import { setTimeout as delay } from 'node:timers/promises';
import { describeFailure } from './failure.ts';

/** Waits before what may have been carried out is looked for, ms. */
export type Sleep = (ms: number) => Promise<unknown>;

/**
 * Finds and writes, and after a 5xx or a broken connection does both once more: a create whose answer was lost may have been
 * carried out, and is then found and updated, not repeated.
 */
export const lookAgain = async <T>(findAndWrite: () => Promise<T>, sleep: Sleep = (ms) => delay(ms)): Promise<T> => {
  try {
    return await findAndWrite();
  } catch (error) {
    const { status } = describeFailure(error);
    if (status !== undefined && status < 500) throw error;
    await sleep(2_000);
    return findAndWrite();
  }
};
