import type { Run } from '../../src/model/run.ts';
import type { RegressionFinding, Status } from '../../src/model/verdict.ts';
import { defaultPolicy } from '../../src/plan/policy-of.ts';
import { judge } from '../../src/verdict/judge.ts';
import { makeBlock, makeRun } from './make-run.ts';
import { NAIVE_RULES, type SortedSides, successes } from './naive.ts';
import { createRandom, type Random } from './random.ts';
import { makeRequests, partOf } from './requests.ts';
import type { Weather, World } from './worlds.ts';

/** One gate to try. */
export interface Trial {
  readonly kind: 'live' | 'stored';
  readonly world: World;
  /** Requests a side, or a run. */
  readonly requests: number;
  /** Pairs of blocks, or blocks of a run. */
  readonly blocks: number;
  /** Times as long as service takes on the candidate. */
  readonly slower: number;
  readonly seed: number;
}

/** What the gate said, and which of the naive rules raised an alarm. */
export interface TrialResult {
  readonly status: Status;
  readonly alarms: readonly boolean[];
  /** Of p95. */
  readonly detectable: number | undefined;
  readonly regressions: readonly RegressionFinding[];
}

const POLICY = defaultPolicy(['chat'], ['slo', 'regression']);
const EARLIER_RUNS = 10;

/** Simulates one gate and judges it, whole. */
export const tryGate = (trial: Trial): TrialResult => {
  const random = createRandom(trial.seed);
  const { run, baseline, sides } = trial.kind === 'live' ? simulateLive(trial, random) : simulateStored(trial, random);
  const verdict = judge({ run, baseline, policy: POLICY, notMeasuredSlos: [] });
  return {
    status: verdict.status,
    alarms: NAIVE_RULES.map((rule) => rule.alarms(sides)),
    detectable: verdict.regressions.find(({ metric }) => metric === 'p95')?.detectable,
    regressions: verdict.regressions,
  };
};

interface Simulated {
  readonly run: Run;
  readonly baseline: Parameters<typeof judge>[0]['baseline'];
  readonly sides: SortedSides;
}

/** Both gateways in alternating blocks, ABBA. */
const simulateLive = ({ world, requests, blocks, slower }: Trial, random: Random): Simulated => {
  const { isStream } = world;
  const weather = world.begin(random);
  const count = Math.floor(requests / blocks);
  const sides = {
    candidate: { all: makeRequests(count * blocks), slower },
    baseline: { all: makeRequests(count * blocks), slower: 1 },
  };
  const made = {
    candidate: [] as Run['scenarios'][number]['slices'][number]['blocks'][number][],
    baseline: [] as never[],
  };
  const order = ['candidate', 'baseline', 'baseline', 'candidate'] as const;
  for (let slot = 0; slot < 2 * blocks; slot++) {
    if (slot % 2 === 0) weather.nextPair(count);
    const name = order[slot % 4]!;
    const index = Math.floor(slot / 2);
    const part = partOf(sides[name].all, index * count, count);
    weather.send(part, sides[name].slower);
    (made[name] as object[]).push(makeBlock(part, { index, slot, isStream }));
  }
  return {
    run: makeRun(made.candidate, { id: 1, isStream }),
    baseline: { kind: 'live', run: makeRun(made.baseline, { id: 2, isStream }) },
    sides: { candidate: successes(sides.candidate.all), baseline: successes(sides.baseline.all) },
  };
};

/** A run against ten earlier ones; the naive rules see the last of them. */
const simulateStored = (trial: Trial, random: Random): Simulated => {
  const runs = Array.from({ length: EARLIER_RUNS }, (_, id) => simulateRun(trial, { random, id, slower: 1 }));
  const candidate = simulateRun(trial, { random, id: EARLIER_RUNS, slower: trial.slower });
  return {
    run: candidate.run,
    baseline: { kind: 'runs', runs: runs.map(({ run }) => run).reverse() },
    sides: { candidate: candidate.latencies, baseline: runs.at(-1)!.latencies },
  };
};

const simulateRun = (
  { world, requests, blocks }: Trial,
  { random, id, slower }: { readonly random: Random; readonly id: number; readonly slower: number },
): { readonly run: Run; readonly latencies: Float64Array } => {
  const weather: Weather = world.begin(random);
  const count = Math.floor(requests / blocks);
  const all = makeRequests(count * blocks);
  const list = Array.from({ length: blocks }, (_, index) => {
    const part = partOf(all, index * count, count);
    weather.nextPair(count);
    weather.send(part, slower);
    return makeBlock(part, { index, slot: index, isStream: world.isStream });
  });
  return { run: makeRun(list, { id, isStream: world.isStream }), latencies: successes(all) };
};
