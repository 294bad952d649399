import { Command, Option } from 'commander';
import { readStoredRuns } from '../../adapters/files/file-baseline-store.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { compareRuns } from '../../app/compare.ts';
import { exitOfVerdict } from '../../app/exit-status.ts';
import { GateError } from '../../model/errors.ts';
import type { FailOn, Policy } from '../../model/policy.ts';
import type { Run } from '../../model/run.ts';
import { defaultPolicy, policyOf } from '../../plan/policy-of.ts';
import { prepareToJudge } from '../prepare-to-judge.ts';
import { showResult } from '../show-result.ts';
import { failOnOption, outOption, profileOption } from './options.ts';

interface CompareOptions {
  readonly config?: string;
  readonly profile?: string;
  readonly out: string;
  readonly failOn: readonly FailOn[];
}

/** `gatemark compare`: the verdict on runs that were made before. */
export const compareCommand = (): Command =>
  new Command('compare')
    .description('judge a stored run against other stored runs; sends nothing')
    .usage('[options] <baseline-run...> <candidate-run>')
    .argument('<run...>', 'run.json files: the baseline first, the candidate last')
    .addOption(
      new Option('-c, --config <file>', 'configuration whose SLOs and rules apply; without it, the default rules'),
    )
    .addOption(profileOption())
    .addOption(outOption())
    .addOption(failOnOption())
    .action(compare);

const compare = async (paths: readonly string[], options: CompareOptions): Promise<void> => {
  if (paths.length < 2)
    throw new GateError('usage', 'compare needs two runs or more', { hint: 'gatemark compare BASELINE... CANDIDATE' });
  const runs = await Promise.all(paths.map((path) => readStoredRuns(path, nodeFiles)));
  const candidate = runs.at(-1)?.[0];
  if (candidate === undefined) throw new GateError('usage', `${paths.at(-1)} holds no run`);
  const result = await compareRuns({
    candidate,
    baseline: runs.slice(0, -1).flat(),
    policy: await rules(candidate, options),
    failOn: options.failOn,
    command: `gatemark compare ${paths.join(' ')}`,
    configPath: options.config ?? 'none',
    outDir: options.out,
    files: nodeFiles,
  });
  showResult(result);
  process.exitCode = exitOfVerdict(result.report.verdict.status, options.failOn);
};

const rules = async (candidate: Run, { config, profile, failOn }: CompareOptions): Promise<Policy> => {
  if (config === undefined)
    return defaultPolicy(
      candidate.scenarios.map(({ name }) => name),
      failOn,
    );
  const { config: read } = await prepareToJudge({ config, profile, onSecrets: () => {} });
  return policyOf(read, failOn);
};
