import * as core from '@actions/core';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { createArtifactBaselineStore } from '../../adapters/github/artifact-baseline-store.ts';
import { registerSecrets } from '../../adapters/github/commands.ts';
import { fetchShards } from '../../adapters/github/shard-artifacts.ts';
import { mergeShards } from '../../app/merge-shards.ts';
import { GateError } from '../../model/errors.ts';
import { prepareToJudge } from '../prepare-to-judge.ts';
import type { Mode } from './mode.ts';
import { overrideOf } from './override-of.ts';
import { publishResult } from './publish-result.ts';

/** Adds what the shards of this workflow run measured, judges it as one run, and reports it. Sends nothing to a gateway. */
export const mergeMode: Mode = async (surroundings) => {
  const { inputs, context, client } = surroundings;
  if (client === undefined)
    throw new GateError('usage', 'mode merge needs a github-token to find the shards with', {
      hint: 'Leave the input out (the job has a token), and give the job permissions: actions: read.',
    });
  const { runs, problems } = await fetchShards({ client, context, key: inputs.commentKey });
  core.info(`${runs.length} ${runs.length === 1 ? 'shard' : 'shards'} found`);
  const result = await mergeShards(
    {
      runs,
      configPath: inputs.config,
      profile: inputs.profile,
      failOn: inputs.failOn,
      outDir: 'gatemark-out',
      key: inputs.commentKey,
      command: `gatemark run --config ${inputs.config} --profile ${inputs.profile}`,
      detailsUrl: context.runUrl,
      warnings: problems,
    },
    {
      prepare: () => prepareToJudge({ config: inputs.config, profile: inputs.profile, onSecrets: registerSecrets }),
      files: nodeFiles,
      findOverride: overrideOf(surroundings),
      baselineStore: createArtifactBaselineStore({ client, context, name: inputs.baselineName }),
      say: (line) => core.info(line),
    },
  );
  return publishResult(result, surroundings);
};
