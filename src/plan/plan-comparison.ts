import type { Config, ScenarioConfig } from '../config/config.ts';
import { formatPath } from '../config/problem-list.ts';
import { formatDuration } from '../config/quantities.ts';
import { scaleArrival } from '../config/scale-arrival.ts';
import type { Problem } from '../model/errors.ts';
import type { LoadPlan, Plan, ScenarioPlan } from '../model/plan.ts';
import { type Micros, micros } from '../model/units.ts';
import { expectedLatency, meanLatency, sharesOf } from './expected-latency.ts';
import { createPairSchedule } from './pair-schedule.ts';
import { planProbe, planScenario } from './plan-scenario.ts';
import { probeNeeds } from './probe-needs.ts';
import { arrivalDuration, expectedRequests, isOpen } from './schedule.ts';

/** A plan for two gateways and what was changed for that, or why it cannot be. */
export type ComparisonResult =
  | { readonly ok: true; readonly plan: Plan; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Plans the same load for a second gateway beside the first. `baseline` is the configuration as it reads with the URL of that
 * gateway. Both share the limits: where they leave no room for the load twice, with the pauses between blocks, the measured
 * phases of all loads are shortened by one factor, so that a load keeps its rates and shape; warm-ups are kept. Blocks that
 * would then be shorter than 100 ms are a problem.
 */
export const planComparison = (plan: Plan, baseline: Config): ComparisonResult => {
  const configOf = ({ name }: ScenarioPlan): ScenarioConfig => baseline.scenarios.find((each) => each.name === name)!;
  const whole: Plan = {
    ...plan,
    baseline: {
      target: { url: baseline.gateway.url, ca: baseline.gateway.ca, http2: baseline.gateway.http2 },
      scenarios: plan.scenarios.map((scenario) => planScenario(configOf(scenario), baseline)),
      probes: plan.probes.map(({ scenario, spec }) => planProbe(configOf(scenario), baseline, spec)),
    },
    pairs: baseline.pairs,
    loads: plan.loads.map((load) => ({ ...load, blocks: baseline.pairs })),
  };
  const least = leastFactor(whole);
  const withPauses = fitted(whole, BOUNDS);
  if (withPauses.factor >= least) return { ok: true, ...shortened(whole, withPauses) };
  // Pauses are assumed: with as much time for them as for the blocks, the run may at least begin.
  const bare = fitted(whole, BARE_BOUNDS);
  if (bare.factor < least) return { ok: false, problems: [noRoom(whole, bare.bound, baseline)] };
  const { plan: planned, warnings } = shortened(whole, bare);
  return { ok: true, plan: planned, warnings: [...warnings, noPauses(planned)] };
};

interface Fit {
  /** On the measured phases; 1 = nothing to cut. */
  readonly factor: number;
  /** That which asks for it. */
  readonly bound: SharedBound;
}

const fitted = (plan: Plan, bounds: readonly SharedBound[]): Fit =>
  bounds
    .map((bound) => ({ bound, factor: largestFactor(plan, bound) }))
    .reduce((one, other) => (other.factor < one.factor ? other : one));

const shortened = (
  whole: Plan,
  { factor, bound }: Fit,
): { readonly plan: Plan; readonly warnings: readonly string[] } => {
  const plan = factor === 1 ? whole : lasting(whole, factor);
  const cuts = factor === 1 ? [] : [cutInWords(whole, plan, bound)];
  return { plan, warnings: [...cuts, ...shortBlocks(plan)] };
};

const noPauses = ({ bounds }: Plan): string =>
  `limits.duration ${formatDuration(bounds.duration)} may leave too little time to wait for responses behind each block: the run then ends before all pairs are sent, and compares those that were.`;

/** A limit that both sides share, and what a plan takes of it, both sides together. */
interface SharedBound {
  readonly key: 'requests' | 'duration';
  readonly needs: (plan: Plan) => number;
  readonly text: (value: number) => string;
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
const REQUESTS: SharedBound = {
  key: 'requests',
  needs: (plan) => 2 * (requestsOfSide(plan) + probeNeedsOf(plan).requests),
  text: count,
};
const durationOf = (needs: (plan: Plan) => number): SharedBound => ({
  key: 'duration',
  needs: (plan) => needs(plan) + 2 * probeNeedsOf(plan).duration,
  text: (value) => formatDuration(tenths(value)),
});
const BOUNDS: readonly SharedBound[] = [REQUESTS, durationOf((plan) => comparisonLength(plan))];
/** For gateways that are faster than their SLOs ask. */
const BARE_BOUNDS: readonly SharedBound[] = [REQUESTS, durationOf((plan) => 4 * lengthOfSide(plan))];

const lengthOfSide = (plan: Plan): number =>
  createPairSchedule(plan).segments.reduce((sum, { duration }) => sum + duration, 0);

const probeNeedsOf = ({ probes }: Plan) =>
  probes
    .map(({ spec }) => probeNeeds(spec))
    .reduce(
      (sum, each) => ({ requests: sum.requests + each.requests, duration: sum.duration + each.duration }),
      NOTHING,
    );

const NOTHING = { requests: 0, duration: 0 };

/** Of a random number of arrivals, so many standard deviations are allowed for. */
const POISSON_MARGIN = 3;

/** Expected of the loads of one gateway, warm-ups included; of random arrivals, as many as hardly ever come. */
export const requestsOfSide = (plan: Plan): number =>
  plan.loads.reduce((sum, { arrival, warmup, members, ...load }) => {
    const latency = meanLatency(sharesOf({ arrival, warmup, members, ...load }, plan));
    const expected = expectedRequests(arrival, warmup, latency) ?? 0;
    const isRandom = 'process' in arrival && arrival.process === 'poisson';
    return sum + expected + (isRandom ? POISSON_MARGIN * Math.sqrt(expected) : 0);
  }, 0);

/**
 * How long the loads of both sides take together: each block, and after it until nothing is in flight any more. What is in
 * flight at the end of a block has gone half its way, and limits of SLOs leave room: half of the expected latency is allowed for.
 */
export const comparisonLength = (plan: Plan): Micros => {
  const drainOf = (load: LoadPlan): number =>
    Math.max(0, ...sharesOf(load, plan).map(({ scenario }) => expectedLatency(scenario)));
  return micros(
    createPairSchedule(plan).segments.reduce((sum, { duration, loads }) => {
      const drain = Math.max(0, ...loads.map(({ load }) => drainOf(load)));
      return sum + 2 * duration + drain;
    }, 0),
  );
};

/** The plan with measured phases longer by a factor; rates and warm-ups stay. */
export const lasting = (plan: Plan, factor: number): Plan => ({
  ...plan,
  loads: plan.loads.map((load) => ({ ...load, arrival: scaleArrival(load.arrival, { duration: factor, rate: 1 }) })),
});

/** Factors are tried in steps of a thousandth. */
const STEPS = 1_000;

/** The largest factor on the measured phases with which the bound is kept; 1 = nothing to cut, 0 = not even the warm-ups fit. */
const largestFactor = (plan: Plan, { key, needs }: SharedBound): number => {
  let [low, high] = [0, STEPS + 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (needs(lasting(plan, middle / STEPS)) <= plan.bounds[key]) low = middle;
    else high = middle;
  }
  return low / STEPS;
};

/** Too short to hold what is being measured. */
const SHORTEST_BLOCK = 100_000;

/** The factor at which a block of some load would be too short; no more than 1, as nobody is kept from planning short ones. */
const leastFactor = ({ loads, pairs }: Plan): number =>
  Math.min(1, Math.max(0, ...loads.map(({ arrival }) => (SHORTEST_BLOCK * pairs) / arrivalDuration(arrival))));

const noRoom = (plan: Plan, { key, needs, text }: SharedBound, config: Config): Problem => {
  const { line, path } = config.originOf(['limits', key]);
  return {
    file: config.file,
    line,
    path: formatPath(path),
    message: `leaves no room for two gateways in ${plan.pairs} pairs of blocks`,
    received: text(plan.bounds[key]),
    allowed: `${text(needs(plan))} for the whole load, or a shorter one`,
  };
};

const cutInWords = (whole: Plan, shortened: Plan, { key, text, needs }: SharedBound): string => {
  const share = `limits.${key} ${text(whole.bounds[key])} leaves ${text(whole.bounds[key] / 2)} for each of the two gateways`;
  const pauses = key === 'duration' ? ', the pauses between blocks included' : '';
  const [only, ...more] = whole.loads.map((load, index) => {
    const after = tenths(arrivalDuration(shortened.loads[index]!.arrival));
    return `that of ${load.name} from ${formatDuration(arrivalDuration(load.arrival))} to ${formatDuration(after)}`;
  });
  const phases = `the measured phase is shortened, ${[only, ...more].join(', ')}`;
  return `${share}${pauses}: ${phases}; the whole load would take ${text(needs(whole))}.`;
};

/** To a tenth of a second, as these are estimates. */
const tenths = (duration: number): Micros => micros(Math.round(duration / 100_000) * 100_000);

/** Loads whose blocks end before the gateway is as busy as the load says. */
const shortBlocks = (plan: Plan): readonly string[] =>
  plan.loads.flatMap((load) => {
    const { arrival, name } = load;
    if (arrival.kind === 'steps') return [];
    const block = arrivalDuration(arrival) / plan.pairs;
    const think = isOpen(arrival) ? 0 : (arrival.think.min + arrival.think.max) / 2;
    const cycle = meanLatency(sharesOf(load, plan)) + think;
    if (block >= cycle) return [];
    return [
      `The blocks of ${name} take ${formatDuration(micros(block))}, and a request may take ${formatDuration(micros(cycle))}: both gateways see fewer requests at a time than the load has in one piece. A longer load has longer blocks.`,
    ];
  });
