import type { RegressionPolicy } from '../model/policy.ts';
import { fromSeconds, type Micros, ratio } from '../model/units.ts';
import { parseMeasure } from './slo-grammar.ts';

/** What holds for everything that the file leaves out. The descriptions of the schema quote these. */
export const DEFAULTS = {
  profile: 'pr',
  limits: { requests: 6_000, duration: fromSeconds(300), concurrency: 100 },
  timeout: fromSeconds(30),
  load: { duration: fromSeconds(30), warmup: fromSeconds(5), blocks: 40 },
  noThink: { min: 0 as Micros, max: 0 as Micros },
  status: [200] as readonly number[],
  provider: {
    latency: { p50: fromSeconds(0.3), p95: fromSeconds(0.7) },
    outputTokens: 120,
    tokenInterval: fromSeconds(0.012),
  },
  fleet: { missing: 'invalid', late: fromSeconds(5), gather: fromSeconds(60) },
  /** Pairs of blocks of a comparison of two gateways. */
  pairs: 30,
  /** Completion tokens that a request is taken to cost when its body sets no maximum. */
  completionTokens: 1_024,
} as const;

const MEASURES: readonly string[] = ['p95', 'ttft.p95', 'error_rate'];

/** 10 % and 10 ms, half a point of a share, 99 % one-sided for the family, a window of ten runs. */
export const defaultRegression = (): RegressionPolicy => ({
  metrics: MEASURES.flatMap((text) => {
    const parsed = parseMeasure(text);
    return parsed.ok ? [parsed.measure] : [];
  }),
  minChange: ratio(0.1),
  minChangeMs: 10,
  minChangeShare: ratio(0.005),
  confidence: ratio(0.99),
  requireBaseline: false,
  window: 10,
});
