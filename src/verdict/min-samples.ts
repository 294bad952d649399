import type { Policy } from '../model/policy.ts';
import type { Subject } from '../model/slo.ts';

/**
 * Samples that a quantile needs before it is judged, where the policy says nothing else: about five beyond the quantile,
 * and always enough for a 95 % interval to exist (p95: 72, p99: 368, p99.9: 3,688). A maximum is what it is.
 */
export const DEFAULT_MIN_SAMPLES: Policy['minSamples'] = [
  { quantile: 0, samples: 20 },
  { quantile: 0.9, samples: 50 },
  { quantile: 0.95, samples: 100 },
  { quantile: 0.99, samples: 500 },
  { quantile: 0.999, samples: 5_000 },
  { quantile: 1, samples: 1 },
];

/** Samples that a subject needs: for quantiles by the entry with the highest quantile that is not above it, else one. */
export const samplesNeeded = (subject: Subject, table: Policy['minSamples']): number => {
  if (subject.kind !== 'quantile' && subject.kind !== 'cache-delta') return 1;
  const applies = table.filter((entry) => entry.quantile <= subject.quantile);
  return applies.reduce((best, entry) => (entry.quantile >= best.quantile ? entry : best), { quantile: -1, samples: 1 })
    .samples;
};
