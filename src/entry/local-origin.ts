import { spawnSync } from 'node:child_process';
import type { Origin } from '../model/run.ts';

const git = (...args: readonly string[]): string | undefined => {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout.trim() || undefined : undefined;
};

/** Commit and branch of the folder that the command runs in; undefined parts outside a git checkout. */
export const localOrigin = (): Origin => ({
  repository: undefined,
  commit: git('rev-parse', 'HEAD'),
  ref: git('symbolic-ref', '--quiet', 'HEAD'),
  workflowRunId: undefined,
});
