import { peakUsers, plannedEnd } from '../config/arrival-shape.ts';
import { formatDuration } from '../config/quantities.ts';
import type { Arrival } from '../model/arrival.ts';
import type { Bounds, LoadPlan, Plan, ScenarioPlan } from '../model/plan.ts';
import type { ProbeName, ProbePlan, ProbeSpec } from '../model/probe.ts';
import { fromSeconds, type Micros, micros, toSeconds } from '../model/units.ts';
import { describeArrival } from './describe-arrival.ts';
import { expectedLatency, meanLatency, sharesOf } from './expected-latency.ts';
import { comparisonLength } from './plan-comparison.ts';
import { type ProbeNeeds, probeNeeds } from './probe-needs.ts';
import { arrivalDuration, expectedRequests, isOpen, stepRates } from './schedule.ts';
import { worstCaseTokens } from './token-estimate.ts';

/** What one scenario is going to do. */
export interface ScenarioDescription {
  readonly name: string;
  /** `POST /v1/chat/completions, streamed` */
  readonly request: string;
  /** Arrival in words; with its share where the load has more than one scenario. */
  readonly load: string;
  /** Measured requests; a mean for a Poisson process, an estimate for users. */
  readonly requests: number;
  readonly warmupRequests: number;
  /** False for users, whose number of requests depends on the gateway's speed. */
  readonly isExact: boolean;
  /** Measured requests by tenant; empty without tenants. */
  readonly tenants: readonly { readonly id: string; readonly requests: number }[];
  /** Requests in flight at the peak: users, or rate × `latency` (Little's law). */
  readonly inFlight: number;
  /** What `inFlight` assumes of one response, and users of the mean over a load: the strictest latency SLO, else 1 s. */
  readonly latency: Micros;
  readonly slos: number;
  /** Of one request: prompt and completion, at most. */
  readonly tokensPerRequest: number;
}

/** What one probe is going to do, at most. */
export interface ProbeDescription extends ProbeNeeds {
  readonly name: string;
  readonly kind: ProbeName;
  /** `POST /v1/chat/completions` */
  readonly request: string;
  readonly slos: number;
}

/** A plan in numbers and words, before it is run. */
export interface PlanDescription {
  readonly target: string;
  /** The gateway that is compared with, and in how many pairs of blocks; `scenarios` and `probes` are then what each side is sent. */
  readonly baseline: { readonly url: string; readonly pairs: number } | undefined;
  readonly dialect: string;
  readonly scenarios: readonly ScenarioDescription[];
  readonly probes: readonly ProbeDescription[];
  /** Of the whole schedule, warm-up, probes and both sides of a comparison included, as if there were no bounds. */
  readonly totals: { readonly requests: number; readonly duration: Micros; readonly tokens: number };
  readonly bounds: Bounds;
  /** Where the schedule will not fit into the bounds, one sentence each. */
  readonly warnings: readonly string[];
}

/** Says what a plan is going to do, and whether its bounds leave room for it. */
export const planDescription = (plan: Plan): PlanDescription => {
  const scenarios = plan.loads.flatMap((load) => describeLoad(load, plan));
  const probes = plan.probes.map(describeProbe);
  const sent = (each: ScenarioDescription): number => each.requests + each.warmupRequests;
  const sides = plan.baseline === undefined ? 1 : 2;
  const length =
    plan.baseline === undefined
      ? Math.max(0, ...plan.loads.map((load) => plannedEnd(load, plan.loads)))
      : comparisonLength(plan);
  const totals = {
    requests: sides * sum([...scenarios.map(sent), ...probes.map(({ requests }) => requests)]),
    duration: micros(length + sides * sum(probes.map(({ duration }) => duration))),
    tokens:
      sides *
      sum([
        ...scenarios.map((each) => sent(each) * each.tokensPerRequest),
        ...plan.probes.map((probe) => costlyRequests(probe.spec) * dearestRequest(probe, plan)),
      ]),
  };
  return {
    target: plan.target.url,
    baseline: plan.baseline && { url: plan.baseline.target.url, pairs: plan.pairs },
    dialect: plan.dialect.name,
    scenarios,
    probes,
    totals,
    bounds: plan.bounds,
    warnings: warningsOf(totals, scenarios, plan),
  };
};

const describeLoad = (load: LoadPlan, plan: Plan): readonly ScenarioDescription[] => {
  const members = sharesOf(load, plan);
  const latency = meanLatency(members);
  return members.map(({ scenario, share }) => describeScenario(scenario, load, { share, latency, plan }));
};

interface Share {
  /** Of the load's arrivals, 0–1. */
  readonly share: number;
  /** Of one response, the mean over the load's members. */
  readonly latency: Micros;
  readonly plan: Plan;
}

const describeScenario = (
  scenario: ScenarioPlan,
  load: LoadPlan,
  { share, latency: mean, plan }: Share,
): ScenarioDescription => {
  const { arrival, warmup } = load;
  const latency = expectedLatency(scenario);
  const all = expectedRequests(arrival, warmup, mean) ?? 0;
  const measured = expectedRequests(arrival, micros(0), mean) ?? 0;
  const requests = Math.round(measured * share);
  const ofLoad = share === 1 ? '' : `, ${Math.round(share * 100)}% of it`;
  const behind = load.after === undefined ? '' : `, after ${load.after}`;
  return {
    name: scenario.name,
    request: requestOf(scenario),
    load: `${describeArrival(arrival)}${ofLoad}${behind}`,
    requests,
    warmupRequests: Math.round((all - measured) * share),
    isExact: isOpen(arrival) && !(arrival.kind !== 'steps' && arrival.process === 'poisson'),
    tenants: evenly(
      requests,
      scenario.tenants.map(({ id }) => id),
    ),
    inFlight: Math.ceil((peakUsers(arrival) ?? peakRate(arrival) * toSeconds(latency)) * share),
    latency,
    slos: scenario.slos.length,
    tokensPerRequest: worstCaseTokens(scenario, plan.lists),
  };
};

const requestOf = ({ method, path, stream }: ScenarioPlan): string => `${method} ${path}${stream ? ', streamed' : ''}`;

const costlyRequests = (spec: ProbeSpec): number => {
  const { requests, answered = requests } = probeNeeds(spec);
  return answered;
};

/** Tokens that one request of a probe can cost at most. */
const dearestRequest = ({ scenario, noise = scenario }: ProbePlan, { lists }: Plan): number =>
  Math.max(worstCaseTokens(scenario, lists), worstCaseTokens(noise, lists));

const describeProbe = ({ scenario, spec, noise }: ProbePlan): ProbeDescription => ({
  name: scenario.name,
  kind: spec.kind,
  request: `${requestOf(scenario)}${noise === undefined ? '' : `, beside ${requestOf(noise)}`}`,
  slos: scenario.slos.length,
  ...probeNeeds(spec),
});

const peakRate = (arrival: Arrival): number => {
  switch (arrival.kind) {
    case 'constant-rate':
      return arrival.rate;
    case 'ramping-rate':
      return Math.max(...arrival.stages.map(({ to }) => to));
    case 'steps':
      return stepRates(arrival).at(-1) ?? 0;
    default:
      return 0;
  }
};

/** Rotation by request index: the first tenants take what is left over. */
const evenly = (requests: number, ids: readonly string[]): ScenarioDescription['tenants'] =>
  ids.map((id, index) => ({ id, requests: Math.ceil((requests - index) / ids.length) }));

const warningsOf = (
  totals: PlanDescription['totals'],
  scenarios: readonly ScenarioDescription[],
  { bounds, loads }: Plan,
): readonly string[] => {
  const warnings: string[] = [];
  const about = scenarios.every(({ isExact }) => isExact) ? '' : 'about ';
  if (totals.requests > bounds.requests)
    warnings.push(
      `The schedule has ${about}${whole(totals.requests)} requests, but limits.requests is ${whole(bounds.requests)}: the rest will be dropped.`,
    );
  if (totals.duration > bounds.duration)
    warnings.push(
      `The loads and probes take about ${formatDuration(wholeSeconds(totals.duration))}, but limits.duration is ${formatDuration(bounds.duration)}: what comes last will not be measured.`,
    );
  if (bounds.tokens !== undefined && totals.tokens > bounds.tokens)
    warnings.push(
      `The schedule could cost up to ${about}${whole(totals.tokens)} tokens, but limits.tokens is ${whole(bounds.tokens)}: the run may end early.`,
    );
  const peak = peakInFlight(scenarios, loads);
  if (peak > bounds.concurrency)
    warnings.push(
      `Up to about ${whole(peak)} requests may be in flight at once, but limits.concurrency is ${whole(bounds.concurrency)}: requests may wait for their turn.`,
    );
  for (const load of loads) {
    const perBlock = load.arrival.kind === 'steps' ? 0 : arrivalDuration(load.arrival) / load.blocks;
    if (load.arrival.kind !== 'steps' && perBlock < MIN_BLOCK)
      warnings.push(`The blocks of ${load.name} are shorter than 100 ms: fewer blocks would tell more.`);
  }
  return warnings;
};

const wholeSeconds = (duration: Micros): Micros => fromSeconds(Math.ceil(toSeconds(duration)));

/** A block much shorter than a response says nothing about how responses depend on each other. */
const MIN_BLOCK = 100_000;

/** The highest sum over loads that can run at the same time: a load and one that waits for it never do. */
const peakInFlight = (scenarios: readonly ScenarioDescription[], loads: readonly LoadPlan[]): number => {
  const ofLoad = (load: LoadPlan): number =>
    sum(
      scenarios
        .filter(({ name }) => load.members.some((member) => member.scenario === name))
        .map((each) => each.inFlight),
    );
  const ofChain = (load: LoadPlan): number =>
    Math.max(ofLoad(load), sum(loads.filter((other) => other.after === load.name).map(ofChain)));
  return sum(loads.filter((load) => load.after === undefined).map(ofChain));
};

/** A whole number with commas, as in 12,000. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
