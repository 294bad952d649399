import type { Plan } from '../model/plan.ts';
import type { Origin, Run } from '../model/run.ts';
import { cleanText, LONGEST } from '../report/clean-text.ts';

/** What is known of a run from elsewhere than its own file. */
export interface Provenance {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly origin: Origin;
}

/** A run of unknown honesty, cut to what this configuration can judge, and what has to be said about it. */
export interface AdoptedRun {
  readonly run: Run;
  /** One sentence each. */
  readonly warnings: readonly string[];
  /** Why nothing of it can be judged; undefined = something can. */
  readonly refusal: string | undefined;
}

/**
 * Takes what a stored run measured, and nothing of what it says of itself: its identity and origin are the platform's, its bounds
 * those of this plan, and of its scenarios only those stay that this plan has. So a forged one cannot pass for a run of
 * the baseline, raise its own limits, fill the report with rows, or escape being judged as a share that says nothing alone.
 */
export const adoptRun = (
  run: Run,
  { plan, provenance }: { readonly plan: Plan; readonly provenance: Provenance },
): AdoptedRun => {
  const known = new Set([
    ...plan.scenarios.map(({ name }) => name),
    ...plan.probes.map(({ scenario }) => scenario.name),
  ]);
  const strangers = namesOf(run).filter((name) => !known.has(name));
  const adopted: Run = {
    ...run,
    ...provenance,
    bounds: plan.bounds,
    share: undefined,
    fleet: run.fleet && { ...run.fleet, regions: [] },
    scenarios: run.scenarios.filter(({ name }) => known.has(name)),
    probes: run.probes.filter(({ scenario }) => known.has(scenario)),
  };
  const measuredNothing = namesOf(adopted).length === 0 && strangers.length > 0;
  return {
    run: adopted,
    warnings: [
      ...(run.configDigest === plan.digest ? [] : [OTHER_CONFIGURATION]),
      ...(strangers.length === 0
        ? []
        : [`Not judged, because this configuration has no such scenario: ${listed(strangers)}.`]),
      ...overBounds(adopted),
    ],
    refusal: measuredNothing
      ? `The run measured no scenario that this configuration has, but ${listed(strangers)}; what the pull request adds can be judged once it is merged`
      : undefined,
  };
};

const OTHER_CONFIGURATION =
  'It was measured with another configuration than this one (other loads, requests or expectations): scenarios of the same name are judged by the SLOs that stand here, and earlier runs cannot be compared with it.';

const namesOf = ({ scenarios, probes }: Run): readonly string[] => [
  ...scenarios.map(({ name }) => name),
  ...probes.map(({ scenario }) => scenario),
];

/** Names that are told one by one. */
const TOLD = 5;

const listed = (names: readonly string[]): string => {
  const more = names.length > TOLD ? [`${names.length - TOLD} more`] : [];
  return [...names.slice(0, TOLD).map((name) => cleanText(name, LONGEST.name)), ...more].join(', ');
};

const overBounds = ({ bounds, used }: Run): readonly string[] =>
  (['requests', 'duration', 'concurrency', 'tokens'] as const)
    .filter((bound) => used[bound] > (bounds[bound] ?? Number.POSITIVE_INFINITY))
    .map((bound) => `It says itself that it used more than limits.${bound} of this configuration allows.`);
