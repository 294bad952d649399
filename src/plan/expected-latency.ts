import type { LoadPlan, Plan, ScenarioPlan } from '../model/plan.ts';
import { fromSeconds, type Micros, micros } from '../model/units.ts';

/** Assumed of a response where no SLO says what it should be. */
const ASSUMED_LATENCY = fromSeconds(1);

/** What is assumed of one response beforehand: the strictest upper limit that an SLO sets to a quantile of the whole latency, else 1 s. */
export const expectedLatency = ({ slos }: ScenarioPlan): Micros => {
  const limits = slos.flatMap(({ subject, relation }) => {
    if (subject.kind !== 'quantile' || subject.metric !== 'latency') return [];
    if (relation.operator === 'in') return [relation.high];
    return relation.operator === '<' || relation.operator === '<=' ? [relation.limit] : [];
  });
  return limits.length === 0 ? ASSUMED_LATENCY : micros(Math.min(...limits));
};

/** A scenario of a load and its share of the arrivals, 0–1. */
export interface SharedScenario {
  readonly scenario: ScenarioPlan;
  readonly share: number;
}

/** The scenarios that a load drives. */
export const sharesOf = (load: LoadPlan, { scenarios }: Pick<Plan, 'scenarios'>): readonly SharedScenario[] => {
  const total = load.members.reduce((sum, { weight }) => sum + weight, 0);
  return load.members.flatMap(({ scenario: name, weight }) => {
    const scenario = scenarios.find((each) => each.name === name);
    return scenario === undefined ? [] : [{ scenario, share: weight / total }];
  });
};

/** The mean over a load: a user takes its scenarios in turn, so that all of them set the pace of each. */
export const meanLatency = (shares: readonly SharedScenario[]): Micros =>
  micros(shares.reduce((sum, { scenario, share }) => sum + expectedLatency(scenario) * share, 0));
