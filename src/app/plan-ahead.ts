import { GateError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Run } from '../model/run.ts';
import { fromSeconds } from '../model/units.ts';
import { planDescription } from '../plan/describe-plan.ts';
import { looksAt } from '../plan/extension-plan.ts';
import { createPairSchedule } from '../plan/pair-schedule.ts';
import { lasting, planComparison } from '../plan/plan-comparison.ts';
import { policyOf } from '../plan/policy-of.ts';
import { arrivalDuration } from '../plan/schedule.ts';
import { policyOfLook } from '../verdict/extension.ts';
import { type Foresight, foresee, type PlannedScenario } from '../verdict/foresee.ts';
import { assembleRuns } from './assemble-runs.ts';
import { type GatePorts, measure } from './gate.ts';
import { type PrepareRequest, prepare } from './prepare.ts';

export interface PlanAheadRequest extends PrepareRequest {
  /** Earlier runs: one, or both sides of a comparison. None = a pilot is run. */
  readonly runs: readonly Run[];
}

/** What was foreseen, and from what. */
export interface PlanAhead {
  readonly foresights: readonly Foresight[];
  readonly run: Run;
  readonly isPilot: boolean;
  /** As it would be run on two gateways. */
  readonly plan: Plan;
  readonly warnings: readonly string[];
}

/** The longest load of a pilot takes so long at most. */
const PILOT = fromSeconds(10);

/**
 * Tells what a comparison of two gateways, as configured, could find out: from an earlier run, or from a short burst on the
 * gateway under test.
 *
 * @throws ConfigError; GateError `usage` for runs that are of no use, `unreachable`.
 */
export const planAhead = async (request: PlanAheadRequest, ports: GatePorts): Promise<PlanAhead> => {
  const { config, plan: alone, warnings } = await prepare({ ...request, baselineUrl: undefined }, ports);
  const compared = planComparison(alone, config);
  if (!compared.ok)
    throw new GateError('usage', compared.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
  const isPilot = request.runs.length === 0;
  const { run, otherSide } = isPilot ? await pilot(alone, ports, config) : sidesOf(request.runs);
  if (run.configDigest !== alone.digest)
    throw new GateError('usage', 'the run is one of another configuration: its loads, requests or expectations differ');
  const { plan } = compared;
  const policy = policyOfLook(policyOf(config, []), looksAt(plan));
  return {
    foresights: foresee({ run, otherSide, planned: plannedScenarios(plan), policy }),
    run,
    isPilot,
    plan,
    warnings: [...warnings, ...compared.warnings],
  };
};

interface Sides {
  readonly run: Run;
  readonly otherSide: Run | undefined;
}

const sidesOf = (runs: readonly Run[]): Sides => {
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) return { run: only, otherSide: undefined };
  const run = runs.find(({ comparison }) => comparison?.side === 'candidate');
  const otherSide = runs.find(({ comparison }) => comparison?.side === 'baseline');
  if (runs.length !== 2 || run === undefined || run.comparison?.id !== otherSide?.comparison?.id)
    throw new GateError('usage', 'two runs have to be the two sides of one comparison', {
      hint: 'gatemark plan run.json, or gatemark plan baseline-run.json run.json',
    });
  return { run, otherSide };
};

const pilot = async (plan: Plan, ports: GatePorts, config: Parameters<typeof measure>[0]): Promise<Sides> => {
  const longest = Math.max(1, ...plan.loads.map(({ arrival }) => arrivalDuration(arrival)));
  const short = { ...lasting(plan, Math.min(1, PILOT / longest)), probes: [] };
  const load = await measure(config, short, ports);
  if (load.ending.kind === 'unreachable') throw new GateError('unreachable', load.ending.reason);
  return { run: assembleRuns(short, load, ports).run, otherSide: undefined };
};

const plannedScenarios = (plan: Plan): readonly PlannedScenario[] => {
  const { gridOf } = createPairSchedule(plan);
  return planDescription(plan).scenarios.flatMap(({ name, requests }) => {
    const load = plan.loads.find(({ members }) => members.some(({ scenario }) => scenario === name))!;
    return { name, requests, duration: arrivalDuration(load.arrival), pairs: gridOf(load).count };
  });
};
