import type { Progress } from '../../model/progress.ts';
import { micros } from '../../model/units.ts';

/** Threads side by side as one: numbers are added, the p95 is that of the slowest. Takes at least one. */
export const addProgress = (parts: readonly Progress[]): Progress => parts.reduce(add);

const add = (one: Progress, other: Progress): Progress => ({
  elapsed: micros(Math.max(one.elapsed, other.elapsed)),
  expected: micros(Math.max(one.expected, other.expected)),
  sent: one.sent + other.sent,
  inFlight: one.inFlight + other.inFlight,
  ok: one.ok + other.ok,
  throttled: one.throttled + other.throttled,
  errors: one.errors + other.errors,
  dropped: one.dropped + other.dropped,
  rate: one.rate + other.rate,
  p95: one.p95 === undefined || other.p95 === undefined ? (one.p95 ?? other.p95) : micros(Math.max(one.p95, other.p95)),
  loads: [...new Set([...one.loads, ...other.loads])],
  warmup: one.warmup && other.warmup,
});
