import { parentPort, workerData } from 'node:worker_threads';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { connectTransport } from '../adapters/http/connect-transport.ts';
import { type Orders, serveLoad } from '../adapters/load-thread/serve-load.ts';
import { createThreadVitals } from '../adapters/load-thread/thread-vitals.ts';
import { createCallFeed } from '../adapters/provider/call-feed.ts';
import { createInstruments } from '../adapters/provider/control-client.ts';
import { runLoad } from '../load/run-load.ts';
import type { Plan, Target } from '../model/plan.ts';
import type { Micros } from '../model/units.ts';
import { Budget } from '../plan/budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoadResult } from '../ports/load-runner.ts';
import { probeFloor } from './floor-probe.ts';
import { withProbes } from './with-probes.ts';

const run = async (plan: Plan, { signal, onProgress, whenToStart }: Orders): Promise<LoadResult> => {
  const clock = createSystemClock();
  const connect = (target: Target) => connectTransport(target, clock);
  const floor = plan.measuresFloor !== false ? await probeFloor({ clock, connect, signal }) : { warnings: [] };
  const transport = connect(plan.target);
  const baselineTransport = plan.baseline && connect(plan.baseline.target);
  const budget = new Budget(plan.bounds);
  const whenOpened = async (): Promise<void> => {
    if (plan.share !== undefined) await reached(await whenToStart(), clock);
  };
  try {
    const isInstrumented = plan.instruments.length > 0;
    const upstream = isInstrumented ? createCallFeed(plan.instruments) : undefined;
    const ports = { clock, transport, baselineTransport, vitals: createThreadVitals(), budget };
    const load = await runLoad(plan, { ...ports, upstream, whenOpened }, signal, onProgress);
    const instruments = isInstrumented ? createInstruments(plan.instruments) : undefined;
    const { generator, ...result } = await withProbes(plan, load, { ...ports, instruments, onProgress }, signal);
    const warnings = [...floor.warnings, ...generator.warnings];
    return { ...result, generator: { ...generator, ...floor, warnings } };
  } finally {
    await Promise.all([transport.close(), baselineTransport?.close()]);
  }
};

const reached = (at: Micros, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    clock.schedule(at, resolve);
  });

/** The entry of the thread that `createLoadThread` starts: its whole input is plain data. */
if (parentPort === null) throw new Error('load-worker is the entry of a worker thread');
void serveLoad(workerData as Plan, parentPort, run);
