import * as core from '@actions/core';
import { createClient } from '../adapters/github/client.ts';
import { registerSecrets } from '../adapters/github/commands.ts';
import { readContext } from '../adapters/github/context.ts';
import { type ActionInputs, readInputs } from '../adapters/github/inputs.ts';
import { exitOfError } from '../app/exit-status.ts';
import { GateError } from '../model/errors.ts';
import { explain } from './explain.ts';
import { gateMode } from './modes/gate.ts';
import type { Mode } from './modes/mode.ts';
import { reportMode } from './modes/report.ts';
import { cancellation } from './signals.ts';

/** What an input may already say, but this version cannot do: better a clear word than half a gate. */
const refuse: Mode = async ({ inputs }) => {
  throw new GateError('usage', `mode ${inputs.mode} is not part of this version`, { hint: 'Use mode gate or report.' });
};

const MODES: Readonly<Record<ActionInputs['mode'], Mode>> = {
  gate: gateMode,
  shard: refuse,
  merge: refuse,
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
