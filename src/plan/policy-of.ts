import type { Config } from '../config/config.ts';
import { DEFAULTS, defaultRegression } from '../config/defaults.ts';
import type { FailOn, Policy } from '../model/policy.ts';

/**
 * Samples that a quantile needs before it is judged: five beyond it (100 for p95, 500 for p99), never fewer than
 * ten. The maximum is a fact about whatever was seen, not an estimate.
 */
const MIN_SAMPLES: Policy['minSamples'] = [
  { quantile: 0, samples: 10 },
  { quantile: 0.9, samples: 50 },
  { quantile: 0.95, samples: 100 },
  { quantile: 0.99, samples: 500 },
  { quantile: 0.999, samples: 5_000 },
  { quantile: 1, samples: 1 },
];

/** How the run of a configuration is judged. Probes are in it, so that their SLOs are answered for. */
export const policyOf = (config: Config, failOn: readonly FailOn[]): Policy => ({
  scenarios: config.scenarios.map(({ name, slos }) => ({ name, slos })),
  regression: config.regression,
  minSamples: MIN_SAMPLES,
  failOn,
  fleet: config.fleet,
});

/** The rules for stored runs without a configuration: no SLO, the default comparison. */
export const defaultPolicy = (scenarios: readonly string[], failOn: readonly FailOn[]): Policy => ({
  scenarios: scenarios.map((name) => ({ name, slos: [] })),
  regression: defaultRegression(),
  minSamples: MIN_SAMPLES,
  failOn,
  fleet: DEFAULTS.fleet,
});
