import { whyNotKept } from '../../archive/next-baseline.ts';
import type { Run } from '../../model/run.ts';
import { type SearchOptions, searchArtifacts } from './artifact-search.ts';
import type { WorkflowRun } from './baseline-trust.ts';
import type { WorkflowContext } from './context.ts';
import { describeFailure } from './failure.ts';
import type { SaveBaseline } from './inputs.ts';

/** The artifact of the last release, beside the window's. */
export const releaseName = (baselineName: string): string => `${baselineName}-release`;

/** The run of the last release, or none; what kept one from being taken, one sentence each. */
export interface FoundRelease {
  readonly run: Run | undefined;
  readonly warnings: readonly string[];
}

/** Refused candidates that are told of. */
const TOLD = 3;

/**
 * Looks for the run of the last release. It is trusted like a window, but that it was made on a tag and not on the default
 * branch: the tag must still be there and name the commit that was measured, and that commit must be on the default branch.
 * Never rejects: without it there is a row less in the report.
 *
 * @param options those of the window's search, whose name the artifact's is made of
 */
export const findRelease = async (options: SearchOptions): Promise<FoundRelease> => {
  const name = releaseName(options.name);
  try {
    const { found, skipped } = await searchArtifacts({
      ...options,
      name,
      terms: { ...options.terms, from: 'release' },
      askFurther: (run) => whyNotReleased(run, options),
    });
    if (found !== undefined) return { run: found.runs[0], warnings: [] };
    if (skipped.length === 0) return { run: undefined, warnings: [] };
    const more = skipped.length > TOLD ? `; and ${skipped.length - TOLD} more` : '';
    const reasons = skipped.slice(0, TOLD).join('; ');
    return { run: undefined, warnings: [`No artifact named ${name} could be used: ${reasons}${more}.`] };
  } catch (error) {
    const { text } = describeFailure(error);
    return { run: undefined, warnings: [`The run of the last release could not be looked for (${text}).`] };
  }
};

/** Whether this run is to be kept as that of a release: `none` = it is not of one. */
export type NextRelease =
  | { readonly kind: 'none' }
  | { readonly kind: 'save'; readonly run: Run }
  | { readonly kind: 'skip'; readonly reason: string };

/** A run for a tag, or for a release, is kept for the drift of the runs after it, as far as it is one to compare with. */
export const nextRelease = (
  run: Run,
  { when, context }: { readonly when: SaveBaseline; readonly context: WorkflowContext },
): NextRelease => {
  if (when === 'never' || !context.ref.startsWith('refs/tags/')) return { kind: 'none' };
  if (context.event !== 'push' && context.event !== 'release') return { kind: 'none' };
  const reason = whyNotKept(run);
  return reason === undefined ? { kind: 'save', run } : { kind: 'skip', reason };
};

/** For a run on a tag, GitHub gives the tag as its branch. */
const whyNotReleased = async (
  { head_branch: tag, head_sha: sha }: WorkflowRun,
  { client, context, terms }: SearchOptions,
): Promise<string | undefined> => {
  if (!tag) return 'its run was on no tag';
  const { owner, repo } = context;
  const tagged = await commitOfTag(tag, { client, context });
  if (tagged === undefined) return `there is no tag ${tag}`;
  if (tagged !== sha) return `the tag ${tag} names another commit by now`;
  const basehead = `${terms.defaultBranch}...${sha}`;
  const { data } = await client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 });
  return data.status === 'behind' || data.status === 'identical'
    ? undefined
    : `its commit is not on the branch ${terms.defaultBranch}`;
};

/** Undefined = there is no such tag. */
const commitOfTag = async (
  tag: string,
  { client, context: { owner, repo } }: Pick<SearchOptions, 'client' | 'context'>,
): Promise<string | undefined> => {
  try {
    return (await client.rest.repos.getCommit({ owner, repo, ref: `tags/${tag}`, per_page: 1 })).data.sha;
  } catch (error) {
    const { status } = describeFailure(error);
    if (status === 404 || status === 422) return undefined;
    throw error;
  }
};
