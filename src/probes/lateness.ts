import type { VitalsReading } from '../load/generator-health.ts';
import type { Lateness } from '../model/probe.ts';
import { type Micros, micros } from '../model/units.ts';
import { quantile } from '../stats/histogram.ts';

/** How late this thread was, from its vitals; undefined where they know nothing. */
export const latenessOf = (reading: VitalsReading | undefined): Lateness | undefined => {
  const at = (q: number): Micros | undefined => {
    const value = reading === undefined ? undefined : quantile(reading.loopDelay, q);
    return value === undefined ? undefined : micros(value);
  };
  const [p50, p95, p99, max] = [at(0.5), at(0.95), at(0.99), at(1)];
  if (p50 === undefined || p95 === undefined || p99 === undefined || max === undefined) return undefined;
  return { p50, p95, p99, max };
};
