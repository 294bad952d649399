import { join } from 'node:path';
import { Command, Option } from 'commander';
import {
  createFileBaselineStore,
  readStoredBaseline,
  readStoredRuns,
} from '../../adapters/files/file-baseline-store.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { exitOfVerdict } from '../../app/exit-status.ts';
import { mergeShards } from '../../app/merge-shards.ts';
import { mergeRuns } from '../../archive/merge-runs.ts';
import { runToJson } from '../../archive/run-codec.ts';
import { GateError } from '../../model/errors.ts';
import type { FailOn } from '../../model/policy.ts';
import type { Run } from '../../model/run.ts';
import { prepareToJudge } from '../prepare-to-judge.ts';
import { showResult } from '../show-result.ts';
import { baselineOption, failOnOption, outOption, profileOption } from './options.ts';

interface MergeOptions {
  readonly config?: string;
  readonly profile?: string;
  readonly baseline: readonly string[];
  readonly out: string;
  readonly failOn: readonly FailOn[];
}

/** `gatemark merge`: the shards of one run as one run, and with a configuration its verdict. */
export const mergeCommand = (): Command =>
  new Command('merge')
    .description('add the shards of one run into one, losslessly; with a configuration, judge it')
    .argument('<run...>', 'the run.json of each shard')
    .addOption(new Option('-c, --config <file>', 'configuration to judge by; without it, only run.json is written'))
    .addOption(profileOption())
    .addOption(baselineOption())
    .addOption(outOption())
    .addOption(failOnOption())
    .action(merge);

const merge = async (paths: readonly string[], options: MergeOptions): Promise<void> => {
  const runs = await readAll(paths);
  if (options.config !== undefined) return judged({ paths, runs, config: options.config }, options);
  if (options.baseline.length > 0 || options.profile !== undefined)
    throw new GateError('usage', 'without --config nothing is judged, and nothing compared', {
      hint: 'Name the configuration that the shards were made with.',
    });
  const written = await nodeFiles.writeText(join(options.out, 'run.json'), `${runToJson(mergeRuns(runs))}\n`);
  process.stdout.write(`${written}\n`);
};

interface Shards {
  readonly paths: readonly string[];
  readonly runs: readonly Run[];
  readonly config: string;
}

const judged = async ({ paths, runs, config }: Shards, options: MergeOptions): Promise<void> => {
  const { baseline, profile, failOn, out } = options;
  const stored = await Promise.all(baseline.map((path) => readStoredBaseline(path, nodeFiles)));
  const result = await mergeShards(
    {
      runs,
      configPath: config,
      profile,
      failOn,
      outDir: out,
      key: 'default',
      command: `gatemark run --config ${config}${profile === undefined ? '' : ` --profile ${profile}`}`,
      detailsUrl: undefined,
      warnings: [],
    },
    {
      prepare: () => prepareToJudge({ config, profile, onSecrets: () => {} }),
      files: nodeFiles,
      baselineStore:
        baseline.length === 0 ? undefined : createFileBaselineStore({ stored, names: baseline, pinned: [] }),
      say: (line) => void process.stderr.write(`${line}\n`),
    },
  );
  process.stderr.write(`${paths.length} ${paths.length === 1 ? 'run' : 'runs'} merged\n`);
  showResult(result);
  process.exitCode = exitOfVerdict(result.report.verdict.status, failOn);
};

const readAll = async (paths: readonly string[]): Promise<readonly Run[]> =>
  (await Promise.all(paths.map((path) => readStoredRuns(path, nodeFiles)))).flat();
