import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORES, type Finished, hasCommand, runTimed } from './child.ts';
import {
  type PeerResult,
  readAb,
  readArtillery,
  readAutocannon,
  readH2load,
  readHey,
  readLocust,
  readWrk,
} from './peer-output.ts';
import { PATH, writeArtilleryScript, writeBody, writeLocustFile, writeWrkScript } from './peer-scripts.ts';

/** What a tool is to do. Duration in seconds. */
export interface PeerLoad {
  readonly url: string;
  readonly connections: number;
  readonly duration: number;
  /** Requests a second of all connections together; undefined = closed loop, as fast as answers come. */
  readonly rate: number | undefined;
}

/** The tool's own result, and what it cost. */
export interface PeerRun extends PeerResult {
  /** CPU time of all its processes, s. */
  readonly cpu: number;
}

export interface Peer {
  readonly name: string;
  /** Whether it can hold a rate by itself. */
  readonly holdsRate: boolean;
  /** Why it cannot run here; undefined = it can. */
  readonly missing: () => string | undefined;
  readonly run: (load: PeerLoad, folder: string) => Promise<PeerRun>;
}

const BENCH = join(import.meta.dirname, '..');

/** Requests that artillery's users send in a closed loop: at 1,500 to 4,000 a second enough for any measurement here. */
const ARTILLERY_RATE = 1_800;

const onPath = (command: string) => (): string | undefined =>
  hasCommand(command) ? undefined : `${command} is not installed`;

const inBench = (file: string) => (): string | undefined =>
  existsSync(join(BENCH, 'node_modules', file)) ? undefined : 'not installed: npm ci --prefix bench';

/** Runs one command line; `read` turns what it left behind into a result. */
const execute = async (
  command: readonly string[],
  options: { readonly load: PeerLoad; readonly folder: string },
  read: (finished: Finished) => PeerResult,
): Promise<PeerRun> => {
  const { load, folder } = options;
  const finished = await runTimed(command, {
    core: CORES.generator,
    limit: load.duration * 3 + 30,
    cwd: folder,
  });
  if (finished.status !== 0)
    throw new Error(`${command[0]} ended with ${finished.status}: ${finished.stderr.slice(-400)}`);
  return { ...read(finished), cpu: finished.cpu };
};

const autocannon = (name: string, extra: readonly string[]): Peer => ({
  name,
  holdsRate: true,
  missing: inBench('autocannon/autocannon.js'),
  run: (load, folder) => {
    const { url, connections, duration, rate } = load;
    const script = join(BENCH, 'node_modules/autocannon/autocannon.js');
    const paced = rate === undefined ? [] : ['-R', `${rate}`, ...extra];
    const request = ['-m', 'POST', '-H', 'content-type=application/json', '-i', writeBody(folder)];
    const command = ['-n', '--json', '-t', '30', '-c', `${connections}`, '-d', `${duration}`, ...paced, ...request];
    return execute([process.execPath, script, ...command, url + PATH], { load, folder }, ({ stdout }) =>
      readAutocannon(stdout),
    );
  },
});

const locust = (name: string, user: 'HttpUser' | 'FastHttpUser'): Peer => ({
  name,
  holdsRate: true,
  missing: onPath('locust'),
  run: (load, folder) => {
    const { url, connections, duration, rate } = load;
    const file = writeLocustFile(folder, user, rate === undefined ? undefined : rate / connections);
    const users = ['-u', `${connections}`, '-r', `${connections}`, '-t', `${duration}s`];
    const command = ['locust', '-f', file, '--headless', '--only-summary', '--loglevel', 'ERROR', ...users];
    const output = ['--host', url, '--csv', join(folder, 'locust')];
    return execute([...command, ...output], { load, folder }, () =>
      readLocust(readFileSync(join(folder, 'locust_stats.csv'), 'utf8')),
    );
  },
});

/** The tools of the comparison. Those that can do less (no rate, no percentiles) are used as far as they go. */
export const PEERS: readonly Peer[] = [
  autocannon('autocannon', []),
  {
    name: 'wrk',
    holdsRate: false,
    missing: onPath('wrk'),
    run: (load, folder) => {
      const { url, connections, duration } = load;
      const options = ['-t1', `-c${connections}`, `-d${duration}s`, '--timeout', '30s', '-s', writeWrkScript(folder)];
      return execute(['wrk', ...options, url + PATH], { load, folder }, ({ stdout }) => readWrk(stdout));
    },
  },
  {
    name: 'hey',
    holdsRate: true,
    missing: onPath('hey'),
    run: (load, folder) => {
      const { url, connections, duration, rate } = load;
      const paced = rate === undefined ? [] : ['-q', `${rate / connections}`];
      const request = ['-m', 'POST', '-T', 'application/json', '-D', writeBody(folder)];
      const command = ['hey', '-cpus', '1', '-c', `${connections}`, '-z', `${duration}s`, ...paced, ...request];
      return execute([...command, url + PATH], { load, folder }, ({ stdout }) => readHey(stdout));
    },
  },
  {
    name: 'ab',
    holdsRate: false,
    missing: onPath('ab'),
    run: (load, folder) => {
      const { url, connections, duration } = load;
      const options = ['-q', '-k', '-t', `${duration}`, '-n', '10000000', '-c', `${connections}`];
      const command = ['ab', ...options, '-p', writeBody(folder), '-T', 'application/json', url + PATH];
      return execute(command, { load, folder }, ({ stdout }) => readAb(stdout));
    },
  },
  {
    name: 'h2load',
    holdsRate: true,
    missing: onPath('h2load'),
    run: (load, folder) => {
      const { url, connections, duration, rate } = load;
      const log = join(folder, 'h2load.log');
      // Its log costs it speed, so that it is kept only where its percentiles are compared.
      const paced = rate === undefined ? [] : [`--rps=${rate / connections}`, `--log-file=${log}`];
      const request = ['-d', writeBody(folder), '-H', 'content-type: application/json'];
      const command = ['h2load', '--h1', '-t', '1', '-c', `${connections}`, '-D', `${duration}`, ...paced, ...request];
      return execute([...command, url + PATH], { load, folder }, () =>
        readH2load(rate === undefined ? '' : readFileSync(log, 'utf8')),
      );
    },
  },
  locust('Locust FastHttpUser', 'FastHttpUser'),
  locust('Locust HttpUser', 'HttpUser'),
  {
    name: 'artillery',
    holdsRate: true,
    missing: inBench('.bin/artillery'),
    run: (load, folder) => {
      const { connections, duration } = load;
      const loops = Math.ceil((ARTILLERY_RATE * duration) / connections);
      const script = writeArtilleryScript(folder, { ...load, loops });
      const report = join(folder, 'artillery.json');
      const command = [
        process.execPath,
        join(BENCH, 'node_modules/artillery/bin/run'),
        'run',
        '--quiet',
        '-o',
        report,
        script,
      ];
      return execute(['env', 'ARTILLERY_DISABLE_TELEMETRY=true', ...command], { load, folder }, () =>
        readArtillery(readFileSync(report, 'utf8')),
      );
    },
  },
];

/** autocannon without its correction for coordinated omission; the correction is what `autocannon` itself shows at a rate. */
export const UNCORRECTED_AUTOCANNON = autocannon('autocannon -C', ['-C']);
