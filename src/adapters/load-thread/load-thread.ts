import { availableParallelism } from 'node:os';
import { mergeMeasured } from '../../archive/merge-measured.ts';
import type { Plan } from '../../model/plan.ts';
import type { Progress } from '../../model/progress.ts';
import { fromMillis, type Micros, micros } from '../../model/units.ts';
import { leftOf } from '../../plan/budget.ts';
import { sharePlan } from '../../plan/share-plan.ts';
import { threadCount } from '../../plan/thread-count.ts';
import type { LoadResult, LoadRunner } from '../../ports/load-runner.ts';
import { addProgress } from './add-progress.ts';
import { startConversation } from './conversation.ts';
import { withEngineFlags } from './engine-flags.ts';

/** Size of the young generation: a collection of a larger one is rarer, and longer. docs/performance.md has the figures. */
const YOUNG_GENERATION_MB = 16;

/** From the moment at which all threads are ready to the start that they have in common: time enough to tell them. */
const START_DELAY = fromMillis(20);

export interface LoadThreadOptions {
  /** MB; 16 by default. */
  readonly youngGenerationMb?: number;
  /** How many threads make a plan's load; by default as many as it needs and the machine has cores for. */
  readonly threads?: (plan: Plan) => number;
}

/**
 * Runs each burst in a thread of its own, so that rendering, progress and network calls of the gate never stand in the way of a
 * measurement; in several, each with its share of the arrivals and the bounds, where one would not keep up. `workerUrl` is
 * the bundled or source entry `load-worker`. A crash of a thread is a `GateError` `internal`.
 */
export const createLoadThread = (workerUrl: URL, options: LoadThreadOptions = {}): LoadRunner => ({
  run: async (plan, signal, onProgress) => {
    const started: number[] = [];
    const setting: Setting = {
      workerUrl,
      youngGenerationMb: options.youngGenerationMb ?? YOUNG_GENERATION_MB,
      signal,
      onProgress,
      onStart: (atMs) => started.push(atMs),
    };
    const count = options.threads?.(plan) ?? threadCount(plan, availableParallelism());
    const load = await withEngineFlags(plan, async () =>
      count === 1 ? (await runThreads([plan], setting))[0]! : runInShares(plan, count, setting),
    );
    return { ...load, startedAtMs: started[0] };
  },
});

const runInShares = async (plan: Plan, count: number, setting: Setting): Promise<LoadResult> => {
  const shares = Array.from({ length: count }, (_, index) => ({
    ...sharePlan({ ...plan, probes: [] }, { index, count }),
    // One is enough: all have the same machine under them.
    measuresFloor: index === 0,
  }));
  const load = mergeMeasured(await runThreads(shares, setting), { areShares: true });
  return plan.probes.length === 0 ? load : runProbesBehind(load, plan, setting);
};

interface Setting {
  readonly workerUrl: URL;
  readonly youngGenerationMb: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Told when threads are given their start, ms since 1970. */
  readonly onStart: (atMs: number) => void;
}

/** Runs a plan in each thread, started together. Rejects with the first failure; all threads are gone then. */
const runThreads = async (plans: readonly Plan[], setting: Setting): Promise<readonly LoadResult[]> => {
  const { workerUrl, youngGenerationMb, signal, onProgress, onStart } = setting;
  const latest = new Map<number, Progress>();
  const threads = plans.map((plan, index) =>
    startConversation(workerUrl, plan, {
      youngGenerationMb,
      onProgress: (progress) => {
        latest.set(index, progress);
        onProgress(addProgress([...latest.values()]));
      },
    }),
  );
  const abort = (): void => {
    for (const thread of threads) thread.abort(String(signal.reason));
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  void Promise.all(threads.map((thread) => thread.ready)).then(() => {
    const wait = Math.max(START_DELAY, timeUntil(plans[0]?.startAtMs));
    onStart(Date.now() + wait / 1_000);
    for (const thread of threads) thread.start(micros(monotonicNow() + wait));
  });
  try {
    return await Promise.all(threads.map((thread) => thread.result));
  } finally {
    signal.removeEventListener('abort', abort);
    await Promise.all(threads.map((thread) => thread.end()));
  }
};

/** Probes run alone: in one more thread when all others are through, with what these have left of the bounds. */
const runProbesBehind = async (load: LoadResult, plan: Plan, setting: Setting): Promise<LoadResult> => {
  const rest: Plan = { ...plan, loads: [], bounds: leftOf(plan.bounds, load.used) };
  const [behind] = await runThreads([rest], setting);
  const { probes, used, ending, generator } = behind!;
  return {
    ...load,
    probes,
    generator: { ...load.generator, problems: [...load.generator.problems, ...generator.problems] },
    used: {
      requests: load.used.requests + used.requests,
      duration: micros(load.used.duration + used.duration),
      concurrency: Math.max(load.used.concurrency, used.concurrency),
      tokens: load.used.tokens + used.tokens,
    },
    ending: load.ending.kind === 'complete' ? ending : load.ending,
  };
};

/** Until a time of the machine's clock, µs; 0 for none, and less for one that is gone by. */
const timeUntil = (atMs: number | undefined): number => (atMs === undefined ? 0 : (atMs - Date.now()) * 1_000);

/** As the clock of the threads has it. */
const monotonicNow = (): Micros => micros(Number(process.hrtime.bigint()) / 1_000);
