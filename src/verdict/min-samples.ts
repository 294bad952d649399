import type { Policy } from '../model/policy.ts';
import type { Subject } from '../model/slo.ts';

/** Samples that a subject needs: for quantiles by the entry with the highest quantile that is not above it, else one. */
export const samplesNeeded = (subject: Subject, table: Policy['minSamples']): number => {
  if (subject.kind !== 'quantile' && subject.kind !== 'cache-delta') return 1;
  const applies = table.filter((entry) => entry.quantile <= subject.quantile);
  return applies.reduce((best, entry) => (entry.quantile >= best.quantile ? entry : best), { quantile: -1, samples: 1 })
    .samples;
};
