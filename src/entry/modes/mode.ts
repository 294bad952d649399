import type { GitHubClient } from '../../adapters/github/client.ts';
import type { WorkflowContext } from '../../adapters/github/context.ts';
import type { ActionInputs } from '../../adapters/github/inputs.ts';
import type { ExitStatus } from '../../app/exit-status.ts';

/** Where the action runs, and what it was asked. */
export interface Surroundings {
  readonly inputs: ActionInputs;
  readonly context: WorkflowContext;
  /** Undefined = there is no token. */
  readonly client: GitHubClient | undefined;
}

/** One of the things that the action does; resolves with its exit status when all is written, and says itself why it fails. */
export type Mode = (surroundings: Surroundings, signal: AbortSignal) => Promise<ExitStatus>;
