import { join } from 'node:path';
import { Command } from 'commander';
import { readStoredRuns } from '../../adapters/files/file-baseline-store.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { mergeRuns } from '../../archive/merge-runs.ts';
import { runToJson } from '../../archive/run-codec.ts';
import { outOption } from './options.ts';

/** `gatemark merge`: the shards of one run as one run. */
export const mergeCommand = (): Command =>
  new Command('merge')
    .description('add the shards of one run into one, losslessly')
    .argument('<run...>', 'the run.json of each shard')
    .addOption(outOption())
    .action(async (paths: readonly string[], { out }: { out: string }) => {
      const runs = (await Promise.all(paths.map((path) => readStoredRuns(path, nodeFiles)))).flat();
      const written = await nodeFiles.writeText(join(out, 'run.json'), `${runToJson(mergeRuns(runs))}\n`);
      process.stdout.write(`${written}\n`);
    });
