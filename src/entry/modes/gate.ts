import * as core from '@actions/core';
import { createArtifactBaselineStore } from '../../adapters/github/artifact-baseline-store.ts';
import { registerSecrets } from '../../adapters/github/commands.ts';
import { originOf } from '../../adapters/github/context.ts';
import { type GateResult, runGate } from '../../app/gate.ts';
import type { BaselineStore } from '../../ports/baseline-store.ts';
import { sharedPorts } from '../gate-ports.ts';
import { liveProgress } from '../live-progress.ts';
import type { Mode, Surroundings } from './mode.ts';
import { overrideOf } from './override-of.ts';
import { publishResult } from './publish-result.ts';

/** Measures, judges and reports. */
export const gateMode: Mode = async (surroundings, signal) =>
  publishResult(await gate(surroundings, signal), surroundings);

const gate = async (surroundings: Surroundings, signal: AbortSignal): Promise<GateResult> => {
  const { inputs, context, client } = surroundings;
  const live = liveProgress(process.stdout, false);
  return runGate(
    {
      configPath: inputs.config,
      configText: undefined,
      profile: inputs.profile,
      gatewayUrl: inputs.gatewayUrl,
      baselineUrl: inputs.baselineUrl,
      seed: undefined,
      allowedHosts: inputs.allowedHosts,
      failOn: inputs.failOn,
      outDir: 'gatemark-out',
      key: inputs.commentKey,
      command: `gatemark run --config ${inputs.config} --profile ${inputs.profile}`,
      detailsUrl: context.runUrl,
    },
    {
      ...sharedPorts(inputs.config),
      baselineStore:
        client === undefined ? blindStore : createArtifactBaselineStore({ client, context, name: inputs.baselineName }),
      findOverride: overrideOf(surroundings),
      origin: originOf(context),
      onSecrets: registerSecrets,
      onProgress: live.show,
      say: (line) => core.info(line),
      signal,
    },
  );
};

/** Without a token nobody can look. That is not "none": a window that may be there must not be replaced by this one run. */
const blindStore: BaselineStore = {
  find: async () => ({ kind: 'unreadable', reason: 'there is no github-token to look for it with' }),
};
