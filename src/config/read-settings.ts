import type { Bounds } from '../model/plan.ts';
import type { RegressionPolicy } from '../model/policy.ts';
import type { FleetConfig } from './config.ts';
import { DEFAULTS, defaultRegression } from './defaults.ts';
import { type Reading, readMap } from './reading.ts';
import { fleetSchema, limitsSchema, loadScaleSchema, regressionSchema } from './schema.ts';

/** Reads `limits`; the defaults for what is left out or could not be read. */
export const readLimits = (reading: Reading): Bounds => {
  const read = readMap({ schema: limitsSchema, at: ['limits'] }, reading);
  return {
    requests: read.requests ?? DEFAULTS.limits.requests,
    duration: read.duration ?? DEFAULTS.limits.duration,
    concurrency: read.concurrency ?? DEFAULTS.limits.concurrency,
    tokens: read.tokens,
    abort: read.abort === undefined ? undefined : { errorRate: read.abort.error_rate, over: read.abort.for },
  };
};

/** How runs are compared, and into how many pairs a comparison side by side cuts its loads. */
export interface RegressionReading {
  readonly regression: RegressionPolicy;
  readonly pairs: number;
}

/** Reads `regression`; the defaults for what is left out or could not be read. */
export const readRegression = (reading: Reading): RegressionReading => {
  const read = readMap({ schema: regressionSchema, at: ['regression'] }, reading);
  const fallback = defaultRegression();
  const regression = {
    metrics: read.metrics ?? fallback.metrics,
    minChange: read.min_change ?? fallback.minChange,
    minChangeMs: read.min_change_ms ?? fallback.minChangeMs,
    minChangeShare: read.min_change_share ?? fallback.minChangeShare,
    confidence: read.confidence ?? fallback.confidence,
    requireBaseline: read.require_baseline ?? fallback.requireBaseline,
    window: read.window ?? fallback.window,
  };
  return { regression, pairs: read.pairs ?? DEFAULTS.pairs };
};

/** Reads `fleet`; the defaults for what is left out or could not be read. */
export const readFleet = (reading: Reading): FleetConfig => {
  const read = readMap({ schema: fleetSchema, at: ['fleet'] }, reading);
  const { missing, late, gather } = DEFAULTS.fleet;
  return { missing: read.missing ?? missing, late: read.late ?? late, gather: read.gather ?? gather };
};

/** Factors on every load. */
export interface LoadScale {
  readonly duration: number;
  readonly rate: number;
}

/** Reads `load_scale`; 1 for what is left out. */
export const readLoadScale = (reading: Reading): LoadScale => {
  const read = readMap({ schema: loadScaleSchema, at: ['load_scale'] }, reading);
  return { duration: read.duration ?? 1, rate: read.rate ?? 1 };
};
