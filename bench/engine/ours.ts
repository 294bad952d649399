import { writeFileSync } from 'node:fs';
import { createLoadThread } from '../../src/adapters/load-thread/load-thread.ts';
import { workerUrl } from '../../src/entry/worker-url.ts';
import type { Block, Metric } from '../../src/model/measurement.ts';
import type { Plan } from '../../src/model/plan.ts';
import { addHistograms, quantile } from '../../src/stats/histogram.ts';
import { type EngineLoad, enginePlan } from './engine-plan.ts';
import { createTape, type ObservedPlan } from './tape.ts';

/** What the process of the engine is told, as JSON in its first argument. */
export interface EngineTask {
  readonly load: EngineLoad;
  readonly thread: EngineThread | Tape;
}

/** Which load thread: exactly that of the product, or that on undici. */
export type EngineThread = 'product' | 'undici';

/** The product's load thread with an eye on its single requests, and the file for them. */
export interface Tape {
  readonly file: string;
  readonly requests: number;
}

/** What it says on standard output, as JSON. Times in µs. */
export interface EngineReport {
  readonly ok: number;
  readonly errors: number;
  readonly dropped: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
  readonly lagP99: number | undefined;
  /** Of the load thread in the measured phase, 0–1 a core. */
  readonly cpu: number | undefined;
  /** Length of the measured phase, µs. */
  readonly duration: number;
  readonly ending: string;
  readonly problems: readonly string[];
  readonly failures: readonly string[];
}

const WORKERS = { product: workerUrl('load-worker'), undici: new URL('undici-worker.ts', import.meta.url) };
const OBSERVED_WORKER = new URL('observed-worker.ts', import.meta.url);

const run = async ({ load, thread }: EngineTask): Promise<EngineReport> => {
  const plan: Plan = enginePlan(load);
  const tape = typeof thread === 'string' ? undefined : thread;
  const buffer = tape === undefined ? undefined : createTape(tape.requests, load.tokens ?? 0);
  const observed: Plan | ObservedPlan = buffer === undefined ? plan : { ...plan, tape: buffer };
  const worker = typeof thread === 'string' ? WORKERS[thread] : OBSERVED_WORKER;
  const result = await createLoadThread(worker).run(observed, new AbortController().signal, () => {});
  if (buffer !== undefined) writeFileSync(tape!.file, new Uint8Array(buffer));
  const scenario = result.scenarios[0]!;
  const blocks = scenario.slices.flatMap((slice) => slice.blocks);
  const latency = (q: number): number | undefined => quantile(pooled(blocks, 'latency'), q);
  return {
    ok: sum(blocks, ({ counts }) => counts.ok),
    errors: sum(blocks, ({ counts }) => total(counts.errors) + counts.throttled),
    dropped: sum(blocks, ({ counts }) => total(counts.dropped)),
    p50: latency(0.5),
    p95: latency(0.95),
    p99: latency(0.99),
    lagP99: quantile(pooled(blocks, 'lag'), 0.99),
    cpu: result.generator.cpu,
    duration: scenario.duration,
    ending: result.ending.kind,
    problems: result.generator.problems,
    failures: scenario.failures.map(({ count, detail }) => `${count} × ${detail}`),
  };
};

const pooled = (blocks: readonly Block[], metric: Metric) =>
  addHistograms(blocks.flatMap(({ histograms }) => histograms[metric] ?? []));

const sum = (blocks: readonly Block[], of: (block: Block) => number): number =>
  blocks.reduce((all, block) => all + of(block), 0);

const total = (counts: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(counts).reduce<number>((all, count) => all + (count ?? 0), 0);

if (import.meta.main) process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]!) as EngineTask)));
