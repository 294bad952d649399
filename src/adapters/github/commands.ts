import * as core from '@actions/core';

/** The workflow commands that are used, as @actions/core has them; tests record them instead. */
export type Commands = Pick<typeof core, 'error' | 'warning' | 'notice' | 'setSecret' | 'setOutput'>;

/** Prints commands where the runner reads them. */
export const runnerCommands: Commands = core;

/** Shorter values are not masked: `***` for every `1` of a log would hide nothing and ruin it. */
const SHORTEST_SECRET = 4;

/**
 * Has the runner mask every secret in the log, from here on: to be called as soon as a secret is known. The lines of a
 * secret with several are masked on their own, because the log is masked line by line. Empty and very short ones are not.
 */
export const registerSecrets = (secrets: readonly string[], commands: Commands = runnerCommands): void => {
  const values = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]);
  for (const value of new Set(values)) if (value.trim().length >= SHORTEST_SECRET) commands.setSecret(value);
};
