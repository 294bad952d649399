import { parseMeasure, parseSlo } from '../../src/config/slo-grammar.ts';
import type { Policy, RegressionPolicy } from '../../src/model/policy.ts';
import type { Measure, Slo } from '../../src/model/slo.ts';
import { fromSeconds, ratio } from '../../src/model/units.ts';

/** Five beyond the quantile, and never fewer than twenty. */
export const MIN_SAMPLES: Policy['minSamples'] = [
  { quantile: 0, samples: 20 },
  { quantile: 0.9, samples: 50 },
  { quantile: 0.95, samples: 100 },
  { quantile: 0.99, samples: 500 },
  { quantile: 0.999, samples: 5_000 },
  { quantile: 1, samples: 1 },
];

/** An SLO as a configuration would say it. */
export const slo = (text: string): Slo => {
  const parsed = parseSlo(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.slo;
};

export const measure = (text: string): Measure => {
  const parsed = parseMeasure(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.measure;
};

/** The defaults, with these SLOs on the scenario `chat`. */
export const buildPolicy = (
  slos: readonly string[] = [],
  overrides: Partial<Omit<Policy, 'regression'>> & { readonly regression?: Partial<RegressionPolicy> } = {},
): Policy => ({
  scenarios: [{ name: 'chat', slos: slos.map(slo) }],
  minSamples: MIN_SAMPLES,
  failOn: ['slo', 'regression'],
  fleet: { missing: 'invalid', late: fromSeconds(5) },
  ...overrides,
  regression: {
    metrics: ['p95', 'error_rate'].map(measure),
    minChange: ratio(0.1),
    minChangeMs: 10,
    minChangeShare: ratio(0.005),
    confidence: ratio(0.99),
    requireBaseline: false,
    window: 10,
    ...overrides.regression,
  },
});
