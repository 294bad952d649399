import { findOverride } from '../../adapters/github/find-override.ts';
import type { FindOverride } from '../../ports/override-lookup.ts';
import type { Surroundings } from './mode.ts';

/** Events in which a pull request's label counts: in a merge queue nobody can tell what it was set for. */
const EVENTS: ReadonlySet<string> = new Set(['pull_request', 'workflow_run']);

/**
 * Looks for the label that overrides a failure; undefined where none could. `runCreatedAt` is of the run that measured, where that
 * is another one.
 */
export const overrideOf = (
  { inputs: { overrideLabel }, context, client }: Surroundings,
  runCreatedAt?: string,
): FindOverride | undefined => {
  const number = context.pullRequest?.number;
  if (overrideLabel === undefined || client === undefined || number === undefined || !EVENTS.has(context.event))
    return undefined;
  return () => findOverride({ client, context, number, label: overrideLabel, runCreatedAt });
};
