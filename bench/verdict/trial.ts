import type { Block } from '../../src/model/measurement.ts';
import type { Run } from '../../src/model/run.ts';
import type { RegressionFinding, Status } from '../../src/model/verdict.ts';
import { defaultPolicy } from '../../src/plan/policy-of.ts';
import { extension, policyOfLook } from '../../src/verdict/extension.ts';
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
  const verdict = judge({ run, baseline, policy: POLICY });
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

/** What came of a gate that may be extended once. */
export interface ExtendedResult {
  readonly status: Status;
  readonly isExtended: boolean;
}

/** Simulates one live gate that may go on for as long again, once: both looks share the chance of a false alarm. */
export const tryExtendedGate = (trial: Trial): ExtendedResult => {
  const live = beginLive(trial, createRandom(trial.seed));
  live.send(trial.blocks);
  const policy = policyOfLook(POLICY, 2);
  const look = () => {
    const { run, baseline } = live.measured();
    return judge({ run, baseline, policy });
  };
  const first = look();
  const more = extension(first.regressions, { pairs: trial.blocks });
  if (more === 0) return { status: first.status, isExtended: false };
  live.send(more);
  return { status: look().status, isExtended: true };
};

const simulateLive = (trial: Trial, random: Random): Simulated => {
  const live = beginLive(trial, random);
  live.send(trial.blocks);
  return live.measured();
};

interface LiveBurst {
  /** So many pairs of blocks, after those that were sent before. */
  readonly send: (pairs: number) => void;
  /** All that was sent. */
  readonly measured: () => Simulated;
}

/** Both gateways in alternating blocks; of every two pairs, one begins with the candidate, which of them by chance. */
const beginLive = ({ world, requests, blocks, slower }: Trial, random: Random): LiveBurst => {
  const { isStream } = world;
  const weather = world.begin(random);
  const count = Math.floor(requests / blocks);
  // With room for an extension by as much.
  const all = { candidate: makeRequests(2 * count * blocks), baseline: makeRequests(2 * count * blocks) };
  const made: Record<'candidate' | 'baseline', Block[]> = { candidate: [], baseline: [] };
  let isCandidateFirst = false;
  const sendPair = (index: number): void => {
    isCandidateFirst = index % 2 === 0 ? random.uniform() < 0.5 : !isCandidateFirst;
    weather.nextPair(count);
    const order = isCandidateFirst ? (['candidate', 'baseline'] as const) : (['baseline', 'candidate'] as const);
    order.forEach((side, place) => {
      const part = partOf(all[side], index * count, count);
      weather.send(part, side === 'candidate' ? slower : 1);
      made[side].push(makeBlock(part, { index, slot: 2 * index + place, isStream }));
    });
  };
  return {
    send: (pairs) => {
      for (let sent = 0; sent < pairs; sent++) sendPair(made.candidate.length);
    },
    measured: () => {
      const sent = (side: 'candidate' | 'baseline') => successes(partOf(all[side], 0, made[side].length * count));
      return {
        run: makeRun(made.candidate, { id: 1, isStream }),
        baseline: { kind: 'live', run: makeRun(made.baseline, { id: 2, isStream }) },
        sides: { candidate: sent('candidate'), baseline: sent('baseline') },
      };
    },
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
