import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORES, runTimed } from './child.ts';
import { configText, type EngineLoad } from './engine-plan.ts';
import type { Bench } from './measure.ts';

/** What the command, as it is shipped, made of a load. */
export interface ShippedRun {
  readonly ok: number;
  /** Of the load thread in the measured phase, µs; undefined where the system cannot tell. */
  readonly cpuPerRequest: number | undefined;
  /** Highest resident set of its one process until the load is over, MB. */
  readonly loadRss: number;
  /** The same until all is judged and written. */
  readonly rss: number;
  /** Of the whole process, s. */
  readonly cpu: number;
  readonly problems: readonly string[];
}

/** The parts of report.json that are read here. */
interface Report {
  readonly scenarios: readonly { readonly requests: number; readonly ok: number; readonly durationMs: number }[];
  readonly generator: { readonly cpu?: number };
  readonly ending: { readonly kind: string };
}

const COMMAND = join(import.meta.dirname, '../../dist/cli/index.js');

/** Says on standard error, as the last thing, the highest resident sets in kB: when the load thread ended, and at the end of all. */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(`
import { isMainThread } from 'node:worker_threads';
const highest = () => process.resourceUsage().maxRSS;
let load = 0;
if (isMainThread) {
  process.on('worker', (thread) => thread.on('exit', () => { load = highest(); }));
  process.on('exit', () => process.stderr.write('\\nmaxRSS=' + load + ',' + highest()));
}`)}`;

/** Runs the bundled command, with its comment, page and all, in a process of its own. */
export const runShipped = async ({ server, folder }: Bench, load: Omit<EngineLoad, 'url'>): Promise<ShippedRun> => {
  const [config, out] = [join(folder, 'shipped.yml'), join(folder, 'shipped')];
  writeFileSync(config, configText({ url: server.url, ...load }));
  const args = ['run', '--config', config, '--out', out];
  const finished = await runTimed([process.execPath, '--import', TELL_MEMORY, COMMAND, ...args], {
    core: CORES.generator,
    limit: load.warmup + load.duration + 60,
  });
  const memory = /maxRSS=(\d+),(\d+)$/.exec(finished.stderr);
  if (memory === null) throw new Error(`the command ended with ${finished.status}: ${finished.stderr.slice(-600)}`);
  const { scenarios, generator, ending } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
  const { requests, ok, durationMs } = scenarios[0]!;
  return {
    ok,
    cpuPerRequest: generator.cpu === undefined ? undefined : (generator.cpu * durationMs * 1_000) / requests,
    loadRss: Number(memory[1]) / 1_024,
    rss: Number(memory[2]) / 1_024,
    cpu: finished.cpu,
    problems: [
      ...(ending.kind === 'complete' ? [] : [`the run ended ${ending.kind}`]),
      ...(ok > 0 && ok === requests ? [] : [`${requests - ok} of ${requests} requests did not end ok`]),
    ],
  };
};
