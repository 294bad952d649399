import * as core from '@actions/core';
import { createClient } from '../adapters/github/client.ts';
import { registerSecrets } from '../adapters/github/commands.ts';
import { readContext } from '../adapters/github/context.ts';
import { type ActionInputs, readInputs } from '../adapters/github/inputs.ts';
import { exitOfError } from '../app/exit-status.ts';
import { explain } from './explain.ts';
import { gateMode } from './modes/gate.ts';
import { mergeMode } from './modes/merge.ts';
import type { Mode } from './modes/mode.ts';
import { reportMode } from './modes/report.ts';
import { shardMode } from './modes/shard.ts';
import { cancellation } from './signals.ts';

const MODES: Readonly<Record<ActionInputs['mode'], Mode>> = {
  gate: gateMode,
  shard: shardMode,
  merge: mergeMode,
  report: reportMode,
};

const main = async (): Promise<void> => {
  const signal = cancellation();
  const inputs = readInputs();
  if (inputs.githubToken !== undefined) registerSecrets([inputs.githubToken]);
  const context = readContext();
  const client =
    inputs.githubToken === undefined ? undefined : createClient({ token: inputs.githubToken, apiUrl: context.apiUrl });
  process.exitCode = await MODES[inputs.mode]({ inputs, context, client }, signal);
};

try {
  await main();
} catch (error) {
  core.setFailed(explain(error));
  process.exitCode = exitOfError(error);
}
