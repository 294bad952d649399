import type { ActionInputs } from '../../adapters/github/inputs.ts';

/** Name of the artifact with the report files of a run. That of mode report holds what others measured, and must not be taken for a measurement. */
export const runArtifact = (mode: ActionInputs['mode'], key: string): string =>
  `gatemark-${mode === 'report' ? 'report' : 'run'}-${key}`;
