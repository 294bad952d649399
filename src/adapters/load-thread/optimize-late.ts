import { setFlagsFromString } from 'node:v8';

/**
 * Has V8's last optimizing compiler take on a function after 30,000 calls instead of 3,000, in this process from now on. It compiles
 * in threads of its own, which take a busy core away from the load for some ms at a time, as long as a short burst
 * lasts. Now a short burst is made by the code of the compiler before it; a fast one has the last one's in its first
 * second. docs/performance.md says what that gains. An older V8 than Node 24's does not know the flag, and is left alone.
 */
export const optimizeLate = (): void => {
  if (majorOf(process.versions.v8) >= KNOWN_SINCE) setFlagsFromString(LATE);
};

/** The flag with its value. */
export const LATE = '--invocation-count-for-turbofan=30000';
const KNOWN_SINCE = 13;

const majorOf = (version: string): number => Number(version.split('.')[0]);
