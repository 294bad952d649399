import { Command } from 'commander';
import { createFileBaselineStore, readStoredRuns } from '../../adapters/files/file-baseline-store.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { exitOfVerdict } from '../../app/exit-status.ts';
import { runGate } from '../../app/gate.ts';
import { GateError } from '../../model/errors.ts';
import type { FailOn } from '../../model/policy.ts';
import type { BaselineStore } from '../../ports/baseline-store.ts';
import { sharedPorts } from '../gate-ports.ts';
import { liveProgress } from '../live-progress.ts';
import { localOrigin } from '../local-origin.ts';
import { showResult, showsColor } from '../show-result.ts';
import { cancellation } from '../signals.ts';
import {
  baselineUrlOption,
  collect,
  configOption,
  failOnOption,
  gatewayUrlOption,
  outOption,
  profileOption,
} from './options.ts';

interface RunOptions {
  readonly config: string;
  readonly gatewayUrl?: string;
  readonly baselineUrl?: string;
  readonly baseline: readonly string[];
  readonly pinned?: string;
  readonly profile?: string;
  readonly seed?: string;
  readonly out: string;
  readonly failOn: readonly FailOn[];
}

/** `gatemark run`: the whole gate from a terminal. */
export const runCommand = (): Command =>
  new Command('run')
    .description('send the burst of a configuration to a gateway and judge it')
    .addOption(configOption())
    .addOption(gatewayUrlOption())
    .addOption(baselineUrlOption().conflicts('baseline'))
    .option('-b, --baseline <file>', 'run.json or baseline.json to compare with (may be repeated)', collect, [])
    .option('--pinned <file>', 'run.json of a release, to show the drift against; with --baseline')
    .addOption(profileOption())
    .option('-s, --seed <seed>', 'seed of every random choice; a new one each run if none')
    .addOption(outOption())
    .addOption(failOnOption())
    .action(run);

const run = async (options: RunOptions): Promise<void> => {
  const live = liveProgress(process.stderr, showsColor(process.stderr));
  const result = await runGate(
    {
      configPath: options.config,
      configText: undefined,
      profile: options.profile,
      gatewayUrl: options.gatewayUrl,
      baselineUrl: options.baselineUrl,
      seed: options.seed,
      allowedHosts: [],
      failOn: options.failOn,
      outDir: options.out,
      key: 'default',
      command: commandLine(options),
      detailsUrl: undefined,
    },
    {
      ...sharedPorts(options.config),
      baselineStore: await namedBaseline(options),
      origin: localOrigin(),
      onSecrets: () => {},
      onProgress: live.show,
      say: (line) => void process.stderr.write(`${line}\n`),
      signal: cancellation(),
    },
  ).finally(live.done);
  showResult(result);
  process.exitCode = exitOfVerdict(result.report.verdict.status, options.failOn);
};

/** Read before the burst: a name that is mistyped costs nobody a minute. */
const namedBaseline = async ({ baseline, pinned }: RunOptions): Promise<BaselineStore | undefined> => {
  if (baseline.length === 0) {
    if (pinned !== undefined)
      throw new GateError('usage', '--pinned needs --baseline: how much runs differ is known from other runs alone');
    return undefined;
  }
  const runs = await Promise.all(baseline.map((path) => readStoredRuns(path, nodeFiles)));
  const release = pinned === undefined ? [] : await readStoredRuns(pinned, nodeFiles);
  return createFileBaselineStore({ runs: runs.flat(), names: baseline, pinned: release });
};

/** The same command, for the report: what a shell needs to repeat it. The gateway's URL may hold credentials: it is left out. */
const commandLine = ({ config, profile, baseline, pinned }: RunOptions): string =>
  [
    `gatemark run --config ${config}`,
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
    ...baseline.map((path) => `--baseline ${path}`),
    ...(pinned === undefined ? [] : [`--pinned ${pinned}`]),
  ].join(' ');
