import { type Micros, micros } from '../../model/units.ts';

/**
 * The system's monotonic clock in µs. Its origin is shared by every thread of the process (`performance.now()` starts
 * anew in each), so that a provider's log can be set against the load thread's times.
 */
export const monotonicNow = (): Micros => {
  const [seconds, nanoseconds] = process.hrtime();
  return micros(seconds * 1_000_000 + nanoseconds / 1_000);
};
