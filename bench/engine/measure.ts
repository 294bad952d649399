import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CORES, runTimed } from './child.ts';
import type { EngineLoad } from './engine-plan.ts';
import type { MeasuredRequest } from './error-statistics.ts';
import { disturbance, isQuiet, readMachineTime, readProcessTime } from './noise.ts';
import type { EngineReport, EngineTask, EngineThread } from './ours.ts';
import type { Observation, Row, Section } from './section.ts';
import type { TruthServer } from './start-server.ts';
import { readTape } from './tape.ts';

/** Where everything is measured. */
export interface Bench {
  readonly server: TruthServer;
  /** For files of the measurements. */
  readonly folder: string;
}

export interface EngineRun {
  readonly report: EngineReport;
  /** Single requests of the measured phase; empty when they were not asked for. */
  readonly measured: readonly MeasuredRequest[];
  /** Of the whole process, its start included, s. */
  readonly cpu: number;
  /** What was lost or went wrong. */
  readonly problems: readonly string[];
}

/** Runs the engine in a process of its own. `requests`: how many single ones to keep. */
export const runEngine = async (
  { server, folder }: Bench,
  load: Omit<EngineLoad, 'url'>,
  thread: EngineThread | { readonly requests: number } = 'product',
): Promise<EngineRun> => {
  const file = join(folder, 'engine.tape');
  if (existsSync(file)) rmSync(file);
  const requests = typeof thread === 'string' ? undefined : thread.requests;
  const task: EngineTask = {
    load: { url: server.url, ...load },
    thread: typeof thread === 'string' ? thread : { file, ...thread },
  };
  const command = [process.execPath, join(import.meta.dirname, 'ours.ts'), JSON.stringify(task)];
  const limit = load.warmup + load.duration + 60;
  const finished = await runTimed(command, { core: CORES.generator, limit });
  if (finished.status !== 0)
    throw new Error(`the engine ended with ${finished.status}: ${finished.stderr.slice(-600)}`);
  const report = JSON.parse(finished.stdout) as EngineReport;
  const measured = requests === undefined ? [] : readFrom(file);
  const problems = problemsOf(report);
  if (requests !== undefined && measured.length !== report.ok + report.errors)
    problems.push(`${measured.length} requests observed, ${report.ok + report.errors} counted`);
  return { report, measured, cpu: finished.cpu, problems };
};

const readFrom = (file: string): readonly MeasuredRequest[] => {
  const bytes = readFileSync(file);
  return readTape(new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Float64Array.BYTES_PER_ELEMENT));
};

const problemsOf = ({ ok, errors, dropped, ending, failures }: EngineReport): string[] => {
  const problems: string[] = [];
  if (ok === 0) problems.push('no request ended ok');
  if (errors > 0) problems.push(`${errors} requests failed: ${failures.join('; ')}`);
  if (dropped > 0) problems.push(`${dropped} arrivals were dropped`);
  if (ending !== 'complete') problems.push(`the run ended ${ending}`);
  return problems;
};

export interface Rounds {
  readonly rounds: number;
  /** Whether noisy measurements are made again. */
  readonly repeat: boolean;
  readonly server: TruthServer;
  readonly say: (line: string) => void;
}

/**
 * Measures the cases of a section in turns: A B C A B C. Then those with fewer quiet measurements than rounds again, until
 * they have them or each was measured twice as often.
 */
export const measureSection = async (
  section: Section,
  { rounds, repeat, server, say }: Rounds,
): Promise<readonly MeasuredRow[]> => {
  const rows = section.cases.map((each) => ({ case: each, name: each.name, measurements: [] as Measurement[] }));
  const quietOf = (row: (typeof rows)[number]): number => row.measurements.filter(({ quiet }) => quiet).length;
  for (let round = 0; round < (repeat ? 2 : 1) * rounds; round++) {
    for (const row of rows) {
      if (round >= rounds && quietOf(row) >= rounds) continue;
      say(`${section.key}, round ${round + 1}: ${row.name}`);
      row.measurements.push(await measureOnce(row.case.measure, server));
    }
  }
  return rows;
};

interface Measurement extends Observation {
  readonly quiet: boolean;
}

export interface MeasuredRow extends Row {
  readonly measurements: readonly Measurement[];
}

/** A tool that failed is a measurement without values, with a problem. */
const measureOnce = async (measure: () => Promise<Observation>, server: TruthServer): Promise<Measurement> => {
  const own = (): number => readProcessTime(server.pid) + processSeconds();
  const [started, machine, before] = [performance.now(), readMachineTime(), own()];
  let observation: Observation;
  try {
    observation = await measure();
  } catch (error) {
    observation = { values: {}, cpu: 0, problems: [error instanceof Error ? error.message : String(error)] };
  }
  const wall = (performance.now() - started) / 1_000;
  const spent = own() - before + observation.cpu;
  return { ...observation, quiet: isQuiet(disturbance(machine, readMachineTime(), { own: spent, wall })) };
};

const processSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};
