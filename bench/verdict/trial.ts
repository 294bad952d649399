import type { Block } from '../../src/model/measurement.ts';
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

/** Both gateways in alternating blocks; of every two pairs, one begins with the candidate, which of them by chance. */
const simulateLive = ({ world, requests, blocks, slower }: Trial, random: Random): Simulated => {
  const { isStream } = world;
  const weather = world.begin(random);
  const count = Math.floor(requests / blocks);
  const all = { candidate: makeRequests(count * blocks), baseline: makeRequests(count * blocks) };
  const made: Record<'candidate' | 'baseline', Block[]> = { candidate: [], baseline: [] };
  let isCandidateFirst = false;
  for (let index = 0; index < blocks; index++) {
    isCandidateFirst = index % 2 === 0 ? random.uniform() < 0.5 : !isCandidateFirst;
    weather.nextPair(count);
    const order = isCandidateFirst ? (['candidate', 'baseline'] as const) : (['baseline', 'candidate'] as const);
    order.forEach((side, place) => {
      const part = partOf(all[side], index * count, count);
      weather.send(part, side === 'candidate' ? slower : 1);
      made[side].push(makeBlock(part, { index, slot: 2 * index + place, isStream }));
    });
  }
  return {
    run: makeRun(made.candidate, { id: 1, isStream }),
    baseline: { kind: 'live', run: makeRun(made.baseline, { id: 2, isStream }) },
    sides: { candidate: successes(all.candidate), baseline: successes(all.baseline) },
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
