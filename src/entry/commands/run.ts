import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import {
  createFileBaselineStore,
  type NamedBaseline,
  readStoredBaseline,
  readStoredRuns,
} from '../../adapters/files/file-baseline-store.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { EXIT, exitOfVerdict } from '../../app/exit-status.ts';
import { type GateRequest, runGate } from '../../app/gate.ts';
import { keepBaseline } from '../../app/keep-baseline.ts';
import { GateError } from '../../model/errors.ts';
import type { Share } from '../../model/plan.ts';
import type { FailOn } from '../../model/policy.ts';
import type { BaselineStore } from '../../ports/baseline-store.ts';
import { sharedPorts } from '../gate-ports.ts';
import { liveProgress } from '../live-progress.ts';
import { localOrigin } from '../local-origin.ts';
import { showResult, showsColor } from '../show-result.ts';
import { cancellation } from '../signals.ts';
import {
  baselineOption,
  baselineUrlOption,
  configOption,
  failOnOption,
  gatewayUrlOption,
  outOption,
  profileOption,
} from './options.ts';
import { runShare } from './run-share.ts';
import { regionOption, shardOption, startAtOption } from './share-options.ts';

interface RunOptions {
  readonly config: string;
  readonly gatewayUrl?: string;
  readonly baselineUrl?: string;
  readonly baseline: readonly string[];
  readonly pinned?: string;
  readonly saveBaseline?: string;
  readonly profile?: string;
  readonly seed?: string;
  readonly out: string;
  readonly failOn: readonly FailOn[];
  readonly shard?: Share;
  readonly startAt?: number;
  readonly region?: string;
}

/** `gatemark run`: the whole gate from a terminal. */
export const runCommand = (): Command =>
  new Command('run')
    .description('send the burst of a configuration to a gateway and judge it')
    .addOption(configOption())
    .addOption(gatewayUrlOption())
    .addOption(baselineUrlOption().conflicts('baseline'))
    .addOption(baselineOption())
    .option('--pinned <file>', 'run.json of a release, to show the drift against; with --baseline')
    .addOption(
      new Option(
        '--save-baseline <file>',
        'compare with the baseline in this file, where it is there, and add this run to it unless it failed',
      ).conflicts('baselineUrl'),
    )
    .addOption(profileOption())
    .option('-s, --seed <seed>', 'seed of every random choice; a new one each run if none')
    .addOption(outOption())
    .addOption(failOnOption())
    .addOption(shardOption().conflicts(['baseline', 'pinned', 'saveBaseline', 'baselineUrl']))
    .addOption(startAtOption())
    .addOption(regionOption())
    .action(run);

const run = async (options: RunOptions): Promise<void> => {
  const { shard, startAt, region } = options;
  if (shard !== undefined) return runShare({ shard, startAt, region }, requestOf(options));
  if (startAt !== undefined || region !== undefined)
    throw new GateError('usage', `${startAt === undefined ? '--region' : '--start-at'} is for a share of a load`, {
      hint: 'Say which share it is: --shard 1/8.',
    });
  const kept = await readKept(options);
  const baselineStore = await namedBaseline(options, kept);
  const live = liveProgress(process.stderr, showsColor(process.stderr));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const result = await runGate(requestOf(options), {
    ...sharedPorts(options.config),
    baselineStore,
    origin: localOrigin(),
    onSecrets: () => {},
    onProgress: live.show,
    say,
    signal: cancellation(),
  }).finally(live.done);
  showResult(result);
  const exit = exitOfVerdict(result.report.verdict.status, options.failOn);
  if (options.saveBaseline !== undefined) {
    const file = { path: options.saveBaseline, earlier: kept, files: nodeFiles };
    say(await keepBaseline(result, file, { passed: exit === EXIT.passed }));
  }
  process.exitCode = exit;
};

const requestOf = (options: RunOptions): GateRequest => ({
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
});

/** Undefined = none is kept, or the file is not there yet. One that cannot be read is not replaced. */
const readKept = async ({ saveBaseline }: RunOptions): Promise<NamedBaseline | undefined> =>
  saveBaseline !== undefined && existsSync(saveBaseline) ? readStoredBaseline(saveBaseline, nodeFiles) : undefined;

/** Read before the burst: a name that is mistyped costs nobody a minute. */
const namedBaseline = async (
  { baseline, pinned, saveBaseline }: RunOptions,
  kept: NamedBaseline | undefined,
): Promise<BaselineStore | undefined> => {
  if (baseline.length === 0 && saveBaseline === undefined) {
    if (pinned !== undefined)
      throw new GateError(
        'usage',
        '--pinned needs --baseline or --save-baseline: how much runs differ is known from other runs alone',
      );
    return undefined;
  }
  const named = await Promise.all(baseline.map((path) => readStoredBaseline(path, nodeFiles)));
  const release = pinned === undefined ? [] : await readStoredRuns(pinned, nodeFiles);
  return createFileBaselineStore({
    stored: kept === undefined ? named : [...named, kept],
    names: saveBaseline === undefined ? baseline : [...baseline, saveBaseline],
    pinned: release,
  });
};

/** The same command, for the report: what a shell needs to repeat it. The gateway's URL may hold credentials: it is left out. */
const commandLine = ({ config, profile, baseline, pinned, saveBaseline, shard }: RunOptions): string =>
  [
    `gatemark run --config ${config}`,
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
    ...baseline.map((path) => `--baseline ${path}`),
    ...(pinned === undefined ? [] : [`--pinned ${pinned}`]),
    ...(saveBaseline === undefined ? [] : [`--save-baseline ${saveBaseline}`]),
    ...(shard === undefined ? [] : [`--shard ${shard.index + 1}/${shard.count}`]),
  ].join(' ');
