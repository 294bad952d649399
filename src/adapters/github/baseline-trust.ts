import type { GitHubClient } from './client.ts';

type Actions = GitHubClient['rest']['actions'];
/** An artifact as listed. Its name is a claim that any fork's run can make. */
export type ListedArtifact = Awaited<ReturnType<Actions['listArtifactsForRepo']>>['data']['artifacts'][number];
export type WorkflowRun = Awaited<ReturnType<Actions['getWorkflowRun']>>['data'];

/** What a trusted baseline must have come from. */
export interface TrustTerms {
  /** `branch` = a run on the default branch, for the window; `release` = one on a tag of it, of which more is asked. */
  readonly from: 'branch' | 'release';
  readonly repositoryId: number;
  readonly defaultBranch: string;
  /** Path of the workflow file that the asking run belongs to. */
  readonly workflowPath: string;
  /** The asking run itself: never its own baseline. */
  readonly runId: number;
  /** Of the archive, as the platform announces it. */
  readonly maxBytes: number;
}

/** Events that run the default branch's own code with nobody else's input: only they make baselines. */
export const TRUSTED_EVENTS: readonly string[] = ['push', 'schedule', 'workflow_dispatch'];

/** Events that run the code of a tag. */
const RELEASE_EVENTS: readonly string[] = ['push', 'release'];

/** Says what is wrong with a candidate; undefined = nothing. */
type Rule<T> = (candidate: T, terms: TrustTerms) => string | undefined;

const when = (wrong: boolean, reason: string): string | undefined => (wrong ? reason : undefined);

const EVENTS = { branch: TRUSTED_EVENTS, release: RELEASE_EVENTS } as const;

/** A run on a tag has the tag for its branch: whether that is one, and on the default branch, is asked last. */
const isOnBranch = (branch: string | null | undefined, { from, defaultBranch }: TrustTerms): boolean =>
  from === 'release' || branch === defaultBranch;

/** What the listing alone can refuse, so that no flood of forged artifacts costs a request each. */
const ARTIFACT_RULES: readonly Rule<ListedArtifact>[] = [
  ({ workflow_run: run }) => when(run?.id === undefined, 'the run that made it is gone'),
  ({ workflow_run: run }, terms) => when(run?.id === terms.runId, 'it is from this very run'),
  ({ workflow_run: run }, terms) =>
    when(run?.head_repository_id !== terms.repositoryId, 'it comes from another repository (a fork)'),
  ({ workflow_run: run }, terms) =>
    when(!isOnBranch(run?.head_branch, terms), `it is not from the branch ${terms.defaultBranch}`),
  ({ expired }) => when(expired, 'it has expired'),
  ({ size_in_bytes: size }, terms) =>
    when(size > terms.maxBytes, `it is ${size} bytes large, more than the ${terms.maxBytes} allowed`),
  ({ digest }) => when(!digest, 'it has no digest to check it by'),
];

/** The run's own record decides; what the listing said about it is asked again. */
const RUN_RULES: readonly Rule<WorkflowRun>[] = [
  (run, terms) => when(run.repository.id !== terms.repositoryId, 'its run belongs to another repository'),
  (run, terms) => when(run.head_repository?.id !== terms.repositoryId, 'its run built another repository (a fork)'),
  (run, terms) => when(!isOnBranch(run.head_branch, terms), `its run was not on the branch ${terms.defaultBranch}`),
  (run, { from }) => when(!EVENTS[from].includes(run.event), `its run was started by ${run.event}`),
  // Some runs state their path with the ref behind it: `.github/workflows/gate.yml@refs/heads/main`.
  (run, terms) => when(run.path.split('@')[0] !== terms.workflowPath, `its run is of the workflow ${run.path}`),
  (run) => when(run.status !== 'completed', 'its run has not ended'),
  (run) => when(run.conclusion !== 'success', `its run ended with ${run.conclusion}`),
];

const firstRefusal = <T>(rules: readonly Rule<T>[], candidate: T, terms: TrustTerms): string | undefined => {
  for (const rule of rules) {
    const reason = rule(candidate, terms);
    if (reason !== undefined) return reason;
  }
  return undefined;
};

/** Why a listed artifact is no baseline, by the listing alone; undefined = its run decides. */
export const refuseArtifact = (artifact: ListedArtifact, terms: TrustTerms): string | undefined =>
  firstRefusal(ARTIFACT_RULES, artifact, terms);

/** Why a run's artifacts are no baseline; undefined = they are trusted. */
export const refuseRun = (run: WorkflowRun, terms: TrustTerms): string | undefined =>
  firstRefusal(RUN_RULES, run, terms);
