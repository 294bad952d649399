import { parseMeasure, parseSlo } from '../../src/config/slo-grammar.ts';
import type { Policy, RegressionPolicy } from '../../src/model/policy.ts';
import type { Measure, Slo } from '../../src/model/slo.ts';
import { ratio } from '../../src/model/units.ts';
import { DEFAULT_MIN_SAMPLES } from '../../src/verdict/min-samples.ts';

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
  minSamples: DEFAULT_MIN_SAMPLES,
  failOn: ['slo', 'regression'],
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
