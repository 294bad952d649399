import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { baselineToJson, type StoredBaseline } from '../../archive/baseline-codec.ts';
import { BASELINE_FILE } from './artifact-search.ts';
import { describeFailure } from './failure.ts';

/** What became of an upload. `skipped` = there is no artifact service here; a refusal is a warning, never a failure. */
export type Uploaded =
  | { readonly kind: 'done'; readonly artifactId: number; readonly digest: string | undefined }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface ArtifactFiles {
  readonly name: string;
  /** Absolute paths, all below `root`. */
  readonly files: readonly string[];
  readonly root: string;
  /** Undefined = the repository's setting. */
  readonly retentionDays?: number;
}

/** What the runner sets for the jobs of an action, and for nothing else. */
const SERVICE_VARIABLES = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'] as const;

const refusal = (name: string, error: unknown): Uploaded => {
  const { text } = describeFailure(error);
  const hint = /409|already exists/i.test(text)
    ? '. This run has an artifact of that name already: give each job a name of its own (baseline-name, comment-key)'
    : '';
  return { kind: 'refused', reason: `the artifact ${name} was not saved (${text})${hint}` };
};

/**
 * Uploads files as one artifact of the running workflow. Never rejects.
 *
 * The artifact service is told from the environment of the process, because its client reads it from there.
 */
export const uploadArtifact = async ({ name, files, root, retentionDays }: ArtifactFiles): Promise<Uploaded> => {
  const missing = SERVICE_VARIABLES.filter((variable) => !process.env[variable]);
  if (missing.length > 0)
    return {
      kind: 'skipped',
      reason: `there is no artifact service outside of a runner (${missing.join(', ')} not set)`,
    };
  try {
    const options = retentionDays === undefined ? {} : { retentionDays };
    const { id, digest } = await new DefaultArtifactClient().uploadArtifact(name, [...files], root, options);
    if (id === undefined) return { kind: 'refused', reason: `the artifact ${name} was not given an id` };
    return { kind: 'done', artifactId: id, digest: digest === undefined ? undefined : `sha256:${digest}` };
  } catch (error) {
    return refusal(name, error);
  }
};

/**
 * Uploads a window of runs, newest first, with its history as the baseline artifact `name`. It becomes a baseline for others only once
 * this run has ended successfully. An empty window is skipped. Rejects only when the temporary folder cannot be written.
 */
export const saveBaseline = async (name: string, { runs, history }: StoredBaseline): Promise<Uploaded> => {
  if (runs.length === 0) return { kind: 'skipped', reason: 'there is no run to save' };
  const root = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'gatemark-baseline-'));
  try {
    const file = join(root, BASELINE_FILE);
    await writeFile(file, baselineToJson(runs, history));
    return await uploadArtifact({ name, files: [file], root });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};
